package dev.retrospec.bench.machine;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.persistence.JdbiProducer;
import dev.retrospec.platform.persistence.Schema;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** A PostgreSQL for the time of a measurement, with the extension or without. */
public final class MemoryDatabase implements AutoCloseable {

  private final EmbeddedPostgres postgres;
  private final Jdbi jdbi;

  private MemoryDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
    this.jdbi = JdbiProducer.configure(Jdbi.create(postgres.getPostgresDatabase()));
  }

  /**
   * @param pgvector a folder with the built extension; empty: without
   */
  public static MemoryDatabase start(Optional<Path> pgvector) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setServerConfig("shared_buffers", "1GB")
            // An index of a million vectors is made in memory, or takes many times as long.
            .setServerConfig("maintenance_work_mem", "6GB")
            .setServerConfig("max_wal_size", "20GB")
            .setServerConfig("synchronous_commit", "off")
            .setServerConfig("plan_cache_mode", "force_generic_plan");
    if (pgvector.isPresent()) {
      builder
          .setOverrideWorkingDirectory(pgvector.get().resolve("postgresql").toFile())
          .setPgBinaryResolver(
              (system, machine) ->
                  DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine));
    }
    MemoryDatabase database = new MemoryDatabase(builder.start());
    if (pgvector.isPresent()) {
      database.install(pgvector.get());
    }
    Schema.migrate(database.postgres.getPostgresDatabase());
    return database;
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  public ProjectId newProject() {
    ProjectId project = ProjectId.mint();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into project (id, name, site) values (?, 'Bench', 'bench')", project));
    return project;
  }

  private void install(Path built) throws IOException {
    Path libraries = setting("PKGLIBDIR");
    Path extensions = setting("SHAREDIR").resolve("extension");
    try (Stream<Path> files = Files.list(built)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path folder = file.toString().endsWith(".so") ? libraries : extensions;
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path setting(String name) {
    List<String> found =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select setting from pg_config where name = :name")
                    .bind("name", name)
                    .mapTo(String.class)
                    .list());
    return Path.of(found.get(0));
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
