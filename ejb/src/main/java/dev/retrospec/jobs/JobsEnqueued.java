package dev.retrospec.jobs;

import java.util.List;

/** Jobs were written, or brought back; they may be begun once the transaction has committed. */
public record JobsEnqueued(List<JobSignal> signals) {

  public JobsEnqueued {
    signals = List.copyOf(signals);
  }
}
