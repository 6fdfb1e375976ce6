package dev.retrospec.workers.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process holds of the machine's memory. */
final class ProcessMemory {

  /** What is its own, and what it shares with its kin; not the pages of the executable. */
  private static final List<String> HELD = List.of("RssAnon:", "RssShmem:");

  private ProcessMemory() {}

  /**
   * @return bytes; 0 of a process that has ended, and where Linux does not tell
   */
  static long ofProcess(long id) {
    try {
      return Files.readAllLines(Path.of("/proc/" + id + "/status")).stream()
          .filter(line -> HELD.stream().anyMatch(line::startsWith))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }
}
