package dev.retrospec.workers.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.retrospec.platform.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are killed at any moment of their lives. */
class HundredKillsTest {

  private static final BrowserConfig CONFIG =
      BrowserConfig.from(
          Settings.of(name -> Optional.ofNullable(System.getenv(name))), System.getenv("PATH"));

  /** Begins a browser and a child of its own session, and lives on. */
  private static final String PROGRAM =
      """
      import { readFileSync } from 'node:fs';
      import { createRequire } from 'node:module';
      import { spawn } from 'node:child_process';
      const { browser: { playwright, executablePath, sandbox, args } } =
        JSON.parse(readFileSync('command.json', 'utf8'));
      spawn('/bin/sh', ['-c', 'sleep 300 & sleep 300'], { detached: true });
      const { chromium } = createRequire(playwright + '/index.js')('./index.js');
      const browser = await chromium.launch({ executablePath, chromiumSandbox: sandbox, args });
      const page = await browser.newPage();
      await page.evaluate('new Promise(() => {})');
      """;

  private static final int LANES = 4;
  private static final int KILLS = 100;

  @TempDir private Path home;

  @Test
  void leaveNoProcessBehind() throws IOException {
    assumeTrue(CONFIG.chromium().isPresent(), "Chromium is not installed");
    List<CompletableFuture<Void>> lanes =
        IntStream.range(0, LANES)
            .mapToObj(lane -> CompletableFuture.runAsync(() -> killSome(lane)))
            .toList();
    lanes.forEach(CompletableFuture::join);

    assertThat(left()).isEmpty();
  }

  private void killSome(int lane) {
    Random moments = new Random(lane);
    SupervisedBrowser browser = new SupervisedBrowser(CONFIG);
    for (int n = 0; n < KILLS / LANES; n++) {
      Path folder = home.resolve(lane + "-" + n);
      long pauseMs = moments.nextInt(500);
      CompletableFuture<Void> kill = CompletableFuture.completedFuture(null);
      try {
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("program.mjs"), PROGRAM);
        kill =
            CompletableFuture.runAsync(
                () -> {
                  await().until(() -> !programs(folder).isEmpty());
                  await().pollDelay(Duration.ofMillis(pauseMs)).until(() -> true);
                  programs(folder).forEach(ProcessHandle::destroyForcibly);
                });
        assertThatThrownBy(
                () -> browser.run(folder, "program.mjs", Map.of(), Duration.ofSeconds(20)))
            .isInstanceOf(BrowserLost.class);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      } finally {
        kill.join();
      }
    }
  }

  /** The program alone: whatever it started must be found without it. */
  private static List<ProcessHandle> programs(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> isIn(process.pid(), folder))
        .filter(process -> commandOf(process.pid()).contains("program.mjs"))
        .toList();
  }

  private List<Long> left() {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(id -> isIn(id, home))
        .toList();
  }

  private static boolean isIn(long id, Path folder) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + id + "/cwd")).startsWith(folder);
    } catch (IOException e) {
      return false; // somebody else's, or it has ended
    }
  }

  private static String commandOf(long id) {
    try {
      return new String(
          Files.readAllBytes(Path.of("/proc/" + id + "/cmdline")), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
