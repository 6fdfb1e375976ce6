package dev.retrospec.sourcemaps.symbols;

import dev.retrospec.signatures.stacks.JavaScriptName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a stack was called before the build. A function's name is, in this order: what our
 * command line has written into the map; what the place that called it is named in the map, since
 * that word is the function's name in most calls (so does Sentry where it has no scopes); what the
 * engine says, if that is more than a minifier's letter.
 */
public final class Symbolication {

  private static final String NO_NAME = "?";

  private Symbolication() {}

  /**
   * @param maps the map of the script that a frame stands in; null when there is none
   */
  public static OriginalLines of(
      StackText stack, Function<StackText.Frame, @Nullable SourceMap> maps) {
    List<StackText.Line> lines = stack.lines();
    List<@Nullable Mapped> mapped = new ArrayList<>(lines.size());
    for (StackText.Line line : lines) {
      mapped.add(line.frame() == null ? null : mapped(line.frame(), maps));
    }
    List<@Nullable String> original = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      Mapped frame = mapped.get(i);
      original.add(
          frame == null ? null : frame.print(i + 1 < lines.size() ? mapped.get(i + 1) : null));
    }
    return new OriginalLines(original);
  }

  private static @Nullable Mapped mapped(
      StackText.Frame frame, Function<StackText.Frame, @Nullable SourceMap> maps) {
    SourceMap map = maps.apply(frame);
    OriginalPosition position = map == null ? null : map.at(frame.line(), frame.column());
    return map == null || position == null
        ? null
        : new Mapped(frame, position, map.functionAt(frame.line(), frame.column()));
  }

  private record Mapped(
      StackText.Frame frame, OriginalPosition position, FunctionRanges.Found function) {

    String print(@Nullable Mapped caller) {
      return OriginalLines.print(
          frame.async(),
          name(caller),
          position.path() + ":" + position.line() + ":" + position.column());
    }

    private @Nullable String name(@Nullable Mapped caller) {
      if (function instanceof FunctionRanges.Named named) {
        return named.name();
      }
      if (function instanceof FunctionRanges.Nameless) {
        return null;
      }
      String called = frame.async() || caller == null ? null : caller.position.name();
      if (called != null) {
        return called;
      }
      return JavaScriptName.of(frame.name()).equals(NO_NAME) ? null : frame.name();
    }
  }
}
