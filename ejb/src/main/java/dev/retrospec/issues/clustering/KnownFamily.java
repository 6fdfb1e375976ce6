package dev.retrospec.issues.clustering;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Failures that every site has, and that engines, bundlers and frameworks tell in their own words:
 * each is one failure, whatever page, chunk or text it happened with (Sentry has built-in rules for
 * some of them).
 */
enum KnownFamily {
  /** Code that was to be loaded later did not come: mostly a page that is older than the server. */
  CHUNK_LOAD(
      "chunk_load",
      "\\bChunkLoadError\\b|Loading (?:CSS )?chunk \\S{1,200} failed"
          + "|(?:Failed to fetch|error loading) dynamically imported module"
          + "|Importing a module script failed|Unable to preload CSS for |Failed to load chunk "
          + "|is not a valid JavaScript MIME type|Failed to load module script"
          + "|Failed to load script: /_next/|Loading initial props cancelled"
          + "|Failed to lookup route chunk|Couldn't resolve component \"|CSS_CHUNK_LOAD_FAILED"
          + "|Couldn't load component .{0,100}chunk"),
  /** What the server rendered is not what the browser renders. */
  HYDRATION(
      "hydration",
      "Minified React error #(?:418|419|421|422|423|425)\\b|react\\.dev/errors/(?:418|419|421|422|423|425)\\b"
          + "|Hydration failed because|(?:error|mismatch(?:es)?)[^\\n]{0,30} while hydrating|Hydration completed but contains"
          + "|Text content (?:does not match|did not match)|did not match\\. Server:"
          + "|Expected server HTML to contain|A tree hydrated but some attributes"
          + "|before it finished hydrating|server could not finish this Suspense boundary"
          + "|Hydration (?:\\w{1,20} ){0,2}mismatch|hydration_mismatch|Failed to hydrate|Hydration Error"
          + "|switch(?:ed)? to client rendering|\\bNG0?50[0-9]\\b"),
  /** The browser's notice that a layout took more than one turn. */
  RESIZE_OBSERVER("resize_observer", "ResizeObserver loop (?:limit exceeded|completed with)"),
  /** A script of another origin threw; the browser tells nothing of it. */
  SCRIPT_ERROR("script_error", "^(?:\\w*Error: )?Script error\\.?$"),
  /** A promise was rejected with something that is no error. */
  NON_ERROR_REJECTION(
      "non_error_rejection",
      "Non-Error (?:promise rejection|exception) captured|Object Not Found Matching Id:"
          + "|captured as (?:promise rejection|exception) with keys:"),
  /** A request or a task that somebody gave up. */
  ABORTED(
      "aborted",
      "^(?:AbortError|CanceledError|CancelledError|Cancel)\\b|signal is aborted without reason"
          + "|The user aborted a request|The operation was aborted|Fetch is aborted"
          + "|^(?:\\w*Error: )?cancell?ed\\.?$|Request aborted$|Navigation cancelled from "),
  /** A browser's extension failed within the page. */
  EXTENSION(
      "extension",
      "(?:chrome|moz|safari|safari-web|ms-browser)-extension://|Extension context invalidated"
          + "|Receiving end does not exist|The message port closed before a response was received"
          + "|A listener indicated an asynchronous response by returning true"
          + "|Invalid call to runtime\\.|Cannot redefine property: ethereum"
          + "|set property ethereum of|webkit-masked-url:"),
  /** A script that the browser of an app puts into every page. */
  INJECTED(
      "injected",
      "instantSearchSDKJSBridge|_AutofillCallbackHandler|window\\.webkit\\.messageHandlers"
          + "|__gCrWeb|__firefox__|PaymentAutofillConfig|Java object is gone"
          + "|Java bridge method invocation error|zaloJSV2|\\bvid_mate_check\\b|_pcmBridgeCallback"
          + "|iabjs:|FBNavLogging|__AutoFill|SamsungBrowser|ceCurrentVideo");

  /**
   * That only a text differs: mostly a date or a number in the visitor's own way. React says so by
   * a number of its own (18) or an argument (19), in its production build too; what it says next,
   * that it renders anew, is the same for both.
   */
  private static final Pattern TEXT_DIFFERS =
      Pattern.compile(
          "React error #425\\b|/errors/425\\b|/errors/418\\?(?:args\\[]=)?text\\b|Text content (?:does|did) not match"
              + "|server rendered text didn't match|Hydration text (?:content )?mismatch",
          Pattern.CASE_INSENSITIVE);

  private final String wireName;
  private final Pattern words;

  KnownFamily(String wireName, String words) {
    this.wireName = wireName;
    this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }

  String wireName() {
    return wireName;
  }

  /**
   * @param type of what was thrown; may be empty
   * @param topPlace where the topmost call stands, with its origin; may be empty
   */
  static Optional<KnownFamily> of(String type, String message, String topPlace) {
    if (EXTENSION.words.matcher(topPlace).find()) {
      return Optional.of(EXTENSION);
    }
    if (INJECTED.words.matcher(topPlace).find()) {
      return Optional.of(INJECTED);
    }
    String told = type.isEmpty() ? message : type + ": " + message;
    for (KnownFamily family : values()) {
      if (family.words.matcher(told).find() || family.words.matcher(message).find()) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether the message names the one of two faults of this family that everybody tells apart, as
   * {@code text}.
   */
  Optional<String> variant(String message) {
    return this == HYDRATION && TEXT_DIFFERS.matcher(message).find()
        ? Optional.of("text")
        : Optional.empty();
  }
}
