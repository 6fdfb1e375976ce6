package dev.retrospec.signatures.stacks;

import dev.retrospec.signatures.text.RouteShape;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Browsers, Node, Deno, Bun, and the runners Vitest, Jest and Playwright; also TypeScript. */
final class JavaScriptTrace {

  /** Vitest: {@code ❯ Cart.total src/cart.ts:12:3}; Playwright: {@code at src/cart.ts:12:3}. */
  private static final Pattern ARROW =
      Pattern.compile(
          "^\\s{0,20}[❯›] (?:(?<name>\\S{1,200}(?: \\S{1,100})?) )?(?<place>\\S{1,500}:\\d{1,9}:\\d{1,9})$");

  private static final Pattern POSITION = Pattern.compile(".*:\\d{1,9}$");

  private static final Pattern OTHER_LANGUAGE =
      Pattern.compile(".*\\.(?:rs|go|py|rb|cs|java|kt)(?::\\d{1,9}){1,2}$");

  /** {@code [cause]: Error: …} and {@code Caused by: Error: …}. */
  private static final Pattern CAUSE = Pattern.compile("^\\s{0,40}(?:\\[cause]: |Caused by: ).*");

  /** A page: what stands in it is an inline script. */
  private static final Pattern PAGE =
      Pattern.compile(
          "^https?://[^/?#]*(?:/(?:[^/]*/)*(?:[^/.]*|[^/]*\\.(?:x?html?|php|jspx?|jsf|aspx?|do)))?(?:[?#].*)?$");

  /** What carries a call and belongs to nobody: compilers' and bundlers' own functions. */
  private static final Pattern HELPER =
      Pattern.compile(
          "(?:.*\\.)?(?:__webpack_(?:require|exec)__|webpackJsonpCallback|asyncGeneratorStep|__awaiter"
              + "|__generator|_asyncToGenerator|_regenerator\\w*|promiseReactionJob|processTicksAndRejections"
              + "|tryCatch|_next|_throw)(?: \\[as .*)?");

  private JavaScriptTrace() {}

  static List<Thrown> read(List<String> lines) {
    return read(lines, false);
  }

  /**
   * @param ofBrowser leaves out what browsers do not agree on: what stands behind a stack's first
   *     asynchronous call, and names within a bundle, which are its minifier's
   */
  static List<Thrown> read(List<String> lines, boolean ofBrowser) {
    Chain chain = new Chain();
    boolean behind = false;
    for (String line : lines) {
      Matcher arrow = ARROW.matcher(line);
      JavaScriptFrames.Line told = arrow.matches() ? null : JavaScriptFrames.line(line);
      if (told != null && !isPlace(told.place())) {
        told = null;
      }
      if (arrow.matches()) {
        chain.frame(frame(arrow.group("name"), arrow.group("place"), false));
        continue;
      }
      if (told != null) {
        behind |= told.async() && chain.hasFrames();
        if (!behind || !ofBrowser) {
          chain.frame(frame(told.name(), told.place(), ofBrowser));
        }
        continue;
      }
      boolean cause = CAUSE.matcher(line).matches();
      Header header = cause || !chain.begun() ? Header.of(line) : null;
      if (header != null) {
        behind = false;
        chain.thrown(header.type(), header.message());
      } else {
        chain.text(line);
      }
    }
    return chain.read();
  }

  /** A mail address in a message has an at-sign too; Rust's places look like V8's. */
  private static boolean isPlace(String place) {
    return (POSITION.matcher(place).matches() && !OTHER_LANGUAGE.matcher(place).matches())
        || place.equals("<anonymous>")
        || place.equals("native")
        || place.equals("[native code]");
  }

  private static Frame frame(@Nullable String name, String place, boolean ofBrowser) {
    String path = JavaScriptFrames.withoutPosition(place);
    boolean foreign = ForeignScripts.hold(path) || (name != null && HELPER.matcher(name).matches());
    boolean page = PAGE.matcher(path).matches();
    String file = page ? RouteShape.of(path) : SourcePath.tail(JavaScriptFile.of(path));
    boolean whim = ofBrowser && !page && JavaScriptFile.isBuilt(path);
    return new Frame(JavaScriptName.of(whim ? null : name), file, !foreign);
  }
}
