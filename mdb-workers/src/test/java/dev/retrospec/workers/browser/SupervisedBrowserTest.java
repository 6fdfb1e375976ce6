package dev.retrospec.workers.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.retrospec.platform.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The browser's life, with a real Chromium. */
class SupervisedBrowserTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final BrowserConfig CONFIG =
      BrowserConfig.from(
          Settings.of(name -> Optional.ofNullable(System.getenv(name))), System.getenv("PATH"));

  /** What every program begins with. */
  private static final String LAUNCH =
      """
      import { readFileSync, writeFileSync } from 'node:fs';
      import { createRequire } from 'node:module';
      const { browser: { playwright, executablePath, sandbox, args }, task } =
        JSON.parse(readFileSync('command.json', 'utf8'));
      const { chromium } = createRequire(playwright + '/index.js')('./index.js');
      const browser = await chromium.launch({ executablePath, chromiumSandbox: sandbox, args });
      const page = await browser.newPage();
      """;

  private static final String SUM =
      LAUNCH
          + """
          writeFileSync('sum', String(await page.evaluate(task.sum)));
          await browser.close();
          """;

  @TempDir private Path home;

  private final SupervisedBrowser browser = new SupervisedBrowser(CONFIG);

  @BeforeEach
  void needsChromium() {
    assumeTrue(CONFIG.chromium().isPresent(), "Chromium is not installed");
  }

  @Test
  void aProgramIsToldItsTaskAndLeavesItsResult() throws IOException {
    assertThat(sum("first", "1 + 2")).isEqualTo("3");
    assertThat(processesOf("first")).isEmpty();
  }

  @Test
  void aProgramThatHangsIsEndedWithEveryProcessAndTheNextOneRuns() throws IOException {
    // A renderer that is busy for ever rejects nothing and times nothing out.
    Path folder = program("hangs", LAUNCH + "await page.evaluate('for (;;) {}');");

    assertThatThrownBy(() -> browser.run(folder, "program.mjs", Map.of(), Duration.ofSeconds(4)))
        .isInstanceOf(BrowserExhausted.class)
        .hasMessageContaining("too long");

    assertThat(processesOf("hangs")).isEmpty();
    assertThat(sum("next", "2 + 2")).isEqualTo("4");
  }

  @Test
  void aProgramThatDiesLeavesNoBrowserBehind() throws IOException {
    Path folder = program("dies", LAUNCH + "process.kill(process.pid, 'SIGKILL');");

    assertThatThrownBy(() -> browser.run(folder, "program.mjs", Map.of(), LONG))
        .isInstanceOf(BrowserLost.class)
        .hasMessageContaining("unexpectedly");

    assertThat(processesOf("dies")).isEmpty();
  }

  @Test
  void programsRunOneAfterAnother() {
    List<CompletableFuture<String>> sums =
        IntStream.range(0, 3)
            .mapToObj(
                number ->
                    CompletableFuture.supplyAsync(() -> sum("of-" + number, "40 + " + number)))
            .toList();

    assertThat(sums.stream().map(CompletableFuture::join)).containsExactly("40", "41", "42");
  }

  @Test
  void neitherProgramNorBrowserKnowsTheServersEnvironment() throws IOException {
    Path folder =
        program(
            "curious",
            LAUNCH
                + """
                import { readdirSync } from 'node:fs';
                const environment = (id) => {
                  try { return readFileSync(`/proc/${id}/environ`, 'latin1') } catch { return '' }
                };
                const chromiums = readdirSync('/proc').filter((id) => /^[0-9]+$/.test(id))
                  .map(environment).filter((all) => all.includes(process.env.HOME));
                writeFileSync('seen', JSON.stringify([JSON.stringify(process.env), ...chromiums]));
                await browser.close();
                """);

    browser.run(folder, "program.mjs", Map.of(), LONG);

    assertThat(Files.readString(folder.resolve("seen")))
        .contains("C.UTF-8", "TMPDIR")
        .doesNotContain(System.getenv("PATH"), "PLAYWRIGHT_DRIVER_DIR");
  }

  private String sum(String name, String expression) {
    try {
      Path folder = program(name, SUM);
      browser.run(folder, "program.mjs", Map.of("sum", expression), LONG);
      return Files.readString(folder.resolve("sum"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path program(String name, String text) throws IOException {
    Path folder = Files.createDirectory(home.resolve(name));
    Files.writeString(folder.resolve("program.mjs"), text);
    return folder;
  }

  /** The program and whatever it started: each has the folder in its environment. */
  private List<Long> processesOf(String name) throws IOException {
    byte[] mark = ("HOME=" + home.resolve(name)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return ProcessHandle.allProcesses()
        .filter(
            process -> {
              try {
                return new String(
                        Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ")),
                        java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains(new String(mark, java.nio.charset.StandardCharsets.ISO_8859_1));
              } catch (IOException e) {
                return false; // somebody else's, or it has ended
              }
            })
        .map(ProcessHandle::pid)
        .toList();
  }
}
