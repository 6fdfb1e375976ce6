package dev.retrospec.jobs;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes the workers once the rows are there to be seen. A broker that is away fails nobody. */
@ApplicationScoped
public class SignalAfterCommit {

  private static final Logger LOG = LoggerFactory.getLogger(SignalAfterCommit.class);

  private final JobSignals signals;
  private final MeterRegistry meters;

  @Inject
  public SignalAfterCommit(JobSignals signals, MeterRegistry meters) {
    this.signals = signals;
    this.meters = meters;
  }

  /** For the container's proxy. */
  protected SignalAfterCommit() {
    this(null, null);
  }

  void signal(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobsEnqueued event) {
    try {
      signals.send(event.signals());
    } catch (SignalsUnavailable e) {
      meters.counter("retrospec.jobs.signals.failed").increment(event.signals().size());
      LOG.warn("{} jobs wait for the next sweep: {}", event.signals().size(), e.getMessage(), e);
    }
  }
}
