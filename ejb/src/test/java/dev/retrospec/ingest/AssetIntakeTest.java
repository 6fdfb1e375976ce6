package dev.retrospec.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.artifacts.ArtifactInfo;
import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.assets.AssetContents;
import dev.retrospec.assets.AssetData;
import dev.retrospec.assets.AssetUse;
import dev.retrospec.assets.Assets;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.ingest.AssetIntake.Receipt;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.privacy.ScrubMode;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AssetIntakeTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String URL = "https://shop.example/img/tea.svg";
  private static final byte[] TEA = "<svg><!-- tea --></svg>".getBytes(StandardCharsets.UTF_8);
  private static final ContentHash TEA_HASH = ContentHash.of(TEA);

  private final TestDatabase database = TestDatabase.get();
  private final IngestFixture recordings = new IngestFixture();
  private final SettableClock clock = new SettableClock(NOW);
  private final MemoryArtifactStore store = new MemoryArtifactStore();
  private final Assets assets = new Assets(database.jdbi());
  private final AssetContents contents = new AssetContents(database.jdbi());
  private final AssetData data = new AssetData(assets, contents, store, clock);
  private final AssetIntake intake =
      new AssetIntake(recordings.admission, new Scrubber(), assets, contents, store, clock);
  private final ProjectId project = recordings.newProject();
  private final SessionId session = SessionId.mint();

  @Test
  void asksForWhatNobodyBroughtAndKeepsIt() {
    assertThat(tell(session, URL)).containsExactly(TEA_HASH);
    assertThat(keep(session)).isEqualTo(Receipt.KEPT);

    assertThat(assets.of(project, session)).containsExactly(new AssetUse(URL, TEA_HASH));
    assertThat(assets.find(project, session, TEA_HASH))
        .get()
        .satisfies(
            asset -> {
              assertThat(asset.mediaType()).isEqualTo("image/svg+xml");
              assertThat(store.open(asset.key()).orElseThrow().stream()).hasBinaryContent(TEA);
            });
  }

  @Test
  void asksNoSecondVisitorForIt() {
    tell(session, URL);
    keep(session);
    SessionId second = SessionId.mint();

    assertThat(tell(second, URL)).isEmpty();

    assertThat(assets.of(project, second)).hasSize(1);
    assertThat(objects()).hasSize(1);
  }

  @Test
  void eachProjectHasItsOwn() {
    tell(session, URL);
    keep(session);

    ProjectId other = recordings.newProject();

    assertThat(database.inTransaction(() -> intake.tell(other, session, told(URL))))
        .containsExactly(TEA_HASH);
    assertThat(assets.find(other, session, TEA_HASH)).isEmpty();
  }

  @Test
  void showsASessionOnlyWhatItToldOf() {
    tell(session, URL);
    keep(session);

    assertThat(assets.find(project, SessionId.mint(), TEA_HASH)).isEmpty();
    assertThatThrownBy(() -> keep(SessionId.mint())).isInstanceOf(NotFound.class);
  }

  @Test
  void bringingItTwiceIsHarmless() {
    tell(session, URL);

    assertThat(keep(session)).isEqualTo(Receipt.KEPT);
    assertThat(keep(session)).isEqualTo(Receipt.KNOWN);

    assertThat(objects()).hasSize(1);
  }

  @Test
  void refusesOtherContentThanTheHashSays() {
    byte[] other = "<svg><!-- coffee --></svg>".getBytes(StandardCharsets.UTF_8);
    tell(session, URL);

    assertThatThrownBy(() -> keep(session, TEA_HASH, other))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("another than its sha256");
    assertThat(objects()).isEmpty();
  }

  @Test
  void refusesWhatNoPageIsMadeOf() {
    byte[] script = "alert(1)".getBytes(StandardCharsets.UTF_8);
    ContentHash hash = ContentHash.of(script);
    database.inTransaction(
        () -> intake.tell(project, session, List.of(new AssetFields(URL, hash.hex()))));

    assertThatThrownBy(() -> keep(session, hash, script))
        .hasMessageContaining("only pictures and fonts");
  }

  @Test
  void refusesATellingThatIsNone() {
    assertThatThrownBy(() -> tell(session, "javascript:alert(1)"))
        .hasMessageContaining("assets[0].url must be of http");
    assertThatThrownBy(() -> intake.tell(project, session, List.of(new AssetFields(URL, "abc"))))
        .hasMessageContaining("assets[0].sha256");
    assertThatThrownBy(() -> intake.tell(project, session, Collections.nCopies(101, null)))
        .hasMessageContaining("at most 100");
    assertThatThrownBy(() -> intake.tell(project, session, null))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void namesTheAddressAsTheRecordingNamesIt() {
    tell(session, "https://shop.example/img/tea.svg?visitor=jane.doe@example.com");
    keep(session);

    assertThat(assets.of(project, session).get(0).url()).doesNotContain("jane.doe");
  }

  @Test
  void oneAddressWithTwoContentsShowsNeither() {
    byte[] other = "<svg><!-- coffee --></svg>".getBytes(StandardCharsets.UTF_8);
    ContentHash coffee = ContentHash.of(other);
    tell(session, URL);
    keep(session);
    tell(session, "https://shop.example/img/other.svg");
    assertThat(assets.of(project, session)).hasSize(2);

    database.inTransaction(
        () -> intake.tell(project, session, List.of(new AssetFields(URL, coffee.hex()))));
    keep(session, coffee, other);

    assertThat(assets.of(project, session))
        .containsExactly(new AssetUse("https://shop.example/img/other.svg", TEA_HASH));
    assertThat(assets.find(project, session, coffee)).isEmpty();
  }

  @Test
  void anAddressThatIsKnownIsDoubtedBeyondTheLimit() {
    for (int i = 0; i < 5; i++) {
      List<AssetFields> many = new ArrayList<>();
      for (int j = 0; j < 100; j++) {
        many.add(new AssetFields(URL + "/" + i + "/" + j, TEA_HASH.hex()));
      }
      database.inTransaction(() -> intake.tell(project, session, many));
    }
    keep(session);

    String other = ContentHash.of(new byte[1]).hex();
    database.inTransaction(
        () -> intake.tell(project, session, List.of(new AssetFields(URL + "/0/0", other))));

    assertThat(assets.of(project, session)).hasSize(AssetIntake.MAX_USES - 1);
  }

  @ParameterizedTest
  @EnumSource(ScrubMode.class)
  void anAddressIsScrubbedAsInTheRecording(ScrubMode mode) throws IOException {
    recordings.level(project, mode == ScrubMode.STRICT ? "strict" : "balanced");
    String url =
        "https://cdn.example/6tYb1kLmQ2xZ8pWnR4sV7u/d5f2a6f0c8e1b3a4f7c9e2d1a5b8c3f6/198.51.100.7/"
            + "jane.doe@example.org/photo.jpg?v=_&t=_&width=120#part=7";

    tell(session, url);
    keep(session);

    String told = assets.of(project, session).get(0).url();
    String events =
        "[{\"type\":2,\"timestamp\":1,\"data\":{\"node\":{\"type\":2,\"tagName\":\"img\",\"attributes\":"
            + "{\"src\":\"%1$s\",\"srcset\":\"%1$s 2x\",\"style\":\"background: url('%1$s')\"},"
            + "\"childNodes\":[{\"type\":2,\"tagName\":\"style\",\"attributes\":"
            + "{\"_cssText\":\"a{src:url(%1$s)}\"},\"childNodes\":[{\"type\":3,\"textContent\":"
            + "\"b{src:url( %1$s )}\"}]}]}}},{\"type\":3,\"timestamp\":2,\"data\":{\"source\":8,\"adds\":"
            + "[{\"rule\":\"c{src:url(%1$s)}\",\"index\":0}]}}]";
    String recorded = recordings.scrubbed(events.formatted(url), mode);

    assertThat(told).doesNotContain("jane.doe");
    assertThat(recorded)
        .contains("\"src\":\"" + told + "\"")
        .contains("\"srcset\":\"" + told + " 2x\"")
        .contains("url('" + told + "')")
        .contains("a{src:url(" + told + ")}")
        .contains("b{src:url( " + told + " )}")
        .contains("c{src:url(" + told + ")}");
  }

  @Test
  void keepsNoMoreThanAProjectMayHave() {
    tell(session, URL);
    room(AssetIntake.MAX_PROJECT_BYTES - TEA.length + 1, 1);
    assertThat(keep(session)).isEqualTo(Receipt.NO_ROOM);
    room(0, AssetIntake.MAX_PROJECT_CONTENTS);
    assertThat(keep(session)).isEqualTo(Receipt.NO_ROOM);
    assertThat(objects()).isEmpty();

    room(AssetIntake.MAX_PROJECT_BYTES - TEA.length, 1);
    assertThat(keep(session)).isEqualTo(Receipt.KEPT);

    data.deleteRows(project, Set.of(session));
    clock.pass(Duration.ofDays(8));
    data.sweep(clock.instant());
    assertThat(contents.hasRoom(project, TEA.length, AssetIntake.MAX_PROJECT_BYTES, 2))
        .as("what went makes room")
        .isTrue();
  }

  @Test
  void writesThatItWasSeenOnceADay() {
    tell(session, URL);
    keep(session);
    clock.pass(Duration.ofHours(23));
    tell(session, URL);
    assertThat(lastSeen()).isEqualTo(NOW);

    clock.pass(Duration.ofHours(2));
    assertThat(tell(session, URL)).isEmpty();
    assertThat(lastSeen()).isEqualTo(clock.instant());
  }

  @Test
  void whatTheSweepIsAboutToDeleteIsMissing() {
    tell(session, URL);
    keep(session);
    clock.pass(Duration.ofDays(2));

    Set<ContentHash> missing =
        database.inTransaction(
            () -> {
              database
                  .jdbi()
                  .useHandle(
                      sweep ->
                          sweep.execute(
                              "select from asset where project_id = ? for update", project));
              // In a transaction of its own.
              return CompletableFuture.supplyAsync(() -> tell(SessionId.mint(), URL)).join();
            });

    assertThat(missing).containsExactly(TEA_HASH);
  }

  @Test
  void whatOnlyAnErasedSessionShowedGoesWithIt() {
    SessionId second = SessionId.mint();
    tell(session, URL);
    keep(session);
    tell(second, URL);

    data.deleteObjects(project, Set.of(session));
    assertThat(objects()).as("another shows it").hasSize(1);

    data.deleteRows(project, Set.of(session));
    data.deleteObjects(project, Set.of(second));
    assertThat(objects()).isEmpty();
  }

  @Test
  void wordsOfSessionsThatNeverCameGoAfterADay() {
    tell(session, URL);
    keep(session);
    clock.pass(Duration.ofHours(25));

    data.sweep(NOW.minus(Duration.ofDays(30)));

    assertThat(assets.of(project, session)).isEmpty();
  }

  @Test
  void aContentThatNobodyShowsGoesAfterTwoDaysHoweverLongSessionsAreKept() {
    Instant retention = NOW.minus(Duration.ofDays(30));
    tell(session, URL);
    keep(session);

    clock.pass(Duration.ofHours(47));
    data.sweep(retention);
    assertThat(objects()).hasSize(1);

    clock.pass(Duration.ofHours(2));
    data.sweep(retention);
    assertThat(objects()).isEmpty();
  }

  @Test
  void onlyAFewAreBroughtAtOnce() throws Exception {
    tell(session, URL);
    List<OutputStream> slow = new ArrayList<>();
    List<CompletableFuture<Receipt>> brought = new ArrayList<>();
    for (int i = 0; i < AssetIntake.UPLOADS_AT_ONCE; i++) {
      PipedOutputStream sent = new PipedOutputStream();
      CountingDown body = new CountingDown(new PipedInputStream(sent));
      slow.add(sent);
      brought.add(
          CompletableFuture.supplyAsync(
              () -> keep(session, TEA_HASH, body), task -> new Thread(task).start()));
      assertThat(body.isRead.await(10, TimeUnit.SECONDS)).isTrue();
    }

    assertThatThrownBy(() -> keep(session)).isInstanceOf(UploadsBusy.class);

    for (OutputStream sent : slow) {
      sent.write(TEA);
      sent.close();
    }
    assertThat(brought)
        .extracting(CompletableFuture::join)
        .containsOnlyOnce(Receipt.KEPT)
        .contains(Receipt.KNOWN);
    assertThat(keep(session)).isEqualTo(Receipt.KNOWN);
  }

  /** Tells when somebody begins to read it. */
  private static final class CountingDown extends FilterInputStream {

    private final CountDownLatch isRead = new CountDownLatch(1);

    private CountingDown(InputStream body) {
      super(body);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      isRead.countDown();
      return super.read(into, offset, length);
    }
  }

  private void room(long bytes, int contents) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into asset_room values (?, ?, ?) on conflict (project_id) do update"
                        + " set bytes = excluded.bytes, contents = excluded.contents",
                    project,
                    bytes,
                    contents));
  }

  private Instant lastSeen() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select last_seen_at from asset where project_id = :project")
                    .bind("project", project)
                    .mapTo(Instant.class)
                    .one());
  }

  @Test
  void ofAnEndlessListOfPicturesKeepsTheFirst() {
    for (int i = 0; i < 7; i++) {
      List<AssetFields> many = new ArrayList<>();
      for (int j = 0; j < 100; j++) {
        many.add(new AssetFields(URL + "/" + i + "/" + j, TEA_HASH.hex()));
      }
      database.inTransaction(() -> intake.tell(project, session, many));
    }
    keep(session);

    assertThat(assets.of(project, session)).hasSize(AssetIntake.MAX_USES);
  }

  @Test
  void takesNothingWhenRecordingIsSwitchedOff() {
    recordings.switchOff(project);

    assertThatThrownBy(() -> tell(session, URL)).isInstanceOf(RecordingUnwanted.class);
  }

  @Test
  void aContentGoesWithTheLastSessionThatShowedIt() {
    SessionId second = SessionId.mint();
    recordings.chunk(project, session, new ChunkNumber(0), RECORDING);
    recordings.chunk(project, second, new ChunkNumber(0), RECORDING);
    tell(session, URL);
    keep(session);
    tell(second, URL);
    Instant later = NOW.plus(Duration.ofDays(8));

    data.deleteRows(project, Set.of(session));
    data.sweep(later);
    assertThat(assets.of(project, second)).as("still shown").hasSize(1);
    assertThat(objects()).hasSize(1);

    data.deleteRows(project, Set.of(second));
    data.sweep(later);
    assertThat(objects()).isEmpty();
    assertThat(tell(session, URL)).as("asked for anew").containsExactly(TEA_HASH);
  }

  @Test
  void aContentThatIsStillShownSomewhereNewIsNotSwept() {
    tell(session, URL);
    keep(session);
    data.deleteRows(project, Set.of(session));

    data.sweep(NOW);

    assertThat(objects()).as("seen just now: a page may be about to tell of it").hasSize(1);
  }

  @Test
  void anErasedSessionTellsNothingMore() {
    recordings.chunk(project, session, new ChunkNumber(0), RECORDING);
    recordings.erase(project, session);

    tell(session, URL);

    assertThatThrownBy(() -> keep(session)).isInstanceOf(NotFound.class);
  }

  private static final String RECORDING =
      "{\"session\":{\"site\":\"shop\"},\"windowId\":\"w\",\"events\":[],\"markers\":[],\"counters\":{}}";

  private Set<ContentHash> tell(SessionId of, String url) {
    return database.inTransaction(() -> intake.tell(project, of, told(url)));
  }

  private static List<AssetFields> told(String url) {
    return List.of(new AssetFields(url, TEA_HASH.hex()));
  }

  private Receipt keep(SessionId of) {
    return keep(of, TEA_HASH, TEA);
  }

  private Receipt keep(SessionId of, ContentHash hash, byte[] content) {
    return keep(of, hash, new ByteArrayInputStream(content));
  }

  private Receipt keep(SessionId of, ContentHash hash, InputStream body) {
    try {
      return intake.keep(project, of, hash, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ArtifactInfo> objects() {
    List<ArtifactInfo> found = new ArrayList<>();
    store.list(data.prefix(), found::add);
    return found;
  }
}
