package dev.retrospec.jobs;

import java.util.List;

/** The way to the workers; nothing that is sent here needs to arrive. */
public interface JobSignals {

  /**
   * Sends a signal for each job; returns without waiting for a worker.
   *
   * @throws SignalsUnavailable when the broker is away; the sweep will send them again
   */
  void send(List<JobSignal> signals);
}
