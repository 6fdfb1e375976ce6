package dev.retrospec.issues.clustering;

import static dev.retrospec.issues.clustering.FailureFixture.exception;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownFamilyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          chunk_load | ChunkLoadError | Loading chunk 417 failed. (error: https://shop.test/417.3f2a.js)
          chunk_load | Error | Loading CSS chunk 5 failed. (/css/5.css)
          chunk_load | TypeError | Failed to fetch dynamically imported module: https://shop.test/assets/Cart-x.js
          chunk_load | TypeError | error loading dynamically imported module: https://shop.test/assets/Cart-x.js
          chunk_load | TypeError | Importing a module script failed.
          chunk_load | Error | Unable to preload CSS for /assets/Cart-x.css
          chunk_load | Error | Uncaught (in promise): ChunkLoadError: Loading chunk src_app_cart failed.
          chunk_load | Error | Failed to load chunk /_next/static/chunks/8a2f.js from module 4711
          hydration | Error | Minified React error #418; visit https://react.dev/errors/418?args[]= for the full message
          hydration | Error | Hydration failed because the initial UI does not match what was rendered on the server.
          hydration | Error | Text content does not match server-rendered HTML.
          hydration | Error | There was an error while hydrating this Suspense boundary. Switched to client rendering.
          hydration | Error | Warning: Text content did not match. Server: "1" Client: "2"
          hydration | Error | [Vue warn]: Hydration node mismatch:
          hydration | Error | Hydration completed but contains mismatches.
          hydration | Error | NG0500: During hydration Angular expected a node
          resize_observer | Error | ResizeObserver loop limit exceeded
          resize_observer | Error | ResizeObserver loop completed with undelivered notifications.
          script_error | Error | Script error.
          non_error_rejection | UnhandledRejection | Non-Error promise rejection captured with value: Object Not Found Matching Id:3
          aborted | AbortError | The user aborted a request.
          aborted | AbortError | signal is aborted without reason
          aborted | CanceledError | canceled
          extension | Error | Extension context invalidated.
          extension | Error | Could not establish connection. Receiving end does not exist.
          injected | TypeError | undefined is not an object (evaluating 'window.webkit.messageHandlers.fb')
          """)
  void whatEverySiteHasIsOneFailureEach(String family, String type, String message) {
    Grouping grouping = exception(type, message, FailureFixture.CHROME);

    assertThat(grouping.rule()).isEqualTo(GroupingRule.FAMILY);
    assertThat(grouping.family()).contains(family);
    assertThat(exception(type, message, null).key()).isEqualTo(grouping.key());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Minified React error #425; visit https://reactjs.org/docs/error-decoder.html?invariant=425",
        "Minified React error #418; visit https://react.dev/errors/418?args[]=text&args[]= for the",
        "Minified React error #418; visit https://react.dev/errors/418?text&args[]=_ for the full",
        "Text content does not match server-rendered HTML.",
        "Hydration failed because the server rendered text didn't match the client.",
        "[Vue warn]: Hydration text content mismatch on"
      })
  void aTextThatTheServerRenderedOtherwiseIsNotAnElementThatItDid(String message) {
    String element = "Minified React error #418; visit https://react.dev/errors/418?args[]=HTML";

    assertThat(exception("Error", message, null).hashed())
        .containsExactly(
            new Grouping.Part("family", "hydration"), new Grouping.Part("variant", "text"));
    assertThat(exception("Error", element, null).hashed())
        .containsExactly(new Grouping.Part("family", "hydration"));
  }

  @Test
  void whatFailsWithinAnExtensionIsTheExtensions() {
    String chrome = "Error: x\n    at f (chrome-extension://abcdef/content.js:1:2)";
    String firefox = "f@moz-extension://1234-5678/content.js:1:2";

    assertThat(exception("Error", "x", chrome).key())
        .isEqualTo(exception("TypeError", "y", firefox).key());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Error | Minified React error #310
          Error | Script error in template
          Error | could not load chunk of prices
          Error | the order was cancelled by its owner
          TypeError | Failed to fetch
          """)
  void whatSoundsAlikeIsNone(String type, String message) {
    assertThat(exception(type, message, null).rule()).isEqualTo(GroupingRule.MESSAGE);
  }
}
