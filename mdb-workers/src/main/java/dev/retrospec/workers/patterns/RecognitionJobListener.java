package dev.retrospec.workers.patterns;

import dev.retrospec.workers.runtime.JobListener;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;

/** One at a time: comparing takes the processor, and a project's memory takes one at a time. */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/recognition"),
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1"),
      @ActivationConfigProperty(propertyName = "transactionTimeout", propertyValue = "120")
    })
public class RecognitionJobListener extends JobListener {

  @Inject private RecognitionJob job;

  @Override
  protected JobWork work() {
    return job;
  }
}
