package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The server's configuration is a function of the scripts, however often they run. */
@ExtendWith(RunningRetroSpec.class)
class ServerScriptsIT {

  @TempDir Path base;

  /** The parameter makes sure that the server has been unpacked. */
  @Test
  void configureTheSameServerWhenTheyRunTwice(RetroSpec ignored) throws Exception {
    Path server = unpackedServer();
    Path configuration = base.resolve("configuration");
    copyFolder(server.resolve("standalone/configuration"), configuration);

    runAllScripts(server);
    List<String> once = settings(configuration);
    runAllScripts(server);

    assertThat(settings(configuration)).isEqualTo(once);
    assertThat(once).anyMatch(line -> line.contains("RetroSpecDS"));
    // Below 100 jobs would stand still on a disk with much in reserve (decision record 23).
    assertThat(once).anyMatch(line -> line.contains("global-max-disk-usage=\"100\""));
  }

  private void runAllScripts(Path server) throws IOException, InterruptedException {
    StringBuilder session = new StringBuilder("embed-server --server-config=standalone-full.xml\n");
    try (Stream<Path> scripts = Files.list(RetroSpec.checkout().resolve("server-config/cli"))) {
      for (Path script :
          scripts.filter(file -> file.toString().endsWith(".cli")).sorted().toList()) {
        session.append(Files.readString(script));
      }
    }
    Path file =
        Files.writeString(base.resolve("all.cli"), session.append("stop-embedded-server\n"));
    Path output = base.resolve("output.txt");
    ProcessBuilder cli =
        new ProcessBuilder(server.resolve("bin/jboss-cli.sh").toString(), "--file=" + file)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    cli.environment().put("JAVA_OPTS", "-Xmx256m -Djboss.server.base.dir=" + base);
    Process process = cli.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(() -> read(output)).isZero();
  }

  /** Lines with their attributes in a fixed order: the server writes them in any. */
  private static List<String> settings(Path configuration) throws IOException {
    return Files.readAllLines(configuration.resolve("standalone-full.xml")).stream()
        .map(line -> Stream.of(line.strip().split("[ >/]+")).sorted().toList().toString())
        .toList();
  }

  private static Path unpackedServer() throws IOException {
    try (Stream<Path> found = Files.list(RetroSpec.checkout().resolve(".retrospec"))) {
      return found
          .filter(path -> path.getFileName().toString().startsWith("wildfly-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void copyFolder(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      return failure.toString();
    }
  }
}
