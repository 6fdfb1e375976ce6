package dev.retrospec.workers.snapshots;

import dev.retrospec.workers.runtime.JobListener;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;

/** One at a time: there is one browser. */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/snapshot"),
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1"),
      @ActivationConfigProperty(propertyName = "transactionTimeout", propertyValue = "150")
    })
public class SnapshotJobListener extends JobListener {

  @Inject private SnapshotJob job;

  @Override
  protected JobWork work() {
    return job;
  }
}
