package dev.retrospec.issues.exposure;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Once a minute: a session has ended half an hour ago, mostly. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ExposureTimer {

  /** Of pieces; what is left waits for the next minute. */
  private static final int MAX_PIECES = 50;

  @Inject private ExposureProof proof;

  @Schedule(hour = "*", minute = "*", second = "50", persistent = false)
  void run() {
    for (int piece = 0; piece < MAX_PIECES && proof.count(); piece++) {}
  }
}
