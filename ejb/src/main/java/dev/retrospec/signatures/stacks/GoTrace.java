package dev.retrospec.signatures.stacks;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Panics of Go, and the failures of {@code go test} with and without testify. */
final class GoTrace {

  private static final Pattern PANIC =
      Pattern.compile("^(?:panic|fatal error): (?<message>.*?)(?: \\[recovered].*)?$");

  /** What the runtime adds to the message: addresses, and the panic once more. */
  private static final Pattern SIGNAL = Pattern.compile("^(?:\\s+panic: |\\[signal ).*");

  private static final Pattern FAIL =
      Pattern.compile("^\\s{0,40}--- FAIL: (?<test>\\S{1,300}) \\(.*");

  /** {@code shop/cart.(*Cart).Total(0xc000…, …)}; the file follows on its own line. */
  private static final Pattern CALL =
      Pattern.compile(
          "^(?:created by )?(?<name>[\\w./$*(){}\\[\\]-]{1,300}?)(?:\\([^()]{0,300}\\)| in goroutine \\d{1,9})?$");

  private static final Pattern FILE =
      Pattern.compile("^\\t(?<file>\\S{1,400}\\.(?:go|s)):\\d{1,9}.*$");

  /** {@code cart_test.go:12: got 4, want 5}. */
  private static final Pattern LOG =
      Pattern.compile("^\\s{2,40}(?<file>[\\w./-]{1,300}\\.go):\\d{1,9}: ?(?<message>.*)$");

  private static final Pattern TESTIFY =
      Pattern.compile("^\\s{1,40}Error Trace:\\s{0,10}(?<file>\\S{1,400}\\.go):\\d{1,9}$");

  private static final Pattern FOREIGN_CALL =
      Pattern.compile(
          "^(?:runtime|testing|reflect|sync|net/http|net|os|io|encoding/\\w{1,20}|internal/[\\w/]{1,60}|panic)[.(]|^panic$");

  private static final Pattern FOREIGN_FILE =
      Pattern.compile("/(?:pkg/mod|vendor)/|(?:^|/)go/src/|^_testmain");
  private static final Pattern CLOSURE =
      Pattern.compile("(?:\\.func\\d{1,5}|\\.gowrap\\d{1,5}|\\.\\d{1,5})+$");

  private GoTrace() {}

  static List<Thrown> read(List<String> lines) {
    Chain chain = new Chain();
    String test = Frame.NO_NAME;
    String call = "";
    int goroutines = 0;
    for (String line : lines) {
      goroutines += line.startsWith("goroutine ") ? 1 : 0;
      // The other goroutines waited or worked on something else.
      if (goroutines > 1) {
        break;
      }
      Matcher panic = PANIC.matcher(line);
      Matcher fail = FAIL.matcher(line);
      Matcher file = FILE.matcher(line);
      Matcher log = LOG.matcher(line);
      Matcher testify = TESTIFY.matcher(line);
      if (panic.matches()) {
        chain.thrown("panic", panic.group("message"));
      } else if (fail.matches()) {
        test = fail.group("test");
      } else if (file.matches()) {
        call(chain, call, file.group("file"));
      } else if (testify.matches()) {
        chain.frame(frame(test, testify.group("file"), true));
      } else if (log.matches()) {
        chain.text(log.group("message"));
        if (!chain.begun()) {
          chain.thrown("", log.group("message"));
        }
        chain.frame(frame(test, log.group("file"), true));
      } else if (goroutines == 0 && !SIGNAL.matcher(line).matches()) {
        chain.text(line.strip());
      }
      call = line;
    }
    return chain.read();
  }

  private static void call(Chain chain, String line, String file) {
    Matcher call = CALL.matcher(line);
    if (!call.matches()) {
      return;
    }
    String name = call.group("name");
    if (name.equals("panic")) {
      chain.dropFrames();
      return;
    }
    boolean foreign = FOREIGN_CALL.matcher(name + ".").find() || FOREIGN_FILE.matcher(file).find();
    String function = CLOSURE.matcher(name.substring(name.lastIndexOf('/') + 1)).replaceFirst("");
    chain.frame(frame(function, file, !foreign));
  }

  private static Frame frame(String function, String file, boolean inApp) {
    return new Frame(function, SourcePath.tail(file), inApp);
  }
}
