package dev.retrospec.signatures.stacks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CPython's tracebacks with their chains, and pytest's long and short form. Python prints the
 * oldest call and the first exception first: both are turned around.
 */
final class PythonTrace {

  private static final Pattern FRAME =
      Pattern.compile(
          "^\\s{0,40}File \"(?<file>[^\"]{1,400})\", line \\d{1,9}(?:, in (?<name>.{1,200}))?$");

  /** {@code tests/test_cart.py:12: in test_total} and, last, {@code cart.py:3: KeyError}. */
  private static final Pattern PYTEST =
      Pattern.compile(
          "^(?<file>[^\\s:]{1,300}\\.pyx?):\\d{1,9}: (?:in (?<name>\\S{1,200})|(?<type>[\\w.]{1,200}))?\\s*$");

  private static final Pattern DEFINITION =
      Pattern.compile("^ {4,16}(?:async )?def (?<name>\\w{1,100})\\(.*");
  private static final Pattern ERROR_LINE = Pattern.compile("^E {1,8}(?<text>.*)$");
  private static final Pattern RAISED =
      Pattern.compile("^(?<type>[A-Za-z_][\\w.]{0,200})(?:: (?<message>.*))?$");

  private static final Pattern FOREIGN =
      Pattern.compile(
          "(?:^|/)(?:site-packages|dist-packages|_pytest|unittest|asyncio|importlib|concurrent/futures)/"
              + "|(?:^|/)lib/python[\\d.]*/|^<|/(?:runpy|contextlib|threading)\\.py$");

  private PythonTrace() {}

  /** What one traceback has told so far. */
  private static final class Block {
    private final List<Thrown> thrown = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final List<String> message = new ArrayList<>();
    private String type = "";
    private String definition = Frame.NO_NAME;
    private boolean raised;

    void end() {
      if (!frames.isEmpty()) {
        List<Frame> topmostFirst = new ArrayList<>(frames);
        Collections.reverse(topmostFirst);
        Chain chain = new Chain();
        chain.thrown(type, String.join("\n", message));
        topmostFirst.forEach(chain::frame);
        thrown.addAll(chain.read());
      }
      frames.clear();
      message.clear();
      type = "";
      definition = Frame.NO_NAME;
      raised = false;
    }
  }

  static List<Thrown> read(List<String> lines) {
    Block block = new Block();
    for (String line : lines) {
      line(block, line);
    }
    block.end();
    List<Thrown> outermostFirst = new ArrayList<>(block.thrown);
    Collections.reverse(outermostFirst);
    return outermostFirst;
  }

  private static void line(Block block, String line) {
    Matcher frame = FRAME.matcher(line);
    if (frame.matches()) {
      if (block.raised) {
        block.end();
      }
      block.frames.add(frame(frame.group("name"), frame.group("file")));
      return;
    }
    Matcher pytest = PYTEST.matcher(line);
    if (pytest.matches()) {
      String name = pytest.group("name") == null ? block.definition : pytest.group("name");
      block.frames.add(frame(name, pytest.group("file")));
      block.definition = Frame.NO_NAME;
      return;
    }
    Matcher definition = DEFINITION.matcher(line);
    Matcher error = ERROR_LINE.matcher(line);
    if (definition.matches()) {
      block.definition = definition.group("name");
    } else if (error.matches()) {
      raised(block, error.group("text"));
    } else if (line.startsWith("Traceback (most")
        || line.startsWith("During handling of")
        || line.startsWith("The above exception")) {
      block.end();
    } else if (!line.isBlank() && !line.startsWith(" ") && !block.frames.isEmpty()) {
      raised(block, line);
    }
  }

  private static void raised(Block block, String text) {
    Matcher raised = RAISED.matcher(text.strip());
    if (!block.raised && raised.matches()) {
      block.type = raised.group("type");
      block.message.add(raised.group("message") == null ? "" : raised.group("message"));
    } else {
      block.message.add(text);
    }
    block.raised = true;
  }

  private static Frame frame(String name, String file) {
    String path = file.replace('\\', '/');
    boolean nameless = name == null || name.startsWith("<");
    return new Frame(
        nameless ? Frame.NO_NAME : name, SourcePath.tail(path), !FOREIGN.matcher(path).find());
  }
}
