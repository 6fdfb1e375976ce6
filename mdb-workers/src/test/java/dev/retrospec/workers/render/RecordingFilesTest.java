package dev.retrospec.workers.render;

import static dev.retrospec.sessions.SessionFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.assets.AssetUse;
import dev.retrospec.assets.Assets;
import dev.retrospec.ids.ContentHash;
import dev.retrospec.replays.ReplayWindow;
import dev.retrospec.workers.render.RecordingFiles.Content;
import dev.retrospec.workers.render.RecordingFiles.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures that a recording names, as files of the render program. */
class RecordingFilesTest {

  private static final String LOGO = "https://shop.example/logo.png";
  private static final String HASH = "ab".repeat(32);

  @TempDir private Path folder;

  private final Studio studio = new Studio();

  @AfterEach
  void close() {
    studio.close();
  }

  @Test
  void aPictureThatDoesNotFitIsLeftOutAndNotCut() throws IOException {
    studio.visit(Duration.ofSeconds(3));
    shown(new byte[1_000]);

    assertThat(contents("tight", 999)).isEmpty();
    assertThat(folder.resolve("tight/assets")).isEmptyDirectory();
    assertThat(contents("wide", 1_000)).extracting(Content::url).containsExactly(LOGO);
    assertThat(folder.resolve("wide/assets").resolve(HASH)).hasSize(1_000);
  }

  @Test
  void aPictureThatIsNamedAndNotThereIsNoReasonToEnd() throws IOException {
    assumeTrue(Studio.BROWSER.chromium().isPresent(), "Chromium is not installed");
    assumeTrue(Studio.ENCODER.ffmpeg().isPresent(), "ffmpeg is not installed");
    String picture =
        "{\"type\":2,\"tagName\":\"img\",\"id\":100,\"attributes\":{\"src\":\"%s\"},\"childNodes\":[]}"
            .formatted(LOGO);
    studio.visit(Duration.ofSeconds(1)).recorded(Footage.of(START, "#ff0000", "", picture).json());
    Path place = Files.createDirectory(folder.resolve("render"));
    ReplayWindow window = new ReplayWindow(0, 1_000);
    Recording written = studio.recordings().write(place, studio.view(), window, 500);
    Recording naming =
        new Recording(
            written.startedAt(), written.viewport(), List.of(new Content(LOGO, HASH, "image/png")));

    VideoMaker.Video video = studio.maker().make(place, naming, window, 1, 500, () -> {});

    assertThat(video.webm()).isNotEmptyFile();
    assertThat(video.refused()).isPositive();
  }

  private List<Content> contents(String name, long room) throws IOException {
    return studio
        .recordings()
        .contents(
            Files.createDirectory(folder.resolve(name)), studio.project, studio.session, room);
  }

  private void shown(byte[] bytes) {
    ArtifactKey key = new ArtifactKey("assets/" + studio.project.value() + "/" + HASH);
    studio.store.put(key, bytes, "image/png");
    studio
        .database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into asset (project_id, sha256, media_type, object_key, size_bytes,"
                        + " last_seen_at) values (?, decode(?, 'hex'), 'image/png', ?, ?, now())",
                    studio.project.value(),
                    HASH,
                    key.value(),
                    bytes.length));
    new Assets(studio.database.jdbi())
        .use(
            studio.project,
            studio.session,
            List.of(new AssetUse(LOGO, new ContentHash(HASH))),
            10,
            studio.clock.instant());
  }
}
