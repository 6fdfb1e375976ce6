import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Breaks this repository in the ways of a list, one after the other, in scratch copies, runs the
 * tests named there, and keeps what fails: twice, in two folders, the second time with every line of
 * the broken file and of its tests moved down, so that the same cause has two sightings.
 *
 * <p>Started by bench/similarity/record, which puts the class path together.
 */
public final class RecordFailures {

  /** Of the failing tests of one break; a wider break would outweigh the others. */
  private static final int MAX_TESTS = 4;

  private static final int MAX_STACK_LINES = 16;
  private static final Pattern BREAK =
      Pattern.compile("(?m)^\\[(\\S+)] (\\S+) : (\\S+)\\n- (.*)\\n\\+ (.*)$");

  private final Path repository;
  private final Path scratch;
  private final ObjectMapper json = new ObjectMapper();
  private final List<String> records = new ArrayList<>();

  private record Break(String id, String file, List<String> tests, String line, String broken) {}

  private record Failure(String test, String type, String message, String stack) {}

  private RecordFailures(Path repository, Path scratch) {
    this.repository = repository;
    this.scratch = scratch;
  }

  public static void main(String[] args) throws Exception {
    RecordFailures recorder = new RecordFailures(Path.of(args[0]), Path.of(args[1]));
    Matcher found = BREAK.matcher(Files.readString(Path.of(args[2])));
    while (found.find()) {
      recorder.record(
          new Break(
              found.group(1),
              found.group(2),
              List.of(found.group(3).split(",")),
              found.group(4).strip(),
              found.group(5).strip()));
    }
    Files.write(Path.of(args[3]), recorder.records);
  }

  private void record(Break change) throws Exception {
    int failed = 0;
    for (int sighting = 1; sighting <= 2; sighting++) {
      Path place = scratch.resolve(sighting == 1 ? "builds/a" : "home/runner/work/retrospec");
      List<Failure> failures =
          change.file().endsWith(".ts")
              ? vitest(change, place, sighting)
              : junit(change, place, sighting);
      failed = Math.max(failed, failures.size());
      for (Failure failure : failures.subList(0, Math.min(MAX_TESTS, failures.size()))) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("cause", change.id());
        line.put("sighting", sighting);
        line.put("test", failure.test());
        line.put("type", failure.type());
        line.put("message", home(failure.message()));
        line.put("stack", home(failure.stack()));
        records.add(json.writeValueAsString(line));
      }
    }
    System.out.println(change.id() + ": " + failed + " tests fail");
  }

  /** No folder of this machine in what is kept; the two scratch folders stay different. */
  private String home(String text) {
    String modules = modules().toString();
    return text.replace(modules, "/repository/sdk/node_modules")
        .replace(scratch.toString(), "")
        .replace(repository.toString(), "/repository");
  }

  private static Path modules() {
    return Path.of(System.getProperty("node_modules"));
  }

  private String broken(Break change, int sighting, String file, String source) {
    String text = source;
    if (file.equals(change.file())) {
      if (!source.contains(change.line())) {
        throw new IllegalStateException(change.id() + ": the line is not in " + file);
      }
      text = source.replace(change.line(), change.broken());
    }
    return sighting == 1 ? text : text.replaceFirst("\n", "\n" + "// later\n".repeat(7));
  }

  // ---- Java: only the broken file and the tests are compiled, in front of what Maven compiled

  private List<Failure> junit(Break change, Path place, int sighting) throws Exception {
    Path classes = place.resolve("classes-" + change.id());
    List<String> files = new ArrayList<>(List.of(change.file()));
    for (String test : change.tests()) {
      files.add("ejb/src/test/java/" + test.replace('.', '/') + ".java");
    }
    List<String> compiled = new ArrayList<>();
    for (String file : files) {
      Path copy = place.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.writeString(
          copy, broken(change, sighting, file, Files.readString(repository.resolve(file))));
      compiled.add(copy.toString());
    }
    Files.createDirectories(classes);
    String built =
        repository.resolve("ejb/target/classes") + ":" + repository.resolve("ejb/target/test-classes");
    List<String> options =
        new ArrayList<>(
            List.of("-nowarn", "-proc:none", "-g", "-parameters", "-d", classes.toString(), "-cp",
                built + ":" + System.getProperty("java.class.path")));
    options.addAll(compiled);
    int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException(change.id() + " does not compile");
    }
    URL[] urls = {
      classes.toUri().toURL(),
      repository.resolve("ejb/target/classes/").toUri().toURL(),
      repository.resolve("ejb/target/test-classes/").toUri().toURL()
    };
    List<Failure> failures = new ArrayList<>();
    try (URLClassLoader loader = new URLClassLoader(urls, RecordFailures.class.getClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
      for (String test : change.tests()) {
        request.selectors(selectClass(loader.loadClass(test)));
      }
      run(request.build(), failures);
    } finally {
      Thread.currentThread().setContextClassLoader(RecordFailures.class.getClassLoader());
    }
    return failures;
  }

  private static void run(LauncherDiscoveryRequest request, List<Failure> failures) {
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result
                    .getThrowable()
                    .ifPresent(
                        thrown ->
                            failures.add(
                                new Failure(
                                    test.getLegacyReportingName(),
                                    thrown.getClass().getName(),
                                    trimmed(Objects.requireNonNullElse(thrown.getMessage(), "")),
                                    trimmed(printed(thrown)))));
              }
            });
  }

  private static String printed(Throwable thrown) {
    StringWriter printed = new StringWriter();
    thrown.printStackTrace(new PrintWriter(printed));
    return printed.toString();
  }

  /** As Surefire and Gradle print it by default: without the runner's tail. */
  private static String trimmed(String text) {
    List<String> lines = new ArrayList<>();
    int frames = 0;
    for (String line : text.split("\n")) {
      boolean frame = line.startsWith("\tat ");
      frames = frame ? frames + 1 : 0;
      boolean runner = line.contains("org.junit.platform.") || line.contains("org.junit.jupiter.engine")
          || line.contains("jdk.internal.reflect") || line.contains("RecordFailures");
      if (!(frame && (runner || frames > MAX_STACK_LINES))) {
        lines.add(line);
      }
    }
    return String.join("\n", lines);
  }

  // ---- TypeScript: a copy of the sources beside the installed packages

  private List<Failure> vitest(Break change, Path place, int sighting) throws Exception {
    Path sdk = place.resolve("sdk");
    if (!Files.exists(sdk.resolve("node_modules"))) {
      copy(repository.resolve("sdk/src"), sdk.resolve("src"));
      copy(repository.resolve("sdk/test/rules"), sdk.resolve("test/rules"));
      for (String file : List.of("package.json", "tsconfig.json", "vitest.config.ts")) {
        Files.copy(repository.resolve("sdk").resolve(file), sdk.resolve(file));
      }
      Files.createSymbolicLink(
          sdk.resolve("node_modules"), modules());
    }
    List<String> files = new ArrayList<>(List.of(change.file()));
    change.tests().forEach(test -> files.add("sdk/" + test));
    for (String file : files) {
      Files.writeString(
          place.resolve(file),
          broken(change, sighting, file, Files.readString(repository.resolve(file))));
    }
    Path report = scratch.resolve("report.json");
    List<String> command =
        new ArrayList<>(List.of("node", "node_modules/vitest/vitest.mjs", "run", "--project", "rules",
            "--reporter=json", "--outputFile=" + report));
    command.addAll(change.tests());
    Process process =
        new ProcessBuilder(command).directory(sdk.toFile()).redirectErrorStream(true)
            .redirectOutput(scratch.resolve("vitest.log").toFile()).start();
    process.waitFor();
    for (String file : files) {
      Files.copy(repository.resolve(file), place.resolve(file),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    return failures(json.readTree(report.toFile()));
  }

  private static List<Failure> failures(JsonNode report) {
    List<Failure> failures = new ArrayList<>();
    for (JsonNode file : report.path("testResults")) {
      for (JsonNode test : file.path("assertionResults")) {
        if (test.path("status").asText().equals("failed")) {
          String stack = shortened(test.path("failureMessages").path(0).asText());
          int frames = stack.indexOf("\n    at ");
          String message = frames < 0 ? stack : stack.substring(0, frames);
          failures.add(new Failure(test.path("fullName").asText(), "", message, stack));
        }
      }
    }
    return failures;
  }

  private static String shortened(String stack) {
    return stack.lines().limit(MAX_STACK_LINES).collect(java.util.stream.Collectors.joining("\n"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
