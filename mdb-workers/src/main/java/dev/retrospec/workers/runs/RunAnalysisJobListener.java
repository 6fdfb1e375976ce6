package dev.retrospec.workers.runs;

import dev.retrospec.workers.runtime.JobListener;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;

/** Two at once: models allow few requests in a minute. */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/run_analysis"),
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "2"),
      @ActivationConfigProperty(propertyName = "transactionTimeout", propertyValue = "120")
    })
public class RunAnalysisJobListener extends JobListener {

  @Inject private RunAnalysisJob job;

  @Override
  protected JobWork work() {
    return job;
  }
}
