package dev.retrospec.jobs;

import java.util.List;

/** The way to the workers; nothing that is sent here needs to arrive. */
public interface JobSignals {

  /**
   * Takes a signal for each job and sends it soon; waits neither for the broker nor for a worker
   * and never fails. What is lost is sent again by the sweep.
   */
  void send(List<JobSignal> signals);
}
