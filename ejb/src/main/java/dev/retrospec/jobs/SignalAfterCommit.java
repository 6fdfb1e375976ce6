package dev.retrospec.jobs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Wakes the workers once the rows are there to be seen. */
@ApplicationScoped
public class SignalAfterCommit {

  private final JobSignals signals;

  @Inject
  public SignalAfterCommit(JobSignals signals) {
    this.signals = signals;
  }

  /** For the container's proxy. */
  protected SignalAfterCommit() {
    this(null);
  }

  void signal(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobsEnqueued event) {
    signals.send(event.signals());
  }
}
