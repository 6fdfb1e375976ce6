package dev.retrospec.patterns;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Every five minutes, so that a new model is at work soon after the start that brought it. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EmbeddingTimer {

  @Inject private EmbeddingRequests requests;

  @Schedule(hour = "*", minute = "*/5", persistent = false)
  void askForMissing() {
    requests.askForMissing();
  }
}
