package dev.retrospec.workers.render;

import static dev.retrospec.sessions.SessionFixture.START;
import static dev.retrospec.workers.render.Footage.BLUE;
import static dev.retrospec.workers.render.Footage.GREEN;
import static dev.retrospec.workers.render.Footage.RED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.replays.ArtifactStatus;
import dev.retrospec.replays.ArtifactView;
import dev.retrospec.replays.ReplayWindow;
import dev.retrospec.replays.rendering.RenderConfig;
import dev.retrospec.replays.rendering.RenderTarget;
import dev.retrospec.workers.browser.Canary;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a stored recording to its video, with a real Chromium, ffmpeg and database. */
class RenderJobTest {

  private static final RenderTarget WHOLE = RenderTarget.wholeSession();
  private static final MarkerId MARKER = new MarkerId("m1");
  private static final RenderTarget CLIP = RenderTarget.clipOf(MARKER);

  @TempDir private Path folder;

  private final Studio studio = new Studio();

  @BeforeAll
  static void needsChromiumAndFfmpeg() {
    assumeTrue(Studio.BROWSER.chromium().isPresent(), "Chromium is not installed");
    assumeTrue(Studio.ENCODER.ffmpeg().isPresent(), "ffmpeg is not installed");
  }

  @AfterEach
  void close() {
    studio.close();
  }

  @Test
  void aSessionBecomesAVideoOfItsVeryLengthWithEachFrameAtItsVeryMoment() throws IOException {
    studio.visit(Duration.ofSeconds(3)).marker(MARKER, 1_200).recorded(colours());

    studio.render(WHOLE);

    ArtifactView video = studio.artifact("replay_video");
    assertThat(video.status()).as(String.valueOf(video.reason())).isEqualTo(ArtifactStatus.READY);
    assertThat(video.windows()).containsExactly(new ReplayWindow(0, 3_000));
    Film film = Film.open(studio, video.artifactKey(), folder);
    assertThat(film.facts()).containsExactly("vp9", "320", "180", "30");
    assertThat(film.seconds()).isEqualTo(3.0);
    assertThat(close(film.colour(0), Color.RED)).isTrue();
    assertThat(close(film.colour(9), Color.RED)).as("the last frame before the change").isTrue();
    assertThat(close(film.colour(10), Color.GREEN)).as("the very frame of the change").isTrue();
    assertThat(close(film.colour(19), Color.GREEN)).isTrue();
    assertThat(close(film.colour(20), Color.BLUE)).isTrue();
    assertThat(studio.contentType(video)).isEqualTo("video/webm");
    assertThat(studio.inTheStore(video))
        .as("sealed")
        .doesNotContain("matroska")
        .doesNotContain("webm");
    studio.loseKey();
    assertThat(studio.open(video.artifactKey())).as("without the session's key").isEmpty();
  }

  @Test
  void besideTheVideoStandAnMp4AndThePosterOfTheFailure() throws IOException {
    studio.visit(Duration.ofSeconds(3)).marker(MARKER, 1_200).recorded(colours());

    studio.render(WHOLE);

    Film mp4 = Film.open(studio, studio.artifact("replay_video_mp4").artifactKey(), folder);
    assertThat(mp4.facts()).containsExactly("h264", "320", "180", "30");
    ArtifactView poster = studio.artifact("poster");
    assertThat(studio.contentType(poster)).isEqualTo("image/webp");
    assertThat(poster.windows()).containsExactly(new ReplayWindow(1_700, 1_700));
    Film picture = Film.open(studio, poster.artifactKey(), folder);
    assertThat(picture.facts()).contains("webp", "320", "180");
    assertThat(close(picture.colour(0), Color.GREEN)).isTrue();
  }

  @Test
  void aClipShowsTheMomentsAroundItsMarker() throws IOException {
    studio
        .with("REPLAY_RENDER_CLIP_BEFORE_MS", "500")
        .with("REPLAY_RENDER_CLIP_AFTER_MS", "1000")
        .visit(Duration.ofSeconds(3))
        .marker(MARKER, 1_000)
        .recorded(colours());

    studio.render(CLIP);

    ArtifactView clip = studio.artifact(CLIP.video());
    assertThat(clip.windows()).containsExactly(new ReplayWindow(500, 2_000));
    Film film = Film.open(studio, clip.artifactKey(), folder);
    assertThat(film.facts()).endsWith("15");
    assertThat(close(film.colour(4), Color.RED)).isTrue();
    assertThat(close(film.colour(5), Color.GREEN)).isTrue();
    assertThat(studio.artifact(CLIP.poster()).status()).isEqualTo(ArtifactStatus.READY);
  }

  @Test
  void aWholeSessionIsShownAtTheSpeedThatIsSet() throws IOException {
    studio
        .with("REPLAY_RENDER_SPEED", "2")
        .visit(Duration.ofSeconds(3))
        .marker(MARKER, 1_000)
        .recorded(colours());

    studio.render(WHOLE);

    Film film = Film.open(studio, studio.artifact("replay_video").artifactKey(), folder);
    assertThat(film.seconds()).isEqualTo(1.5);
    assertThat(close(film.colour(4), Color.RED)).isTrue();
    assertThat(close(film.colour(5), Color.GREEN)).isTrue();
  }

  @Test
  void whatARealBrowserRecordedIsShown() throws IOException {
    RealVisit visit = RealVisit.record(folder);
    studio
        .with("REPLAY_RENDER_VIEWPORT_WIDTH", "640")
        .with("REPLAY_RENDER_VIEWPORT_HEIGHT", "360")
        .visit(visit.startedAt(), visit.length())
        .marker(MARKER, visit.changedAtMs())
        .recorded(visit.events());

    studio.render(WHOLE);

    ArtifactView video = studio.artifact("replay_video");
    assertThat(video.status()).as(String.valueOf(video.reason())).isEqualTo(ArtifactStatus.READY);
    Film film = Film.open(studio, video.artifactKey(), folder);
    assertThat(film.seconds()).isBetween(seconds(visit) - 0.1, seconds(visit) + 0.1);
    int change = (int) Math.ceil(visit.changedAtMs() / 100.0);
    assertThat(close(film.colour(change - 2), Color.RED)).isTrue();
    assertThat(close(film.colour(change + 1), Color.BLUE)).isTrue();
  }

  @Test
  void aHostileRecordingReachesNothing() throws IOException {
    try (Canary canary = new Canary()) {
      String there = "http://127.0.0.1:" + canary.port();
      studio
          .visit(Duration.ofSeconds(1))
          .marker(MARKER, 500)
          .recorded(HostilePage.asking(there, START));

      studio.render(WHOLE);

      ArtifactView video = studio.artifact("replay_video");
      assertThat(video.status()).as(String.valueOf(video.reason())).isEqualTo(ArtifactStatus.READY);
      assertThat(canary.visits()).isZero();
      assertThat(studio.refused()).isGreaterThan(3);
    }
  }

  @Test
  void withoutFfmpegOrBrowserTheVideoFailsWithTheReasonAndTheAnalysisStands() {
    studio.visit(Duration.ofSeconds(3)).marker(MARKER, 1_000).recorded(colours());
    studio.analysed();

    studio.with("RETROSPEC_FFMPEG", "/nowhere/ffmpeg").render(WHOLE);
    assertThat(studio.artifact("replay_video").status()).isEqualTo(ArtifactStatus.FAILED);
    assertThat(studio.artifact("replay_video").reason()).contains("RETROSPEC_FFMPEG");

    studio.with("RETROSPEC_FFMPEG", "ffmpeg").with("RETROSPEC_CHROMIUM", "/nowhere").render(WHOLE);
    assertThat(studio.artifact("replay_video").reason()).contains("RETROSPEC_CHROMIUM");
    assertThat(studio.secondsTaken()).as("nothing was begun").isZero();
    assertThat(studio.artifact("analysis_json").status()).isEqualTo(ArtifactStatus.READY);
    assertThat(studio.pending()).isZero();
  }

  @Test
  void whatNobodyWantsIsSkippedWithTheReason() {
    studio.visit(Duration.ofSeconds(3)).marker(MARKER, 1_000);
    studio.render(WHOLE);
    assertThat(skipped()).isEqualTo("The session has no recorded events");

    studio.recorded(colours());
    studio.with("REPLAY_RENDER_MAX_DURATION_MS", "2000").render(WHOLE);
    assertThat(skipped()).contains("REPLAY_RENDER_MAX_DURATION_MS allows 2 s");

    studio.with("REPLAY_RENDER_MAX_DURATION_MS", "600000");
    studio.with("REPLAY_RENDER_DAILY_SECONDS", "2").render(WHOLE);
    assertThat(skipped()).contains("REPLAY_RENDER_DAILY_SECONDS");

    studio.with("REPLAY_RENDER_ENABLED", "false").render(WHOLE);
    assertThat(skipped()).isEqualTo(RenderConfig.DISABLED);
  }

  @Test
  void whatTakesTooLongIsEndedAndNotTriedAgain() throws IOException {
    studio
        .with("REPLAY_RENDER_TIMEOUT_SECONDS", "10")
        .visit(Duration.ofSeconds(600))
        .marker(MARKER, 1_000)
        .recorded(Footage.of(START, RED).flickersUntil(60_000).json());

    studio.with("REPLAY_RENDER_FPS", "30").render(WHOLE);

    assertThat(studio.artifact("replay_video").status()).isEqualTo(ArtifactStatus.FAILED);
    assertThat(studio.artifact("replay_video").reason()).contains("too long");
    assertThat(studio.secondsTaken()).as("it kept the renderer busy").isEqualTo(600);
    assertThat(studio.pending()).isZero();
    assertThat(leftBehind()).isEmpty();
  }

  @Test
  void whatIsErasedWhileItIsDrawnLeavesNoVideo() {
    studio.visit(Duration.ofSeconds(3)).marker(MARKER, 1_000).recorded(colours());
    studio.store.beforePut(studio::erase);

    studio.render(WHOLE);

    assertThat(studio.objects()).isEmpty();
    assertThat(studio.has("replay_video")).isFalse();
    assertThat(studio.pending()).isZero();
  }

  @Test
  void theMp4OfAnEarlierVideoGoesWithIt() {
    studio.visit(Duration.ofSeconds(1)).marker(MARKER, 500).recorded(colours());
    studio.render(WHOLE);
    assertThat(studio.artifact("replay_video_mp4").status()).isEqualTo(ArtifactStatus.READY);

    studio.with("REPLAY_RENDER_MP4", "false").render(WHOLE);

    assertThat(studio.has("replay_video_mp4")).isFalse();
    assertThat(studio.artifact("replay_video").status()).isEqualTo(ArtifactStatus.READY);
  }

  @Test
  void aMarkerThatIsNotThereLeavesNoTrace() {
    studio.visit(Duration.ofSeconds(3)).marker(MARKER, 1_000).recorded(colours());
    studio.ask(CLIP);
    studio.loseMarkers();

    studio.run();

    assertThat(studio.has(CLIP.video())).isFalse();
    assertThat(studio.pending()).isZero();
  }

  private static String colours() {
    return Footage.of(START, RED).turns(GREEN, 1_000).turns(BLUE, 2_000).json();
  }

  private @Nullable String skipped() {
    assertThat(studio.artifact("replay_video").status()).isEqualTo(ArtifactStatus.SKIPPED);
    return studio.artifact("replay_video").reason();
  }

  private static double seconds(RealVisit visit) {
    return visit.length().toMillis() / 1_000.0;
  }

  /** As near as an encoder comes. */
  private static boolean close(Color found, Color wanted) {
    return Math.abs(found.getRed() - wanted.getRed()) < 24
        && Math.abs(found.getGreen() - wanted.getGreen()) < 24
        && Math.abs(found.getBlue() - wanted.getBlue()) < 24;
  }

  /** By another server on this machine. */
  private static boolean isRenderedIn(String folder) {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> Studio.renderFolder(process).equals(folder));
  }

  private static List<String> leftBehind() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("retrospec-render-"))
          .filter(name -> !isRenderedIn(name))
          .toList();
    }
  }
}
