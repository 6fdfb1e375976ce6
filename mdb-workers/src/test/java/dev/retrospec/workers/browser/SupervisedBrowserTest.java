package dev.retrospec.workers.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.retrospec.platform.config.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The browser's life, with a real Chromium. */
class SupervisedBrowserTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final BrowserConfig CONFIG =
      BrowserConfig.from(Settings.of(name -> Optional.ofNullable(System.getenv(name))), path());

  private SupervisedBrowser browser = idleAfter(LONG);

  @BeforeEach
  void needsChromium() {
    assumeTrue(CONFIG.chromium().isPresent(), "Chromium is not installed");
  }

  @AfterEach
  void end() {
    browser.close();
  }

  @Test
  void startsWithTheFirstTaskServesSeveralAndEndsWhenNobodyNeedsIt() throws IOException {
    browser = idleAfter(Duration.ofMillis(500));
    assertThat(browser.isRunning()).isFalse();

    assertThat(browser.use(LONG, SupervisedBrowserTest::sum)).isEqualTo(3);
    List<ProcessHandle> processes = browserProcesses();
    assertThat(browser.use(LONG, SupervisedBrowserTest::sum)).isEqualTo(3);
    assertThat(browserProcesses()).as("the same driver, which begins").startsWith(processes.get(0));

    await().atMost(Duration.ofSeconds(20)).until(() -> !browser.isRunning());
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void aTaskThatHangsIsEndedWithEveryProcessAndTheNextOneGetsANewBrowser() throws IOException {
    browser.use(LONG, SupervisedBrowserTest::sum);
    List<ProcessHandle> processes = browserProcesses();

    assertThatThrownBy(
            () ->
                browser.use(
                    Duration.ofSeconds(3),
                    chromium -> {
                      try (Page page = chromium.newPage()) {
                        // A renderer that is busy for ever rejects nothing and times nothing out.
                        page.setDefaultTimeout(0);
                        return page.evaluate("() => { for (;;) {} }");
                      }
                    }))
        .isInstanceOf(BrowserLost.class)
        .hasMessageContaining("too long");

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(browser.use(LONG, SupervisedBrowserTest::sum)).isEqualTo(3);
  }

  @Test
  void aBrowserThatDiesIsReplaced() throws IOException {
    browser.use(LONG, SupervisedBrowserTest::sum);
    browserProcesses().forEach(ProcessHandle::destroyForcibly);

    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> browser.use(LONG, SupervisedBrowserTest::sum) == 3);
  }

  @Test
  void tasksHaveItOneAfterAnother() throws IOException {
    browser.use(LONG, SupervisedBrowserTest::sum);
    List<CompletableFuture<Integer>> tasks =
        List.of(1, 2, 3, 4).stream()
            .map(
                number ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            return browser.use(LONG, SupervisedBrowserTest::sum);
                          } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                          }
                        }))
            .toList();

    assertThat(tasks).allSatisfy(task -> assertThat(task.join()).isEqualTo(3));
  }

  @Test
  void thePagesProcessKnowsNothingOfTheServersEnvironment() throws IOException {
    browser.use(LONG, SupervisedBrowserTest::sum);

    List<String> environments =
        browserProcesses().stream()
            .filter(
                process -> process.info().command().filter(it -> it.contains("chrom")).isPresent())
            .map(SupervisedBrowserTest::environment)
            .toList();

    assertThat(environments).isNotEmpty().noneMatch(it -> it.contains("PATH=" + path()));
  }

  private static String environment(ProcessHandle process) {
    try {
      return java.nio.file.Files.readString(
          java.nio.file.Path.of("/proc/" + process.pid() + "/environ"),
          java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  private static int sum(Browser chromium) {
    try (Page page = chromium.newPage()) {
      return (Integer) page.evaluate("1 + 2");
    }
  }

  /** The driver and all below it. */
  private static List<ProcessHandle> browserProcesses() {
    return ProcessHandle.current()
        .descendants()
        .filter(
            process ->
                process.info().command().filter(it -> it.matches(".*(node|chrom).*")).isPresent())
        .toList();
  }

  private static SupervisedBrowser idleAfter(Duration idle) {
    return new SupervisedBrowser(
        new BrowserConfig(
            CONFIG.chromium(),
            CONFIG.driver(),
            CONFIG.node(),
            CONFIG.isSandboxed(),
            idle,
            CONFIG.maxBytes()));
  }

  private static String path() {
    return System.getenv("PATH");
  }
}
