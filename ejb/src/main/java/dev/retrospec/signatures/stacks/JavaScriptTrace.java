package dev.retrospec.signatures.stacks;

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

  private static final Pattern FOREIGN =
      Pattern.compile(
          "(?:^|[/@])(?:node_modules|bower_components|vendors?|webpack/bootstrap|polyfills?)(?:[-~./]|$)"
              + "|(?:chrome|moz|safari-web|safari)-extension:"
              + "|//(?:unpkg\\.com|cdn\\.jsdelivr\\.net|cdnjs\\.cloudflare\\.com|code\\.jquery\\.com"
              + "|ajax\\.googleapis\\.com|www\\.googletagmanager\\.com)/"
              + "|/sdk/(?:[^/]{1,40}/)?retrospec[^/]{0,40}\\.js"
              + "|^(?:native|<anonymous>|\\[native code]|node:|internal/)",
          Pattern.CASE_INSENSITIVE);

  private JavaScriptTrace() {}

  static List<Thrown> read(List<String> lines) {
    Chain chain = new Chain();
    for (String line : lines) {
      Frame frame = frame(line);
      if (frame != null) {
        chain.frame(frame);
        continue;
      }
      boolean cause = CAUSE.matcher(line).matches();
      Header header = cause || !chain.begun() ? Header.of(line) : null;
      if (header != null) {
        chain.thrown(header.type(), header.message());
      } else {
        chain.text(line);
      }
    }
    return chain.read();
  }

  private static @Nullable Frame frame(String line) {
    Matcher arrow = ARROW.matcher(line);
    if (arrow.matches()) {
      return frame(arrow.group("name"), arrow.group("place"));
    }
    JavaScriptFrames.Line told = JavaScriptFrames.line(line);
    if (told == null || !isPlace(told.place())) {
      return null;
    }
    return frame(told.name(), told.place());
  }

  /** A mail address in a message has an at-sign too; Rust's places look like V8's. */
  private static boolean isPlace(String place) {
    return (POSITION.matcher(place).matches() && !OTHER_LANGUAGE.matcher(place).matches())
        || place.equals("<anonymous>")
        || place.equals("native")
        || place.equals("[native code]");
  }

  private static Frame frame(@Nullable String name, String place) {
    String path = JavaScriptFrames.withoutHash(JavaScriptFrames.withoutPosition(place));
    boolean foreign = FOREIGN.matcher(path).find();
    return new Frame(JavaScriptFrames.functionName(name), SourcePath.tail(path), !foreign);
  }
}
