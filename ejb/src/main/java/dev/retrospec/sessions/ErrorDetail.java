package dev.retrospec.sessions;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The exception behind a marker.
 *
 * @param stack the browser's own text
 * @param originalStack the same stack after source maps, in the form that V8 prints; null when no
 *     map is known
 * @param debugIds which build the scripts in the stack are of, by their address as it stands there;
 *     null when none told
 * @param originalCause the cause with its stacks after source maps; null when no map is known
 */
public record ErrorDetail(
    @Nullable String type,
    @Nullable String message,
    @Nullable String stack,
    @Nullable String cause,
    @Nullable String originalStack,
    @Nullable Map<String, String> debugIds,
    @Nullable String originalCause) {

  public ErrorDetail {
    debugIds = debugIds == null ? null : Map.copyOf(debugIds);
  }

  /** An error whose scripts tell no debug ids. */
  public ErrorDetail(
      @Nullable String type,
      @Nullable String message,
      @Nullable String stack,
      @Nullable String cause,
      @Nullable String originalStack) {
    this(type, message, stack, cause, originalStack, null, null);
  }

  /** The same, with what source maps made of its stack and of its cause's. */
  public ErrorDetail withOriginals(@Nullable String ofStack, @Nullable String ofCause) {
    return new ErrorDetail(type, message, stack, cause, ofStack, debugIds, ofCause);
  }
}
