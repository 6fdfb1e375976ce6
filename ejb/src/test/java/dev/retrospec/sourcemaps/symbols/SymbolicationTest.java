package dev.retrospec.sourcemaps.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SymbolicationTest {

  /** Column 11 is cart.ts 2:3, in a call named total; column 21 is shop.ts 7:1. */
  private static final String MAP =
      "{'version':3,'sources':['webpack://s/./src/cart.ts','src/shop.ts'],"
          + "'names':['total'],'mappings':'UACEA,UCKFA'%s}";

  private static final String V8 =
      """
      TypeError: x is undefined
      of the cart
          at t (https://shop.example/app.js?v=1:1:11)
          at Array.map (<anonymous>)
          at async e (https://shop.example/app.js?v=1:1:21)
          at https://ads.example/a.js:9:9""";

  @Test
  void framesAreToldInV8sFormWithOriginalPlaces() throws IOException {
    assertThat(original(V8, MAP.formatted("")))
        .isEqualTo(
            """
            TypeError: x is undefined
            of the cart
                at src/cart.ts:2:3
                at Array.map (<anonymous>)
                at async src/shop.ts:7:1
                at https://ads.example/a.js:9:9""");
  }

  @Test
  void whatTheCallerCallsIsTheFunctionsName() throws IOException {
    String gecko =
        "t@https://shop.example/app.js:1:11\ne@https://shop.example/app.js:1:21\n"
            + "onload@https://shop.example/:3:1\n";

    assertThat(original(gecko, MAP.formatted("")))
        .isEqualTo(
            """
            TypeError: boom
                at total (src/cart.ts:2:3)
                at src/shop.ts:7:1
                at onload (https://shop.example/:3:1)""");
  }

  @Test
  void whatTheMapSaysOfItsFunctionsCountsMore() throws IOException {
    String functions = ",'x_retrospec_functions':'AUAcC'";

    assertThat(original(V8, MAP.formatted(functions)))
        .contains("at total (src/cart.ts:2:3)")
        .contains("at async src/shop.ts:7:1");
  }

  @Test
  void aStackThatNoMapCoversHasNoOriginal() {
    StackText stack = StackText.of(V8);

    OriginalLines lines = Symbolication.of(stack, frame -> null);

    assertThat(lines.in(stack, "TypeError", "boom")).isNull();
    assertThat(lines.tellAllOf(stack)).isFalse();
  }

  @Test
  void stacksOfOneBuildAreTheSameWhateverTheMessage() {
    StackText stack = StackText.of(V8);
    StackText other = StackText.of(V8.replace("of the cart", "of somebody"));
    Map<String, String> ids = Map.of("https://shop.example/app.js", "1");

    assertThat(other.key("1", ids)).isEqualTo(stack.key("1", ids));
    assertThat(stack.key("2", ids)).isNotEqualTo(stack.key("1", ids));
    assertThat(stack.key("1", null)).isNotEqualTo(stack.key("1", ids));
    assertThat(stack.frames())
        .extracting(StackText.Frame::fileName)
        .containsExactly("app.js", "app.js", "a.js");
  }

  @Test
  void theStacksOfCausesAreToldLinkByLink() throws IOException {
    String cause =
        "Caused by: RangeError: out\n    at t (https://shop.example/app.js:1:11)\n"
            + "Caused by: Error: of somebody\n    at e (https://shop.example/app.js:1:21)\n";

    assertThat(original(cause, MAP.formatted("")))
        .isEqualTo(
            "Caused by: RangeError: out\n    at src/cart.ts:2:3\n"
                + "Caused by: Error: of somebody\n    at src/shop.ts:7:1");
    assertThat(StackText.of(cause.replace("somebody", "another")).key("1", null))
        .isEqualTo(StackText.of(cause).key("1", null));
  }

  private static String original(String stack, String map) throws IOException {
    SourceMap opened = SourceMapTest.map(map);
    StackText text = StackText.of(stack);
    return Symbolication.of(text, frame -> frame.fileName().equals("app.js") ? opened : null)
        .in(text, "TypeError", "boom");
  }
}
