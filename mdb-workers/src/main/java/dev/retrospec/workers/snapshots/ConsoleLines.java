package dev.retrospec.workers.snapshots;

import java.util.regex.Pattern;

/**
 * The page's messages as document 002 writes them: {@code [type] text}, and {@code [ERROR] message}
 * with its stack for what nobody caught. Bounded, because a page may log in a loop.
 */
final class ConsoleLines {

  private static final int MAX_CHARACTERS = 1_000_000;
  private static final int MAX_MESSAGE = 20_000;

  /** What would steer a terminal. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

  private final StringBuilder lines = new StringBuilder();
  private long dropped;

  void message(String type, String text) {
    add("[" + type + "] " + text);
  }

  void error(String text) {
    add("[ERROR] " + text);
  }

  private void add(String message) {
    if (lines.length() > MAX_CHARACTERS) {
      dropped++;
      return;
    }
    String bounded =
        message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
    lines.append(CONTROL.matcher(bounded).replaceAll("")).append('\n');
  }

  String text() {
    return dropped == 0 ? lines.toString() : lines + "[" + dropped + " more messages]\n";
  }
}
