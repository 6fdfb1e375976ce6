package dev.retrospec.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Puts the extension beside the binaries of a PostgreSQL that runs; it looks when it is asked. */
final class Pgvector {

  private Pgvector() {}

  /** Where the server is unpacked that gets the extension. */
  static Path binaries(Path built) {
    return built.resolve("postgresql").toAbsolutePath();
  }

  static void install(Path built, DataSource server) {
    Jdbi jdbi = Jdbi.create(server);
    Path libraries = setting(jdbi, "PKGLIBDIR");
    if (!libraries.startsWith(binaries(built))) {
      throw new IllegalStateException("That server is shared: " + libraries);
    }
    Path extensions = setting(jdbi, "SHAREDIR").resolve("extension");
    try (Stream<Path> files = Files.list(built)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path folder = file.toString().endsWith(".so") ? libraries : extensions;
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path setting(Jdbi jdbi, String name) {
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
}
