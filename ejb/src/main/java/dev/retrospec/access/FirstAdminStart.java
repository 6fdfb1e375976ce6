package dev.retrospec.access;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;

/** Calls {@link FirstAdmin} once the schema is there. */
@Singleton
@Startup
@DependsOn("SchemaMigration")
public class FirstAdminStart {

  @Inject private FirstAdmin firstAdmin;

  @PostConstruct
  void start() {
    firstAdmin.ensure();
  }
}
