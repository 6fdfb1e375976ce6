package dev.retrospec.bench.machine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The processes that serve, as Linux accounts for them. */
public final class Processes {

  /** Linux counts processor time in hundredths of a second, whatever its own clock. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Path PROC = Path.of("/proc");

  private final long server;
  private final OptionalLong postmaster;
  private final OptionalLong objectStore;

  public Processes(long server, OptionalLong postmaster, OptionalLong objectStore) {
    this.server = server;
    this.postmaster = postmaster;
    this.objectStore = objectStore;
  }

  public Usage usage() {
    OperatingSystemMXBean self =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long[] machine = machine();
    return new Usage(
        stat(server).own(),
        postmaster.isPresent() ? withChildren(postmaster.getAsLong()) : Double.NaN,
        objectStore.isPresent() ? stat(objectStore.getAsLong()).own() : Double.NaN,
        self.getProcessCpuTime() / 1e9,
        machine[0] / TICKS_PER_SECOND,
        machine[1] / TICKS_PER_SECOND);
  }

  /** Bytes of the server in memory now. */
  public long residentBytes() {
    return memory("VmRSS:");
  }

  /** The most that it ever was, or since {@link #forgetPeak}. */
  public long peakResidentBytes() {
    return memory("VmHWM:");
  }

  /**
   * Begins a new peak.
   *
   * @return false when this user may not: then the peak is the one since the server's start
   */
  public boolean forgetPeak() {
    try {
      Files.writeString(PROC.resolve(server + "/clear_refs"), "5");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The server's largest heap as it was started, e.g. "512m". */
  public String heap() {
    String commandLine = read(PROC.resolve(server + "/cmdline"));
    return Stream.of(commandLine.split("\0"))
        .filter(option -> option.startsWith("-Xmx"))
        .map(option -> option.substring(4))
        .findFirst()
        .orElse("default");
  }

  /** The parent of a backend, when it is a process of this machine. */
  public static OptionalLong parentOf(long backend) {
    return Files.exists(PROC.resolve(Long.toString(backend)))
        ? OptionalLong.of(stat(backend).parent())
        : OptionalLong.empty();
  }

  private long memory(String field) {
    return read(PROC.resolve(server + "/status"))
        .lines()
        .filter(line -> line.startsWith(field))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
        .findFirst()
        .orElseThrow();
  }

  /** A backend that has ended counts as its parent's reaped child. */
  private static double withChildren(long parent) {
    Stat root = stat(parent);
    double sum = root.own() + root.reaped();
    for (Path process : processes()) {
      try {
        Stat stat = Stat.of(Files.readString(process.resolve("stat")));
        sum += stat.parent() == parent ? stat.own() : 0;
      } catch (IOException e) {
        continue; // ended meanwhile
      }
    }
    return sum;
  }

  private static List<Path> processes() {
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .filter(entry -> Character.isDigit(entry.getFileName().toString().charAt(0)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Busy and all ticks of all processors since the machine's start. */
  private static long[] machine() {
    String[] fields = read(PROC.resolve("stat")).lines().findFirst().orElseThrow().split(" +");
    long all = 0;
    for (int i = 1; i <= 8; i++) {
      all += Long.parseLong(fields[i]);
    }
    long idle = Long.parseLong(fields[4]) + Long.parseLong(fields[5]);
    return new long[] {all - idle, all};
  }

  private static Stat stat(long process) {
    return Stat.of(read(PROC.resolve(process + "/stat")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IllegalStateException("a process that is measured has ended", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A line of {@code /proc/<pid>/stat}.
   *
   * @param own seconds of the process
   * @param reaped seconds of its children that have ended
   */
  record Stat(long parent, double own, double reaped) {

    static Stat of(String line) {
      // The name in parentheses may hold blanks.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return new Stat(
          Long.parseLong(fields[1]),
          (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND,
          (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND);
    }
  }
}
