package dev.retrospec.testing;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.persistence.JdbiProducer;
import dev.retrospec.platform.persistence.Schema;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.CMTTransactionHandler;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL with the real schema, started once per JVM and stopped with it. Tests share it
 * and keep apart by {@link #newProject()}.
 */
public final class TestDatabase {

  /** A folder with the extension's {@code vector.so}, {@code .control} and {@code .sql}. */
  private static final String PGVECTOR = "RETROSPEC_PGVECTOR";

  private static final class Holder {
    static final TestDatabase INSTANCE = new TestDatabase(Optional.empty());
  }

  private static final class PgvectorHolder {
    static final Optional<TestDatabase> INSTANCE =
        Optional.ofNullable(System.getenv(PGVECTOR))
            .map(Path::of)
            .map(folder -> new TestDatabase(Optional.of(folder)));
  }

  private final ThreadBoundDataSource dataSource;
  private final Jdbi jdbi;
  private final EntityManagerFactory entityManagers;
  private final ThreadLocal<@Nullable EntityManager> entityManager = new ThreadLocal<>();

  private TestDatabase(Optional<Path> pgvector) {
    try {
      // Unix sockets and fsync would only slow tests down; durability is the system tests' matter.
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "off")
              .setServerConfig("max_connections", "60")
              // as the server's own connections have it
              .setServerConfig("plan_cache_mode", "force_generic_plan");
      if (pgvector.isPresent()) {
        // Binaries of their own, since the extension must not be there for the others; and a
        // resolver of their own, since what one has unpacked is taken for another folder too.
        builder
            .setOverrideWorkingDirectory(Pgvector.binaries(pgvector.get()).toFile())
            .setPgBinaryResolver(
                (system, machine) ->
                    DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine));
      }
      EmbeddedPostgres postgres = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
      dataSource = new ThreadBoundDataSource(postgres.getPostgresDatabase());
      if (pgvector.isPresent()) {
        Pgvector.install(pgvector.get(), postgres.getPostgresDatabase());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Schema.migrate(dataSource);
    jdbi =
        JdbiProducer.configure(Jdbi.create(dataSource))
            .setTransactionHandler(new CMTTransactionHandler());
    entityManagers =
        Persistence.createEntityManagerFactory(
            "retrospec",
            Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.nonJtaDataSource", dataSource,
                "jakarta.persistence.jtaDataSource", "",
                "eclipselink.target-server", "None"));
  }

  public static TestDatabase get() {
    return Holder.INSTANCE;
  }

  /** The same with pgvector; empty where nobody has built it ({@code ./retrospec test} does). */
  public static Optional<TestDatabase> withPgvector() {
    return PgvectorHolder.INSTANCE;
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  /** As the container injects it: usable within {@link #inTransaction} only. */
  public EntityManager entityManager() {
    return (EntityManager)
        Proxy.newProxyInstance(
            EntityManager.class.getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (proxy, method, arguments) -> {
              EntityManager current = entityManager.get();
              if (current == null) {
                throw new IllegalStateException("No transaction");
              }
              try {
                return method.invoke(current, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Plays {@code @Transactional}: commits what {@code work} did, or nothing if it throws. */
  public <T> T inTransaction(Callable<T> work) {
    return dataSource.inTransaction(
        () -> {
          EntityManager current = entityManagers.createEntityManager();
          entityManager.set(current);
          try {
            current.getTransaction().begin();
            T result = work.call();
            current.getTransaction().commit();
            return result;
          } finally {
            entityManager.remove();
            current.close();
          }
        });
  }

  public void inTransaction(Runnable work) {
    inTransaction(
        () -> {
          work.run();
          return true;
        });
  }

  /** A fresh project that no other test sees. */
  public ProjectId newProject() {
    ProjectId project = ProjectId.mint();
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "insert into project (id, name, site) values (?, 'Test project', 'example.test')",
              project);
          handle.execute("insert into recording_rules (project_id) values (?)", project);
        });
    return project;
  }

  private static void close(EmbeddedPostgres postgres) {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
