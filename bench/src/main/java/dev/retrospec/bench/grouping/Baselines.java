package dev.retrospec.bench.grouping;

import dev.retrospec.bench.grouping.LabelledError.Thrown;
import dev.retrospec.signatures.stacks.JavaScriptFrames;
import dev.retrospec.signatures.stacks.JavaScriptFrames.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What others do, after what they say of it. All of them see the stack after source maps where
 * there is one, as they would.
 */
final class Baselines {

  /** Code of packages, extensions, the browser and the recorder: not the site's own. */
  private static final Pattern NOT_IN_APP =
      Pattern.compile(
          "node_modules/|-extension://|\\[native code]|^native|<anonymous>$|/sdk/retrospec\\.js");

  private static final Pattern POSITION = Pattern.compile("(?::(\\d+))?:(\\d+)$");
  private static final Pattern UNNAMED =
      Pattern.compile("^(?:\\?|<anonymous>|Anonymous function|.*/<)?$");
  private static final Pattern HYDRATION =
      Pattern.compile(
          "(?i)hydrat|text content does not match|react(?:js\\.org|\\.dev)/\\S*(?:418|419|422|423|425)\\b");

  /** The order in which Sentry looks for what varies in a message. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+"
              + "|\\b(?:https?|wss?|file|ftp)://\\S+"
              + "|\\b(?:\\d{1,3}\\.){3}\\d{1,3}\\b"
              + "|\\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\b"
              + "|\\b(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{32})\\b"
              + "|\\b\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?Z?)?"
              + "|\\b\\d+(?:\\.\\d+)?\\s?(?:ms|s)\\b"
              + "|\\b0x[0-9a-fA-F]+\\b"
              + "|-?\\b\\d+\\.\\d+\\b"
              + "|-?\\b\\d+\\b"
              + "|(?<==)(?:'[^']*'|\"[^\"]*\")");

  private Baselines() {}

  private record Frame(@Nullable String name, String file, String position, boolean isInApp) {}

  /** Message and topmost frame with line and column: what an error's text says, compared. */
  static GroupingMethod messageAndTopFrame() {
    return GroupingMethod.of(
        "message + top frame with line and column",
        error -> {
          Thrown thrown = error.error();
          String top =
              frames(thrown).stream()
                  .findFirst()
                  .map(frame -> frame.name() + " " + frame.file() + frame.position())
                  .orElse("");
          return (thrown == null ? error.label() : thrown.type() + ": " + thrown.message())
              + "\n"
              + top;
        });
  }

  /**
   * Sentry's default without its embedding service: built-in rules for chunk loads and hydration,
   * else types and frames of the whole chain (in-app ones if there are any) as file and function
   * without positions, else type and parametrised message.
   */
  static GroupingMethod sentryLike() {
    return GroupingMethod.of(
        "Sentry-like: type and frames only",
        error -> {
          Thrown thrown = error.error();
          if (thrown == null) {
            return parametrised(error.label());
          }
          String type = String.valueOf(thrown.type());
          String message = String.valueOf(thrown.message());
          if (type.equals("ChunkLoadError") || message.startsWith("Loading chunk ")) {
            return "chunkloaderror";
          }
          if (HYDRATION.matcher(message).find()) {
            return "hydrationerror " + parametrised(message);
          }
          List<Frame> all = frames(thrown);
          List<Frame> inApp = all.stream().filter(Frame::isInApp).toList();
          List<String> parts = new ArrayList<>();
          addSentryFrames(parts, inApp);
          if (parts.isEmpty()) {
            addSentryFrames(parts, all);
          }
          return parts.isEmpty()
              ? type + "\n" + parametrised(message)
              : type + causes(thrown) + "\n" + String.join("\n", parts);
        });
  }

  /**
   * PostHog's default: type, and the message when there are no frames; of the site's own frames all
   * that source maps resolved (name and file), else the first one as it stands, with line and
   * column; without any of its own the first frame.
   */
  static GroupingMethod postHogLike() {
    return GroupingMethod.of(
        "PostHog-like: type and in-app frames",
        error -> {
          Thrown thrown = error.error();
          if (thrown == null) {
            return error.label();
          }
          List<Frame> all = frames(thrown);
          if (all.isEmpty()) {
            return thrown.type() + "\n" + thrown.message();
          }
          boolean isResolved = thrown.originalStack() != null;
          List<Frame> inApp = all.stream().filter(Frame::isInApp).toList();
          if (isResolved && !inApp.isEmpty()) {
            return thrown.type()
                + String.join(
                    "", inApp.stream().map(f -> "\n" + f.name() + " " + f.file()).toList());
          }
          Frame first = inApp.isEmpty() ? all.get(0) : inApp.get(0);
          return thrown.type()
              + "\n"
              + first.name()
              + " "
              + first.file()
              + (isResolved ? "" : first.position())
              + (isResolved ? "" : "\n" + thrown.message());
        });
  }

  private static void addSentryFrames(List<String> parts, List<Frame> frames) {
    String last = "";
    for (Frame frame : frames) {
      String name = frame.name() == null ? "" : frame.name();
      String function = name.substring(name.lastIndexOf('.') + 1);
      if (UNNAMED.matcher(function).matches()) {
        function = "";
      }
      String file =
          frame.file().contains("://") || frame.file().startsWith("[")
              ? ""
              : frame.file().substring(frame.file().lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
      String part = file + " " + function;
      if (!part.isBlank() && !part.equals(last)) {
        parts.add(part);
        last = part;
      }
    }
  }

  /** The types of what is told as the cause. */
  private static String causes(Thrown thrown) {
    if (thrown.cause() == null) {
      return "";
    }
    Matcher type =
        Pattern.compile("(?m)^(?:Caused by: )?([A-Z]\\w*(?:Error|Exception))\\b")
            .matcher(thrown.cause());
    StringBuilder types = new StringBuilder();
    String last = "";
    while (type.find()) {
      if (!type.group(1).equals(last)) {
        types.append(' ').append(type.group(1));
        last = type.group(1);
      }
    }
    return types.toString();
  }

  private static String parametrised(String message) {
    String[] lines = message.split("\n", 3);
    String head = lines.length > 1 ? lines[0] + "\n" + lines[1] : lines[0];
    return PARAMETER.matcher(head).replaceAll("<p>");
  }

  private static List<Frame> frames(@Nullable Thrown thrown) {
    List<Frame> frames = new ArrayList<>();
    String stack =
        thrown == null
            ? null
            : thrown.originalStack() == null ? thrown.stack() : thrown.originalStack();
    if (stack == null) {
      return frames;
    }
    for (String text : stack.split("\n")) {
      Line line = JavaScriptFrames.line(text);
      if (line != null) {
        Matcher position = POSITION.matcher(line.place());
        boolean found = position.find();
        String file = found ? line.place().substring(0, position.start()) : line.place();
        frames.add(
            new Frame(
                line.name(),
                file,
                found ? position.group() : "",
                !NOT_IN_APP.matcher(file).find()));
      }
    }
    return frames;
  }
}
