package dev.retrospec.workers.patterns;

import dev.retrospec.workers.runtime.JobListener;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;

/** One at a time: the next slice begins where the one before has ended. */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/embedding"),
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1"),
      @ActivationConfigProperty(propertyName = "transactionTimeout", propertyValue = "120")
    })
public class EmbeddingJobListener extends JobListener {

  @Inject private EmbeddingJob job;

  @Override
  protected JobWork work() {
    return job;
  }
}
