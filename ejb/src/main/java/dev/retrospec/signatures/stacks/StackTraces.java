package dev.retrospec.signatures.stacks;

import dev.retrospec.signatures.text.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a printed stack trace in whatever language it is: every format reads it, and the one that
 * finds the most frames is believed. Linear in the text.
 */
public final class StackTraces {

  /** A stack overflow prints 1,024 frames. */
  private static final int MAX_LINES = 2_000;

  /** A longer line is data. */
  private static final int MAX_LINE_LENGTH = 1_024;

  /** What log collectors and runners put before each line: a time, a level, pytest's mark. */
  private static final Pattern LOG_PREFIX =
      Pattern.compile(
          "(?:\\d{4}-\\d{2}-\\d{2}T[\\d:.]{8,20}Z )?(?:INTERNALERROR> ?|\\[(?:ERROR|INFO|WARN)] )?");

  private static final List<TraceFormat> FORMATS =
      List.of(
          JavaTrace::read,
          JavaScriptTrace::read,
          PythonTrace::read,
          GoTrace::read,
          DotNetTrace::read,
          RubyTrace::read,
          RustTrace::read);

  private StackTraces() {}

  /**
   * The chain that the text tells, outermost first; never empty. Without any frame in it the text
   * is the message of the one that was thrown.
   *
   * @param text plain, see {@code signatures.text.PlainText}
   */
  public static List<Thrown> read(String text) {
    List<String> lines = lines(text);
    List<Thrown> best = List.of();
    int most = 0;
    for (TraceFormat format : FORMATS) {
      List<Thrown> chain = format.read(lines);
      int frames = chain.stream().mapToInt(thrown -> thrown.frames().size()).sum();
      if (frames > most) {
        most = frames;
        best = chain;
      }
    }
    return best.isEmpty() ? List.of(Header.split(String.join("\n", lines))) : best;
  }

  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    for (int at = 0; at < text.length() && lines.size() < MAX_LINES; ) {
      int next = text.indexOf('\n', at);
      int end = next < 0 ? text.length() : next;
      String line = PlainText.cut(text.substring(at, end), MAX_LINE_LENGTH);
      Matcher prefix = LOG_PREFIX.matcher(line);
      lines.add(prefix.lookingAt() ? line.substring(prefix.end()) : line);
      at = end + 1;
    }
    return lines;
  }
}
