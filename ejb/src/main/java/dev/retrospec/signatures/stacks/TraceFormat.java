package dev.retrospec.signatures.stacks;

import java.util.List;

/** How one language prints what was thrown. */
@FunctionalInterface
interface TraceFormat {

  /**
   * What these lines say if they are of this language; lines of others are taken for message text.
   *
   * @param lines bounded in number and length
   * @return outermost first
   */
  List<Thrown> read(List<String> lines);
}
