package dev.retrospec.bench.scenario;

import dev.retrospec.bench.machine.Database;
import dev.retrospec.bench.machine.Machine;
import dev.retrospec.bench.machine.Processes;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalLong;

/** The running RetroSpec that is measured, as {@code ./retrospec env} tells it. */
public final class Target {

  private final Map<String, String> environment;
  private final Database database;
  private final Processes processes;

  private Target(Map<String, String> environment, Database database, Processes processes) {
    this.environment = environment;
    this.database = database;
    this.processes = processes;
  }

  /**
   * @param environment with what {@code ./retrospec env} exports
   */
  public static Target of(Map<String, String> environment) throws SQLException {
    Database database = new Database(required(environment, "DATABASE_URL"));
    String s3 = environment.get("RETROSPEC_S3_PID");
    return new Target(
        environment,
        database,
        new Processes(
            Long.parseLong(required(environment, "RETROSPEC_SERVER_PID")),
            database.postmaster(),
            s3 == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(s3))));
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException(name + " is not set: ./retrospec up, then bench/run");
    }
    return value;
  }

  public String setting(String name) {
    return required(environment, name);
  }

  public URI url() {
    return URI.create(setting("RETROSPEC_URL"));
  }

  public String ingestKey() {
    return setting("RETROSPEC_INGEST_KEY");
  }

  public String secretKey() {
    return setting("RETROSPEC_SECRET_KEY");
  }

  public Database database() {
    return database;
  }

  public Processes processes() {
    return processes;
  }

  /** What it was measured on. */
  public String sentence() throws SQLException {
    return Machine.sentence(setting("BENCH_COMMIT"), database.version(), processes.heap());
  }
}
