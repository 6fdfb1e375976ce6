package dev.retrospec.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the figures were measured on, without names and paths. */
public final class Machine {

  private Machine() {}

  /**
   * One sentence.
   *
   * @param commit of the sources that were measured
   */
  public static String sentence(String commit, String postgresql, String heap) {
    return String.format(
        Locale.ROOT,
        "Measured on %s at commit %s: %d cores of %s, %.0f GB memory, %s, OpenJDK %s, %s, server"
            + " with a heap of %s. Load generator, server, PostgreSQL, object store and workers on"
            + " this one machine.",
        LocalDate.now(ZoneOffset.UTC),
        commit,
        Runtime.getRuntime().availableProcessors(),
        value("/proc/cpuinfo", line -> line.startsWith("model name")),
        Long.parseLong(
                value("/proc/meminfo", line -> line.startsWith("MemTotal"))
                    .replaceAll("[^0-9]", ""))
            / 1048576.0,
        value("/etc/os-release", line -> line.startsWith("PRETTY_NAME")).replace("\"", ""),
        System.getProperty("java.version"),
        postgresql,
        heap);
  }

  private static String value(String file, Predicate<String> line) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line)
          .map(found -> found.split("[:=]", 2)[1].strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
