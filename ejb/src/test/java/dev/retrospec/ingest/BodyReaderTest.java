package dev.retrospec.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.privacy.ScrubMode;
import dev.retrospec.privacy.ScrubRule;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.recordings.BodyLimits;
import dev.retrospec.recordings.EncodedBody;
import dev.retrospec.recordings.EventStream;
import dev.retrospec.sessions.RecorderCounts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {

  private static final String EVENT = "{\"type\":4,\"timestamp\":1000,\"data\":{\"href\":\"/a\"}}";

  private static final ProjectId PROJECT = new ProjectId("proj_shop");

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final BodyReader bodies =
      new BodyReader(new EventStream(new Scrubber()), BodyLimits.DEFAULT, meters);

  @Test
  void fieldsMayComeInAnyOrder() throws IOException {
    ChunkContent content =
        read(
            "{\"markers\":[{\"kind\":\"js_exception\",\"label\":\"boom\"}],\"events\":["
                + EVENT
                + "],\"unknown\":{\"a\":[1]},\"session\":{\"site\":\"shop\",\"tags\":[\"x\"]},"
                + "\"counters\":{\"dropped\":{\"idle\":3}},\"windowId\":\"w\"}");

    assertThat(content.events().eventCount()).isEqualTo(1);
    assertThat(content.session().site()).isEqualTo("shop");
    assertThat(content.markers()).singleElement().extracting(MarkerFields::label).isEqualTo("boom");
    assertThat(content.counters().counts(0).dropped()).containsEntry("idle", 3L);
  }

  @Test
  void whatARecorderCountsIsBoundedAndWhatItDoesNotCountIsNothing() throws IOException {
    RecorderCounts counts =
        read("{\"events\":[],\"counters\":{\"reduced\":{\"mouse\":9,\"scroll\":0,\"canvas\":-3},"
                + "\"maskable\":9000000000,\"assetsMissing\":-1,\"clockJumps\":2,"
                + "\"dropped\":{\"timeline\":7},\"tomorrow\":1}}")
            .counters()
            .counts(5);

    assertThat(counts.reduced()).containsOnly(Map.entry("mouse", 9L));
    assertThat(counts.maskable()).isEqualTo(Integer.MAX_VALUE);
    assertThat(counts.assetsMissing()).isZero();
    assertThat(counts.clockJumps()).isEqualTo(2);
    assertThat(counts.masked()).isZero();
    assertThat(counts.dropped())
        .as("what we say ourselves")
        .containsOnly(Map.entry("timeline", 5L));
  }

  @Test
  void whatTheScrubTookOutIsCountedByRuleAndProject() throws IOException {
    read(
        "{\"events\":[{\"type\":5,\"timestamp\":1,\"data\":{\"tag\":\"note\",\"payload\":"
            + "\"ann@example.org, bob@example.org\"}}]}");

    assertThat(
            meters
                .get("retrospec.scrubbed")
                .tags("rule", "email", "project", PROJECT.value())
                .counter()
                .count())
        .isEqualTo(2);
    assertThat(meters.find("retrospec.scrubbed").tag("rule", "card").counter()).isNull();
  }

  @Test
  void theStrictModeTakesTheShapeForTheThing() throws IOException {
    String body =
        "{\"events\":[{\"type\":3,\"timestamp\":1,\"data\":{\"source\":5,\"id\":1,\"text\":"
            + "\"4111 1111 1111 1112\"}}]}";

    assertThat(read(body).events().scrubbed().total()).isZero();
    assertThat(read(body, ScrubMode.STRICT).events().scrubbed().count(ScrubRule.CARD)).isOne();
  }

  @Test
  void theSameBodyHasTheSameHash() throws IOException {
    String body = "{\"events\":[" + EVENT + "]}";

    assertThat(read(body).sha256()).isEqualTo(read(body).sha256());
    assertThat(read(body).sha256()).isNotEqualTo(read(body + " ").sha256());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "42",
        "{}",
        "{\"events\":{}}",
        "{\"events\":null}",
        "{\"events\":\"many\"}",
        "{\"events\":[1]}",
        "{\"events\":[]}{}",
        "{\"events\":[],\"events\":[]}",
        "{\"events\":[],\"session\":[]}",
        "{\"events\":[],\"session\":{\"site\":{}}}",
        "{\"events\":[],\"session\":{\"durationMs\":\"long\"}}",
        "{\"events\":[],\"markers\":{}}",
        "{\"events\":[],\"markers\":[7]}",
        "{\"events\":[],\"markers\":[{\"replayOffsetMs\":\"soon\"}]}",
        "{\"events\":[],\"counters\":7}",
        "{\"events\":[],\"windowId\":7}",
        "{\"events\":[],\"seq\":1.5}",
        "{\"events\":[],\"seq\":99999999999}",
        "{\"events\":[]",
        "{\"events\":[],\"session\":{\"site\":\"a\"}",
      })
  void whatIsNoChunkIsRefused(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(Failure.class);
  }

  @Test
  void aRefusalNamesTheField() {
    assertThatThrownBy(() -> read("{\"events\":[],\"session\":{\"viewport\":{\"width\":\"x\"}}}"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("session.viewport.width has the wrong type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "session.tags | {\"session\":{\"tags\":[%s]} | \"a\"",
        "session.experiment | {\"session\":{\"experiment\":{%s}} | \"a\":\"b\"",
        "counters.dropped | {\"counters\":{\"dropped\":{%s}} | \"a\":1",
        "markers[0].error.cause | {\"markers\":[{\"error\":{\"cause\":[%s]}}] | []"
      })
  void listsAndMapsAreCountedWhileTheyAreRead(String place, String body, String entry) {
    String entries = String.join(",", Collections.nCopies(60_000, entry));

    assertThatThrownBy(() -> read(body.formatted(entries) + ",\"events\":[]}"))
        .as(place)
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("too many values");
  }

  private ChunkContent read(String body) throws IOException {
    return read(body, ScrubMode.BALANCED);
  }

  private ChunkContent read(String body, ScrubMode mode) throws IOException {
    return bodies.read(
        new EncodedBody(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), null),
        PROJECT,
        mode);
  }
}
