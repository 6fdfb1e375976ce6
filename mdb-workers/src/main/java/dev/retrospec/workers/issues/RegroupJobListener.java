package dev.retrospec.workers.issues;

import dev.retrospec.workers.runtime.JobListener;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;

/** One at a time: it holds the lock of all counts in each of its slices. */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/regroup"),
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1"),
      @ActivationConfigProperty(propertyName = "transactionTimeout", propertyValue = "120")
    })
public class RegroupJobListener extends JobListener {

  @Inject private RegroupJob job;

  @Override
  protected JobWork work() {
    return job;
  }
}
