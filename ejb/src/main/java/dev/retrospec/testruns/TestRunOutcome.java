package dev.retrospec.testruns;

/** What became of a submitted run. */
public sealed interface TestRunOutcome {

  /** It was stored. */
  record Stored(RunAnswer answer) implements TestRunOutcome {}

  /** It had been stored before, with the same content; nothing was changed. */
  record Repeated(RunAnswer answer) implements TestRunOutcome {}

  /** Its id or key belongs to a run with other content; nothing was changed. */
  record OtherContent() implements TestRunOutcome {}
}
