package dev.retrospec.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.artifacts.ArtifactInfo;
import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.assets.AssetData;
import dev.retrospec.assets.AssetUse;
import dev.retrospec.assets.Assets;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
  private final AssetData data = new AssetData(assets, store);
  private final AssetIntake intake =
      new AssetIntake(recordings.admission, new Scrubber(), assets, store, clock);
  private final ProjectId project = recordings.newProject();
  private final SessionId session = SessionId.mint();

  @Test
  void asksForWhatNobodyBroughtAndKeepsIt() {
    assertThat(tell(session, URL)).containsExactly(TEA_HASH);
    assertThat(keep(session)).isTrue();

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

    assertThat(keep(session)).isTrue();
    assertThat(keep(session)).isFalse();

    assertThat(objects()).hasSize(1);
  }

  @Test
  void refusesOtherContentThanTheHashSays() {
    byte[] other = "<svg><!-- coffee --></svg>".getBytes(StandardCharsets.UTF_8);
    tell(session, URL);

    assertThatThrownBy(() -> intake.keep(project, session, TEA_HASH, other))
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

    assertThatThrownBy(() -> intake.keep(project, session, hash, script))
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

  private boolean keep(SessionId of) {
    return intake.keep(project, of, TEA_HASH, TEA);
  }

  private List<ArtifactInfo> objects() {
    List<ArtifactInfo> found = new ArrayList<>();
    store.list(data.prefix(), found::add);
    return found;
  }
}
