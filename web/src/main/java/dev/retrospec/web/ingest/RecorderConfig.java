package dev.retrospec.web.ingest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.retrospec.projects.RecorderRules;
import dev.retrospec.recordings.BodyLimits;

/** What a recorder follows: the rules, and the limits within which to send. */
public record RecorderConfig(@JsonUnwrapped RecorderRules rules, Limits limits) {

  /** Beyond them a chunk is answered with 413. */
  public record Limits(long maxBodyBytes, long maxInflatedBytes) {}

  static RecorderConfig of(RecorderRules rules, BodyLimits limits) {
    return new RecorderConfig(rules, new Limits(limits.wireBytes(), limits.inflatedBytes()));
  }
}
