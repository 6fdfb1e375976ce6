package dev.retrospec.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every object store does; its subclasses say which. */
public abstract class ArtifactStoreContract {

  private static final byte[] CONTENT = "what the visitor saw".getBytes(UTF_8);
  private static final String TEXT = "text/plain";

  private final String prefix = "contract/" + UUID.randomUUID() + "/";

  protected abstract ArtifactStore store();

  private ArtifactKey key(String name) {
    return new ArtifactKey(prefix + name);
  }

  @Test
  void givesBackWhatWasPut() throws IOException {
    store().put(key("a"), CONTENT, TEXT);

    try (ArtifactContent content = store().open(key("a")).orElseThrow()) {
      assertThat(content.stream().readAllBytes()).isEqualTo(CONTENT);
      assertThat(content.sizeBytes()).isEqualTo(CONTENT.length);
      assertThat(content.lengthBytes()).isEqualTo(CONTENT.length);
      assertThat(content.offset()).isZero();
      assertThat(content.contentType()).isEqualTo(TEXT);
    }
  }

  @Test
  void joinsThePiecesInTheirOrder() {
    byte[] large = new byte[300_000];
    new Random(4).nextBytes(large);

    store().put(key("a"), List.of(CONTENT, new byte[0], large), TEXT);

    assertThat(store().read(key("a"), new ByteRange(0, CONTENT.length))).contains(CONTENT);
    assertThat(store().read(key("a"), ByteRange.from(CONTENT.length))).contains(large);
  }

  @Test
  void putReplacesWhatWasThere() {
    store().put(key("a"), CONTENT, TEXT);
    store().put(key("a"), new byte[] {7}, "application/octet-stream");

    assertThat(store().read(key("a"), ByteRange.from(0))).contains(new byte[] {7});
  }

  @Test
  void givesAPartWithTheSizeOfTheWhole() throws IOException {
    store().put(key("a"), CONTENT, TEXT);

    try (ArtifactContent content = store().open(key("a"), new ByteRange(5, 3)).orElseThrow()) {
      assertThat(content.stream().readAllBytes()).isEqualTo("the".getBytes(UTF_8));
      assertThat(content.offset()).isEqualTo(5);
      assertThat(content.lengthBytes()).isEqualTo(3);
      assertThat(content.sizeBytes()).isEqualTo(CONTENT.length);
    }
    assertThat(store().read(key("a"), new ByteRange(5, 3))).contains("the".getBytes(UTF_8));
  }

  @Test
  void aPartEndsWhereTheObjectEnds() {
    store().put(key("a"), CONTENT, TEXT);

    assertThat(store().read(key("a"), new ByteRange(17, 100))).contains("saw".getBytes(UTF_8));
    assertThat(store().read(key("a"), ByteRange.from(17))).contains("saw".getBytes(UTF_8));
  }

  @Test
  void aPartBeyondTheEndIsEmptyAndNotMissing() throws IOException {
    store().put(key("a"), CONTENT, TEXT);

    assertThat(store().read(key("a"), new ByteRange(100, 5))).contains(new byte[0]);
    try (ArtifactContent content = store().open(key("a"), ByteRange.from(100)).orElseThrow()) {
      assertThat(content.stream().readAllBytes()).isEmpty();
      assertThat(content.sizeBytes()).isEqualTo(CONTENT.length);
    }
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(store().open(key("nothing"))).isEmpty();
    assertThat(store().open(key("nothing"), ByteRange.from(1))).isEmpty();
    assertThat(store().read(key("nothing"), new ByteRange(0, 1))).isEmpty();
    assertThat(store().info(key("nothing"))).isEmpty();
  }

  @Test
  void keepsAnEmptyObject() {
    store().put(key("empty"), new byte[0], TEXT);

    assertThat(store().info(key("empty"))).map(ArtifactInfo::sizeBytes).contains(0L);
    assertThat(store().read(key("empty"), ByteRange.from(0))).contains(new byte[0]);
  }

  @Test
  void keepsABlockOfSeveralMegabytes() {
    byte[] block = new byte[9 * 1024 * 1024 + 1];
    new Random(1).nextBytes(block);
    store().put(key("block"), block, "application/octet-stream");

    assertThat(store().read(key("block"), ByteRange.from(0))).contains(block);
    assertThat(store().read(key("block"), new ByteRange(block.length - 1, 10)))
        .contains(new byte[] {block[block.length - 1]});
  }

  @Test
  void tellsSizeAndTimeWithoutReading() {
    store().put(key("a"), CONTENT, TEXT);

    ArtifactInfo info = store().info(key("a")).orElseThrow();
    assertThat(info.key()).isEqualTo(key("a"));
    assertThat(info.sizeBytes()).isEqualTo(CONTENT.length);
    assertThat(Duration.between(info.lastModified(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void deletingTwiceIsAsGoodAsOnce() {
    store().put(key("a"), CONTENT, TEXT);

    store().delete(key("a"));
    store().delete(key("a"));

    assertThat(store().info(key("a"))).isEmpty();
  }

  @Test
  void listsWhatBeginsWithThePrefixInOrder() {
    store().put(key("list/b"), CONTENT, TEXT);
    store().put(key("list/a:1/x"), CONTENT, TEXT);
    store().put(key("other"), CONTENT, TEXT);

    List<ArtifactKey> listed = new ArrayList<>();
    store().list(prefix + "list/", info -> listed.add(info.key()));

    assertThat(listed).containsExactly(key("list/a:1/x"), key("list/b"));
  }

  @Test
  void listsNothingWhereNothingIs() {
    List<ArtifactInfo> listed = new ArrayList<>();
    store().list(prefix + "nowhere/", listed::add);

    assertThat(listed).isEmpty();
  }
}
