package dev.retrospec.sourcemaps.symbols;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What maps make of a stack, line by line below its header, in V8's form; null where they say
 * nothing. Holds names and places of the site's own code and nothing that a visitor said.
 */
public record OriginalLines(List<@Nullable String> lines) {

  /** A stack's text is bounded where it comes in; original paths are longer. */
  private static final int MAX_LENGTH = 32_000;

  public OriginalLines {
    lines = Collections.unmodifiableList(new ArrayList<>(lines));
  }

  /** Whether maps say anything about any line. */
  public boolean tellAnything() {
    return lines.stream().anyMatch(Objects::nonNull);
  }

  /** Whether no line with a place in a script is left for a map that may come later. */
  public boolean tellAllOf(StackText stack) {
    for (int i = 0; i < stack.lines().size(); i++) {
      if (stack.lines().get(i).frame() != null && lineAt(i) == null) {
        return false;
      }
    }
    return true;
  }

  /**
   * The original stack as V8 would print it; null when maps say nothing about it.
   *
   * @param type and {@code message} stand in the place of a header that the engine does not print
   */
  public @Nullable String in(StackText stack, @Nullable String type, @Nullable String message) {
    if (!tellAnything()) {
      return null;
    }
    StringBuilder text = new StringBuilder(stack.header());
    if (stack.header().isEmpty()) {
      text.append(Objects.requireNonNullElse(type, "Error"));
      text.append(message == null ? "" : ": " + message);
    }
    for (int i = 0; i < stack.lines().size() && text.length() < MAX_LENGTH; i++) {
      StackText.Line line = stack.lines().get(i);
      String original = lineAt(i);
      text.append('\n');
      if (original != null) {
        text.append(original);
      } else if (line.frame() != null) {
        text.append(asV8Prints(line.frame()));
      } else {
        text.append(line.text());
      }
    }
    return text.toString();
  }

  private @Nullable String lineAt(int at) {
    return at < lines.size() ? lines.get(at) : null;
  }

  private static String asV8Prints(StackText.Frame frame) {
    return print(
        frame.async(), frame.name(), frame.url() + ":" + frame.line() + ":" + frame.column());
  }

  static String print(boolean async, @Nullable String name, String place) {
    String before = "    at " + (async ? "async " : "");
    return name == null || name.isEmpty() ? before + place : before + name + " (" + place + ")";
  }
}
