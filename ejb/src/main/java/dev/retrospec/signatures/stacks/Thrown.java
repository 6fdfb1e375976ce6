package dev.retrospec.signatures.stacks;

import java.util.List;

/**
 * One link of a chain of exceptions.
 *
 * @param type as the runtime names it; empty when the text does not tell
 * @param message the text before the first frame; may have several lines, may be empty
 * @param frames topmost first
 */
public record Thrown(String type, String message, List<Frame> frames) {

  public Thrown {
    frames = List.copyOf(frames);
  }
}
