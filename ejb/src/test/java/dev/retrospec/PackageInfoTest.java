package dev.retrospec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every package says what it is for, and promises null-safety. */
class PackageInfoTest {

  @ParameterizedTest
  @ValueSource(strings = {"ejb", "web", "mdb-workers", "server-config", "bench"})
  void everyPackageIntroducesItself(String module) throws IOException {
    Path sources = Path.of("..", module, "src", "main", "java");
    if (Files.notExists(sources)) {
      return;
    }
    try (Stream<Path> files = Files.walk(sources)) {
      List<Path> packages =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .toList();

      assertThat(packages)
          .isNotEmpty()
          .allSatisfy(
              directory ->
                  assertThat(directory.resolve("package-info.java"))
                      .content()
                      .contains("@NullMarked", "/**"));
    }
  }
}
