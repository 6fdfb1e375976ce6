package dev.retrospec.signatures.stacks;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Panics of Rust, with or without {@code RUST_BACKTRACE}. */
final class RustTrace {

  private static final String TYPE = "panic";

  /**
   * Since 1.73 the message follows on its own line; before, it stood in quotes before the place.
   */
  private static final Pattern PANIC =
      Pattern.compile(
          "^thread '[^']{0,200}'(?: \\(\\d{1,12}\\))? panicked at (?:'(?<message>.*)', )?(?<file>[^\\s:]{1,300}):\\d{1,9}:\\d{1,9}:?$");

  private static final Pattern CALL =
      Pattern.compile("^\\s{1,10}\\d{1,5}: (?:0x[0-9a-f]{1,16} - )?(?<name>.{1,300})$");
  private static final Pattern FILE =
      Pattern.compile("^\\s{1,40}at (?<file>\\S{1,400}\\.rs):\\d{1,9}(?::\\d{1,9})?$");
  private static final Pattern DECORATION =
      Pattern.compile("::h[0-9a-f]{16}$|::\\{\\{closure}}|::<.*>|[<>]");

  private static final Pattern FOREIGN =
      Pattern.compile(
          "^<?(?:std|core|alloc|test|tokio|rust_begin_unwind|__rust\\w*|_?main|__libc\\w*|_start|clone)(?:::|$)");

  private static final Pattern FOREIGN_FILE =
      Pattern.compile("/rustc/|/\\.cargo/(?:registry|git)/|/rustlib/");

  private RustTrace() {}

  static List<Thrown> read(List<String> lines) {
    Chain chain = new Chain();
    String place = "";
    String call = "";
    boolean backtrace = false;
    for (String line : lines) {
      Matcher panic = PANIC.matcher(line);
      Matcher next = CALL.matcher(line);
      Matcher file = FILE.matcher(line);
      if (panic.matches()) {
        place = panic.group("file");
        chain.thrown(TYPE, panic.group("message") == null ? "" : panic.group("message"));
      } else if (line.startsWith("stack backtrace:")) {
        backtrace = true;
      } else if (backtrace && next.matches()) {
        call = next.group("name").strip();
      } else if (backtrace && file.matches() && !call.isEmpty()) {
        add(chain, call, file.group("file"));
        call = "";
      } else if (!backtrace && !line.startsWith("note: ")) {
        chain.text(line.strip());
      }
    }
    if (!chain.hasFrames() && !place.isEmpty()) {
      chain.frame(new Frame(Frame.NO_NAME, SourcePath.tail(place), true));
    }
    return chain.read();
  }

  private static void add(Chain chain, String call, String file) {
    if (call.equals("rust_begin_unwind") || call.startsWith("core::panicking")) {
      return;
    }
    String name = DECORATION.matcher(call).replaceAll("");
    int type = name.lastIndexOf("::", Math.max(0, name.lastIndexOf("::") - 1));
    boolean foreign = FOREIGN.matcher(call).find() || FOREIGN_FILE.matcher(file).find();
    chain.frame(
        new Frame(type < 0 ? name : name.substring(type + 2), SourcePath.tail(file), !foreign));
  }
}
