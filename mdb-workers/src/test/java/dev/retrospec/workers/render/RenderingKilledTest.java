package dev.retrospec.workers.render;

import static dev.retrospec.sessions.SessionFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.replays.ArtifactStatus;
import dev.retrospec.replays.rendering.RenderTarget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a rendering whose processes are killed in the midst of it. */
class RenderingKilledTest {

  private static final RenderTarget WHOLE = RenderTarget.wholeSession();
  private static final Duration NOTICED = Duration.ofSeconds(5);

  /** Folders in which processes of this one render, or did. */
  private static final Set<String> OURS = ConcurrentHashMap.newKeySet();

  private final Studio studio = new Studio();

  /** Whom the signal hits. */
  enum Victim {
    PROGRAM(command -> command.contains("render.mjs")),
    BROWSER(command -> command.contains("--remote-debugging-pipe")),
    PAGE(command -> command.contains("--type=renderer")),
    ENCODER(command -> command.contains("image2pipe"));

    private final Predicate<String> isIt;

    Victim(Predicate<String> isIt) {
      this.isIt = isIt;
    }
  }

  @BeforeAll
  static void needsChromiumAndFfmpeg() {
    assumeTrue(Studio.BROWSER.chromium().isPresent(), "Chromium is not installed");
    assumeTrue(Studio.ENCODER.ffmpeg().isPresent(), "ffmpeg is not installed");
  }

  @AfterEach
  void close() {
    studio.close();
  }

  @ParameterizedTest
  @EnumSource
  void itIsNoticedWithinFiveSecondsLeavesNothingAndIsTriedAgain(Victim victim) {
    studio
        .visit(Duration.ofSeconds(40))
        .marker(new MarkerId("m1"), 1_000)
        .recorded(Footage.of(START, "#000000").flickersUntil(40_000).json());
    studio.analysed();
    studio.ask(WHOLE);

    CompletableFuture<Void> attempt = CompletableFuture.runAsync(studio::run);
    await().atMost(Duration.ofSeconds(60)).until(RenderingKilledTest::isInTheMidst);
    processes(victim.isIt).forEach(ProcessHandle::destroyForcibly);

    assertThat(attempt).succeedsWithin(NOTICED);
    assertThat(processes(command -> true)).as("processes of the rendering").isEmpty();
    assertThat(studio.has("replay_video")).as("while it may still succeed").isFalse();
    assertThat(studio.artifact("analysis_json").status()).isEqualTo(ArtifactStatus.READY);
    assertThat(studio.retrying()).isEqualTo(1);
  }

  @Test
  void afterTheLastAttemptTheVideoIsFailedAndEachAttemptHasCounted() {
    studio
        .visit(Duration.ofSeconds(40))
        .marker(new MarkerId("m1"), 1_000)
        .recorded(Footage.of(START, "#000000").flickersUntil(40_000).json());
    studio.analysed();
    studio.ask(WHOLE);

    for (int n = 0; n < 3; n++) {
      CompletableFuture<Void> attempt = CompletableFuture.runAsync(studio::run);
      await().atMost(Duration.ofSeconds(60)).until(() -> !processes(Victim.PROGRAM.isIt).isEmpty());
      processes(Victim.PROGRAM.isIt).forEach(ProcessHandle::destroyForcibly);
      assertThat(attempt).succeedsWithin(NOTICED);
      studio.pauseIsOver();
    }

    assertThat(studio.artifact("replay_video").status()).isEqualTo(ArtifactStatus.FAILED);
    assertThat(studio.artifact("replay_video").reason()).contains("ended unexpectedly");
    assertThat(studio.artifact("analysis_json").status()).isEqualTo(ArtifactStatus.READY);
    assertThat(studio.secondsTaken()).isEqualTo(3 * 40);
  }

  /** The encoder begins its file with the first pictures. */
  private static boolean isInTheMidst() {
    return processes(Victim.ENCODER.isIt).stream()
        .anyMatch(encoder -> Files.exists(Path.of("/proc/" + encoder.pid() + "/cwd/video.webm")));
  }

  /**
   * Of our renderings, by their working directory, which is deleted or not: another server on this
   * machine may render, too.
   */
  private static List<ProcessHandle> processes(Predicate<String> command) {
    ProcessHandle.current().descendants().map(Studio::renderFolder).forEach(OURS::add);
    OURS.remove("");
    return ProcessHandle.allProcesses()
        .filter(process -> OURS.contains(Studio.renderFolder(process)))
        .filter(process -> command.test(commandOf(process.pid())))
        .toList();
  }

  private static String commandOf(long id) {
    try {
      return new String(
              Files.readAllBytes(Path.of("/proc/" + id + "/cmdline")), StandardCharsets.UTF_8)
          .replace('\0', ' ');
    } catch (java.io.IOException e) {
      return "";
    }
  }
}
