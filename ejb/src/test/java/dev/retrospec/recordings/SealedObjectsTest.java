package dev.retrospec.recordings;

import static dev.retrospec.recordings.RecordingFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.artifacts.ArtifactContent;
import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ByteRange;
import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedObjectsTest {

  private static final int BLOCK = SealedObjects.BLOCK_BYTES;
  private static final ArtifactKey KEY =
      SealedObjects.keyOf(new ArtifactKey("artifacts/p/s/v.webm"));

  @TempDir private Path folder;

  private final TestDatabase database = TestDatabase.get();
  private final ProjectId project = database.newProject();
  private final SessionId session = SessionId.mint();
  private final MemoryArtifactStore store = new MemoryArtifactStore();
  private final SealedObjects objects =
      new SealedObjects(database.jdbi(), store, RecordingFixture.keys());
  private final Random random = new Random(7);

  @BeforeEach
  void aRecording() {
    new RecordingFixture().spool(project, session, 0, START, RecordingFixture.events(0, 100));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 7})
  void whatWasSealedOpensWholeAndInAnyPart(int size) throws IOException {
    byte[] plain = stored(size);

    assertThat(opened(null)).isEqualTo(plain);
    assertThat(SealedObjects.plainBytes(store.info(KEY).orElseThrow().sizeBytes())).isEqualTo(size);
    for (int n = 0; n < 40 && size > 0; n++) {
      int from = random.nextInt(size);
      int length = 1 + random.nextInt(size);
      byte[] wanted = Arrays.copyOfRange(plain, from, Math.min(size, from + length));
      assertThat(opened(new ByteRange(from, length))).isEqualTo(wanted);
      assertThat(opened(ByteRange.from(from))).isEqualTo(Arrays.copyOfRange(plain, from, size));
    }
    assertThat(opened(new ByteRange(size, 5))).isEmpty();
  }

  @Test
  void thePartsSayWhereTheyStand() throws IOException {
    stored(2 * BLOCK);

    try (ArtifactContent part = content(new ByteRange(BLOCK - 3, 10))) {
      assertThat(part.offset()).isEqualTo(BLOCK - 3);
      assertThat(part.lengthBytes()).isEqualTo(10);
      assertThat(part.sizeBytes()).isEqualTo(2 * BLOCK);
      assertThat(part.contentType()).isEqualTo("video/webm");
    }
  }

  @Test
  void whatIsStoredShowsNothingAndIsAnotherThingEachTime() throws IOException {
    byte[] plain = new byte[BLOCK];
    store(plain);
    byte[] first = raw();
    store(plain);

    assertThat(first).isNotEqualTo(raw());
    assertThat(opened(null)).isEqualTo(plain);
  }

  @Test
  void blocksThatWereExchangedOrCutOffDoNotOpen() throws IOException {
    stored(3 * BLOCK);
    byte[] sealed = raw();
    int length = sealed.length / 3;
    byte[] exchanged = sealed.clone();
    System.arraycopy(sealed, 0, exchanged, length, length);

    store.put(KEY, exchanged, "video/webm");
    assertThatThrownBy(() -> opened(null)).isInstanceOf(UnreadableRecording.class);

    store.put(KEY, Arrays.copyOf(sealed, 2 * length), "video/webm");
    assertThatThrownBy(() -> opened(null)).isInstanceOf(UnreadableRecording.class);
  }

  @Test
  void withTheSessionsKeyItIsGone() throws IOException {
    stored(100);

    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute("delete from session_key where session_id = ?", session.value()));

    assertThat(objects.open(project, session, KEY, null)).isEmpty();
    assertThat(objects.seal(project, session, KEY, folder.resolve("plain"), folder.resolve("x")))
        .isFalse();
  }

  private byte[] stored(int size) throws IOException {
    byte[] plain = new byte[size];
    random.nextBytes(plain);
    store(plain);
    return plain;
  }

  private void store(byte[] plain) throws IOException {
    Path sealed = folder.resolve("sealed");
    Path file = Files.write(folder.resolve("plain"), plain);
    assertThat(objects.seal(project, session, KEY, file, sealed)).isTrue();
    store.put(KEY, Files.readAllBytes(sealed), "video/webm");
  }

  private byte[] raw() throws IOException {
    try (ArtifactContent content = store.open(KEY).orElseThrow()) {
      return content.stream().readAllBytes();
    }
  }

  private ArtifactContent content(@Nullable ByteRange range) {
    return objects.open(project, session, KEY, range).orElseThrow();
  }

  private byte[] opened(@Nullable ByteRange range) throws IOException {
    try (ArtifactContent content = content(range)) {
      return content.stream().readAllBytes();
    }
  }
}
