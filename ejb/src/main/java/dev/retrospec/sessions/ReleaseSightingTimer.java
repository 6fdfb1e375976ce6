package dev.retrospec.sessions;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Once a minute; the first time for as long as sessions are kept. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ReleaseSightingTimer {

  @Inject private ReleaseSighting sighting;

  private boolean caughtUp;

  @Schedule(hour = "*", minute = "*", second = "20", persistent = false)
  void run() {
    if (!caughtUp) {
      sighting.catchUp();
      caughtUp = true;
    }
    sighting.run();
  }
}
