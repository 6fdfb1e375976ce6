package dev.retrospec.embedded;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/configuration.md names every setting that the application or the server reads. */
class ConfigurationGuideTest {

  private static final Path CHECKOUT = Path.of("..");

  /** {@code settings.integer("NAME", …)} in a settings record. */
  private static final Pattern READ_BY_JAVA =
      Pattern.compile(
          "ettings\\s*\\.\\s*(?:text|integer|bytes|decimal|flag|duration|uri|list)\\(\\s*\"([A-Z0-9_]+)\"");

  private static final Pattern READ_BY_THE_SERVER = Pattern.compile("\\$\\{env\\.([A-Z0-9_]+):");

  private static final Pattern DOCUMENTED = Pattern.compile("`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`");

  @Test
  void namesEverySettingThatTheApplicationReads() throws IOException {
    Set<String> read = new TreeSet<>();
    for (String module : new String[] {"ejb", "web", "mdb-workers"}) {
      read.addAll(names(CHECKOUT.resolve(module).resolve("src/main/java"), READ_BY_JAVA));
    }

    assertThat(documented()).containsAll(read);
  }

  @Test
  void namesEverySettingThatTheServerReads() throws IOException {
    Set<String> read = names(CHECKOUT.resolve("server-config/cli"), READ_BY_THE_SERVER);

    assertThat(read).isNotEmpty();
    assertThat(documented()).containsAll(read);
  }

  private static Set<String> documented() throws IOException {
    return DOCUMENTED
        .matcher(Files.readString(CHECKOUT.resolve("docs/configuration.md")))
        .results()
        .map(match -> match.group(1))
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> names(Path folder, Pattern pattern) throws IOException {
    if (!Files.exists(folder)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .flatMap(file -> pattern.matcher(read(file)).results())
          .map((MatchResult match) -> match.group(1))
          .collect(toCollection(TreeSet::new));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
