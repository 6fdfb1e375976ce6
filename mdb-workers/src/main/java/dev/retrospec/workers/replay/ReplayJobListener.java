package dev.retrospec.workers.replay;

import dev.retrospec.workers.runtime.JobListener;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;

/** Two at once: it is work for the processor. */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/replay"),
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "2"),
      @ActivationConfigProperty(propertyName = "transactionTimeout", propertyValue = "120")
    })
public class ReplayJobListener extends JobListener {

  @Inject private ReplayJob job;

  @Override
  protected JobWork work() {
    return job;
  }
}
