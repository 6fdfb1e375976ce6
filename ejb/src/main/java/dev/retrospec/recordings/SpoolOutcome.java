package dev.retrospec.recordings;

/** What became of a chunk that was to be spooled. */
public sealed interface SpoolOutcome {

  /**
   * @param storedBytes what it takes in the spool
   */
  record Added(int storedBytes) implements SpoolOutcome {}

  /** It is there already, with the same content: nothing was changed. */
  record Repeated() implements SpoolOutcome {}

  /** Its number is taken by other content: nothing was changed. */
  record Conflicting() implements SpoolOutcome {}
}
