package dev.retrospec.ingest;

import static dev.retrospec.ingest.AssetFixture.TEA;
import static dev.retrospec.ingest.AssetFixture.TEA_HASH;
import static dev.retrospec.ingest.AssetFixture.URL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.assets.AssetUse;
import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.ingest.AssetIntake.Receipt;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.privacy.ScrubMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AssetIntakeTest {

  private final AssetFixture shop = new AssetFixture();
  private final ProjectId project = shop.project;
  private final SessionId session = shop.session;

  @Test
  void asksForWhatNobodyBroughtAndKeepsIt() {
    assertThat(shop.tell(session, URL)).containsExactly(TEA_HASH);
    assertThat(shop.keep(session)).isEqualTo(Receipt.KEPT);

    assertThat(shop.assets.of(project, session)).containsExactly(new AssetUse(URL, TEA_HASH));
    assertThat(shop.assets.find(project, session, TEA_HASH))
        .get()
        .satisfies(
            asset -> {
              assertThat(asset.mediaType()).isEqualTo("image/svg+xml");
              assertThat(shop.store.open(asset.key()).orElseThrow().stream()).hasBinaryContent(TEA);
            });
  }

  @Test
  void asksNoSecondVisitorForIt() {
    shop.tell(session, URL);
    shop.keep(session);
    SessionId second = SessionId.mint();

    assertThat(shop.tell(second, URL)).isEmpty();

    assertThat(shop.assets.of(project, second)).hasSize(1);
    assertThat(shop.objects()).hasSize(1);
  }

  @Test
  void eachProjectHasItsOwn() {
    shop.tell(session, URL);
    shop.keep(session);

    ProjectId other = shop.recordings.newProject();

    assertThat(shop.tell(other, session, URL)).containsExactly(TEA_HASH);
    assertThat(shop.assets.find(other, session, TEA_HASH)).isEmpty();
  }

  @Test
  void showsASessionOnlyWhatItToldOf() {
    shop.tell(session, URL);
    shop.keep(session);

    assertThat(shop.assets.find(project, SessionId.mint(), TEA_HASH)).isEmpty();
    assertThatThrownBy(() -> shop.keep(SessionId.mint())).isInstanceOf(NotFound.class);
  }

  @Test
  void bringingItTwiceIsHarmless() {
    shop.tell(session, URL);

    assertThat(shop.keep(session)).isEqualTo(Receipt.KEPT);
    assertThat(shop.keep(session)).isEqualTo(Receipt.KNOWN);

    assertThat(shop.objects()).hasSize(1);
  }

  @Test
  void refusesOtherContentThanTheHashSays() {
    byte[] other = "<svg><!-- coffee --></svg>".getBytes(StandardCharsets.UTF_8);
    shop.tell(session, URL);

    assertThatThrownBy(() -> shop.keep(session, TEA_HASH, other))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("another than its sha256");
    assertThat(shop.objects()).isEmpty();
  }

  @Test
  void refusesWhatNoPageIsMadeOf() {
    byte[] script = "alert(1)".getBytes(StandardCharsets.UTF_8);
    ContentHash hash = ContentHash.of(script);
    shop.tellAll(session, List.of(new AssetFields(URL, hash.hex())));

    assertThatThrownBy(() -> shop.keep(session, hash, script))
        .hasMessageContaining("only pictures and fonts");
  }

  @Test
  void refusesATellingThatIsNone() {
    assertThatThrownBy(() -> shop.tell(session, "javascript:alert(1)"))
        .hasMessageContaining("assets[0].url must be of http");
    assertThatThrownBy(() -> shop.tellAll(session, List.of(new AssetFields(URL, "abc"))))
        .hasMessageContaining("assets[0].sha256");
    assertThatThrownBy(() -> shop.tellAll(session, Collections.nCopies(101, null)))
        .hasMessageContaining("at most 100");
    assertThatThrownBy(() -> shop.tellAll(session, null)).isInstanceOf(InvalidRequest.class);
  }

  @Test
  void namesTheAddressAsTheRecordingNamesIt() {
    shop.tell(session, "https://shop.example/img/tea.svg?visitor=jane.doe@example.com");
    shop.keep(session);

    assertThat(shop.assets.of(project, session).get(0).url()).doesNotContain("jane.doe");
  }

  @Test
  void oneAddressWithTwoContentsShowsNeither() {
    byte[] other = "<svg><!-- coffee --></svg>".getBytes(StandardCharsets.UTF_8);
    ContentHash coffee = ContentHash.of(other);
    shop.tell(session, URL);
    shop.keep(session);
    shop.tell(session, "https://shop.example/img/other.svg");
    assertThat(shop.assets.of(project, session)).hasSize(2);

    shop.tellAll(session, List.of(new AssetFields(URL, coffee.hex())));
    shop.keep(session, coffee, other);

    assertThat(shop.assets.of(project, session))
        .containsExactly(new AssetUse("https://shop.example/img/other.svg", TEA_HASH));
    assertThat(shop.assets.find(project, session, coffee)).isEmpty();
  }

  @Test
  void anAddressThatIsKnownIsDoubtedBeyondTheLimit() {
    tellOfHundreds(5);
    shop.keep(session);

    String other = ContentHash.of(new byte[1]).hex();
    shop.tellAll(session, List.of(new AssetFields(URL + "/0/0", other)));

    assertThat(shop.assets.of(project, session)).hasSize(AssetIntake.MAX_USES - 1);
  }

  @Test
  void ofAnEndlessListOfPicturesKeepsTheFirst() {
    tellOfHundreds(7);
    shop.keep(session);

    assertThat(shop.assets.of(project, session)).hasSize(AssetIntake.MAX_USES);
  }

  @ParameterizedTest
  @EnumSource(ScrubMode.class)
  void anAddressIsScrubbedAsInTheRecording(ScrubMode mode) throws IOException {
    shop.recordings.level(project, mode == ScrubMode.STRICT ? "strict" : "balanced");
    String url =
        "https://cdn.example/6tYb1kLmQ2xZ8pWnR4sV7u/d5f2a6f0c8e1b3a4f7c9e2d1a5b8c3f6/198.51.100.7/"
            + "jane.doe@example.org/photo.jpg?v=_&t=_&width=120#part=7";

    shop.tell(session, url);
    shop.keep(session);

    String told = shop.assets.of(project, session).get(0).url();
    String events =
        "[{\"type\":2,\"timestamp\":1,\"data\":{\"node\":{\"type\":2,\"tagName\":\"img\",\"attributes\":"
            + "{\"src\":\"%1$s\",\"srcset\":\"%1$s 2x\",\"style\":\"background: url('%1$s')\"},"
            + "\"childNodes\":[{\"type\":2,\"tagName\":\"style\",\"attributes\":"
            + "{\"_cssText\":\"a{src:url(%1$s)}\"},\"childNodes\":[{\"type\":3,\"textContent\":"
            + "\"b{src:url( %1$s )}\"}]}]}}},{\"type\":3,\"timestamp\":2,\"data\":{\"source\":8,\"adds\":"
            + "[{\"rule\":\"c{src:url(%1$s)}\",\"index\":0}]}}]";
    String recorded = shop.recordings.scrubbed(events.formatted(url), mode);

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
  void takesNothingWhenRecordingIsSwitchedOff() {
    shop.recordings.switchOff(project);

    assertThatThrownBy(() -> shop.tell(session, URL)).isInstanceOf(RecordingUnwanted.class);
  }

  @Test
  void anErasedSessionTellsNothingMore() {
    shop.record(session);
    shop.recordings.erase(project, session);

    shop.tell(session, URL);

    assertThatThrownBy(() -> shop.keep(session)).isInstanceOf(NotFound.class);
  }

  private void tellOfHundreds(int hundreds) {
    for (int i = 0; i < hundreds; i++) {
      List<AssetFields> hundred = new ArrayList<>();
      for (int j = 0; j < 100; j++) {
        hundred.add(new AssetFields(URL + "/" + i + "/" + j, TEA_HASH.hex()));
      }
      shop.tellAll(session, hundred);
    }
  }
}
