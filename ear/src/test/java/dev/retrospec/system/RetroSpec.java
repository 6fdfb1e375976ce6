package dev.retrospec.system;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One RetroSpec as its operator has it: started and stopped with the launcher, described by {@code
 * ./retrospec env}.
 */
public final class RetroSpec implements AutoCloseable {

  /** Long enough for a first start that downloads the server. */
  private static final Duration LAUNCHER_TIMEOUT = Duration.ofMinutes(15);

  private static final Pattern EXPORT = Pattern.compile("export ([A-Z0-9_]+)=(.*)");

  /** Of the ports that the launcher and the server derive from the offset. */
  private static final List<Integer> BASE_PORTS = List.of(8080, 9990, 15432, 19000, 4712, 4713);

  private final @Nullable Path home;
  private final int offset;
  private final Map<String, String> settings;
  private Map<String, String> exports;

  private RetroSpec(
      @Nullable Path home, int offset, Map<String, String> settings, Map<String, String> exports) {
    this.home = home;
    this.offset = offset;
    this.settings = Map.copyOf(settings);
    this.exports = exports;
  }

  /**
   * Starts the EAR of this build with its data in {@code home}, on free ports.
   *
   * @param home emptied first; what is in it afterwards (logs) stays for the reader of a failure
   * @param settings of docs/configuration.md, where they are not the defaults
   * @return the running application
   */
  public static RetroSpec start(Path home, Map<String, String> settings) {
    deleteTree(home);
    RetroSpec retroSpec = new RetroSpec(home, freeOffset(), settings, Map.of());
    retroSpec.up();
    return retroSpec;
  }

  /** The application that {@code RETROSPEC_URL} and the other exports name; never stopped here. */
  public static RetroSpec attach(Map<String, String> environment) {
    return new RetroSpec(null, 0, Map.of(), Map.copyOf(environment));
  }

  /** Starts what does not run, for example after a kill. */
  public void up() {
    launch("up");
    exports =
        launch("env")
            .lines()
            .map(EXPORT::matcher)
            .filter(java.util.regex.Matcher::matches)
            .collect(toUnmodifiableMap(line -> line.group(1), line -> unquoted(line.group(2))));
  }

  /** Stops everything; data stays. */
  public void down() {
    launch("down");
  }

  @Override
  public void close() {
    if (home != null) {
      down();
    }
  }

  /**
   * Runs a command of the launcher.
   *
   * @param command such as {@code status}
   * @return what it printed
   * @throws IllegalStateException when it fails; the message has its output
   */
  public String launch(String command) {
    if (home == null) {
      throw new IllegalStateException("Attached to a RetroSpec that someone else started");
    }
    Path output = home.resolveSibling(home.getFileName() + "-" + command + ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(checkout().resolve("retrospec").toString(), command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    // What belongs to another RetroSpec must not leak into this one.
    environment.keySet().removeIf(RetroSpec::isSetting);
    environment.put("RETROSPEC_HOME", home.toString());
    environment.put("RETROSPEC_PORT_OFFSET", Integer.toString(offset));
    environment.put("RETROSPEC_EAR", required("retrospec.ear"));
    environment.putAll(settings);
    try {
      Files.createDirectories(home);
      Process process = builder.start();
      if (!process.waitFor(LAUNCHER_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroy();
        throw new IllegalStateException("retrospec " + command + " hangs; see " + output);
      }
      String printed = Files.readString(output);
      if (process.exitValue() != 0) {
        throw new IllegalStateException(
            "retrospec " + command + " ended with " + process.exitValue() + ":\n" + printed);
      }
      return printed;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted in retrospec " + command, interrupted);
    }
  }

  /** A name that {@code ./retrospec env} exports. */
  public String export(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException(name + " is not exported"));
  }

  private Optional<String> find(String name) {
    return Optional.ofNullable(exports.get(name)).filter(value -> !value.isBlank());
  }

  public URI url() {
    return URI.create(export("RETROSPEC_URL"));
  }

  public URI url(String path) {
    return url().resolve(path);
  }

  public URI managementUrl() {
    return URI.create(export("RETROSPEC_MANAGEMENT_URL"));
  }

  public String ingestKey() {
    return export("RETROSPEC_INGEST_KEY");
  }

  public String secretKey() {
    return export("RETROSPEC_SECRET_KEY");
  }

  public String adminKey() {
    return export("ADMIN_API_KEY");
  }

  /** Of the processes that this instance started: server, postgresql, s3. */
  public long processId(String name) {
    return Long.parseLong(export("RETROSPEC_" + name.toUpperCase(java.util.Locale.ROOT) + "_PID"));
  }

  /**
   * Ends one of the processes at once, as a crash would, and waits until it is gone; {@link #up}
   * starts it again.
   */
  public void kill(String name) {
    ProcessHandle process = ProcessHandle.of(processId(name)).orElseThrow();
    process.destroyForcibly();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** False when tests may only look at this instance, and not stop parts of it. */
  public boolean isOurs() {
    return home != null;
  }

  /** Where its data, keys and logs are. */
  public Path home() {
    if (home == null) {
      throw new IllegalStateException("Attached to a RetroSpec that someone else started");
    }
    return home;
  }

  /** Process ids of everything that runs on this instance's data, whoever started it. */
  public List<Long> processes() {
    if (home == null) {
      throw new IllegalStateException("Attached to a RetroSpec that someone else started");
    }
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().commandLine().orElse("").contains(home.toString()))
        .map(ProcessHandle::pid)
        .toList();
  }

  private static boolean isSetting(String name) {
    return name.startsWith("RETROSPEC_")
        || name.startsWith("S3_")
        || name.endsWith("_API_KEY")
        || name.equals("DATABASE_URL");
  }

  /** The root folder of the sources. */
  static Path checkout() {
    return Path.of(required("retrospec.checkout"));
  }

  private static String required(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new IllegalStateException(
          "-D"
              + property
              + " is missing: run with Maven, or set RETROSPEC_URL and the other exports");
    }
    return value;
  }

  /** The launcher quotes with %q: values here are plain or backslash-escaped. */
  private static String unquoted(String value) {
    return value.replaceAll("\\\\(.)", "$1").replaceAll("^''$", "");
  }

  /** From 2,001, because Chromium refuses to open port 10,080. */
  private static int freeOffset() {
    return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(2_001, 20_000))
        .limit(200)
        .filter(offset -> BASE_PORTS.stream().allMatch(port -> isFree(port + offset)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No free port offset"));
  }

  /** A port for a test's own listener, below those that the system gives to connections. */
  static int freePort() {
    return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(20_000, 32_000))
        .limit(200)
        .filter(RetroSpec::isFree)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No free port"));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static void deleteTree(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (var tree = Files.walk(root)) {
      for (Path path : new ArrayList<>(tree.sorted(java.util.Comparator.reverseOrder()).toList())) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
