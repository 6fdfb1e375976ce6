package dev.retrospec.embedded;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@link EmbeddedServices} starts, read from environment variables.
 *
 * @param readyFile {@code EMBEDDED_READY_FILE}: written when everything answers
 * @param postgresql null when {@code EMBEDDED_POSTGRESQL_PORT} is not set
 * @param s3 null when {@code EMBEDDED_S3_PORT} is not set
 */
public record EmbeddedServicesConfig(
    Path readyFile, @Nullable Postgresql postgresql, @Nullable S3 s3) {

  /**
   * The database.
   *
   * @param port on 127.0.0.1; {@code EMBEDDED_POSTGRESQL_PORT}
   * @param directory data and unpacked binaries, kept; {@code EMBEDDED_POSTGRESQL_DIRECTORY}
   * @param logFile PostgreSQL's own log; {@code EMBEDDED_POSTGRESQL_LOG}
   * @param database created when missing, owned by {@code user}
   * @param user created when missing; no superuser
   * @param password of {@code user} and of the superuser {@code postgres}
   */
  public record Postgresql(
      int port, Path directory, Path logFile, String database, String user, String password) {}

  /**
   * The object store.
   *
   * @param port on 127.0.0.1; {@code EMBEDDED_S3_PORT}
   * @param directory one folder per bucket, kept; {@code EMBEDDED_S3_DIRECTORY}
   * @param accessKey for SigV4; {@code S3_ACCESS_KEY}
   * @param secretKey for SigV4; {@code S3_SECRET_KEY}
   * @param bucket created when missing; {@code S3_BUCKET}
   */
  public record S3(int port, Path directory, String accessKey, String secretKey, String bucket) {}

  /**
   * Reads the settings.
   *
   * @param environment usually {@link System#getenv()}
   * @return the settings
   * @throws IllegalArgumentException when a needed variable is missing; the message names it
   */
  public static EmbeddedServicesConfig from(Map<String, String> environment) {
    Postgresql postgresql =
        environment.containsKey("EMBEDDED_POSTGRESQL_PORT")
            ? new Postgresql(
                Integer.parseInt(required(environment, "EMBEDDED_POSTGRESQL_PORT")),
                Path.of(required(environment, "EMBEDDED_POSTGRESQL_DIRECTORY")),
                Path.of(required(environment, "EMBEDDED_POSTGRESQL_LOG")),
                required(environment, "EMBEDDED_POSTGRESQL_DATABASE"),
                required(environment, "EMBEDDED_POSTGRESQL_USER"),
                required(environment, "EMBEDDED_POSTGRESQL_PASSWORD"))
            : null;
    S3 s3 =
        environment.containsKey("EMBEDDED_S3_PORT")
            ? new S3(
                Integer.parseInt(required(environment, "EMBEDDED_S3_PORT")),
                Path.of(required(environment, "EMBEDDED_S3_DIRECTORY")),
                required(environment, "S3_ACCESS_KEY"),
                required(environment, "S3_SECRET_KEY"),
                required(environment, "S3_BUCKET"))
            : null;
    return new EmbeddedServicesConfig(
        Path.of(required(environment, "EMBEDDED_READY_FILE")), postgresql, s3);
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is not set");
    }
    return value;
  }
}
