package dev.retrospec.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ingest.RecordingImport.Imported;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.recordings.EventStream;
import dev.retrospec.recordings.InvalidRecording;
import dev.retrospec.sessions.SessionView;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingImportTest {

  private static final long START = 1_772_359_200_000L;
  private static final String SNAPSHOT =
      "{\"type\":4,\"timestamp\":%d,\"data\":{\"href\":\"https://shop.example/cart\",\"width\":800,\"height\":600}},"
              .formatted(START)
          + "{\"type\":2,\"timestamp\":%d,\"data\":{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[]},"
              .formatted(START + 1)
          + "\"initialOffset\":{\"top\":0,\"left\":0}}}";

  private final IngestFixture ingest = new IngestFixture();
  private final ProjectId project = ingest.newProject();

  @Test
  void aFileOfEventsBecomesASessionOfItsOwn() throws IOException {
    Imported first = ingest.importFile(project, "[" + SNAPSHOT + "]");
    Imported second =
        ingest.importFile(
            project,
            "{\"sessionId\":\"%s\",\"version\":1,\"events\":[%s],\"more\":{}}"
                .formatted(first.sessionId(), SNAPSHOT));

    assertThat(second.sessionId()).isNotEqualTo(first.sessionId());
    SessionView stored = ingest.session(project, second.sessionId());
    assertThat(stored.site()).isEqualTo("other.example");
    assertThat(stored.eventCount()).isEqualTo(2);
    assertThat(stored.startedAt().toEpochMilli()).isEqualTo(START);
    assertThat(ingest.events(project, second.sessionId())).startsWith("[{\"type\":4");
  }

  @Test
  void aLongRecordingIsCutIntoChunksAndKeepsEveryEvent() {
    StringBuilder events = new StringBuilder(SNAPSHOT);
    for (int n = 0; n < 3_000; n++) {
      events
          .append(",{\"type\":5,\"timestamp\":")
          .append(START + 10 + n)
          .append(",\"data\":{\"tag\":\"step\",\"payload\":\"")
          .append("x".repeat(400))
          .append("\"}}");
    }

    Imported imported = ingest.importFile(project, "[" + events + "]");

    assertThat(imported.chunks()).isBetween(3, 5);
    assertThat(imported.events()).isEqualTo(3_002);
    SessionView stored = ingest.session(project, imported.sessionId());
    assertThat(stored.eventCount()).isEqualTo(3_002);
    assertThat(stored.startedAt().toEpochMilli()).isEqualTo(START);
    assertThat(stored.endedAt().toEpochMilli()).isEqualTo(START + 3_009);
  }

  @Test
  void anImportIsScrubbedLikeARecording() throws IOException {
    String secret =
        ",{\"type\":5,\"timestamp\":%d,\"data\":{\"tag\":\"rs.console\",\"payload\":{\"level\":\"log\",\"args\":[\"ann@example.org\"]}}}"
            .formatted(START + 5);

    Imported imported = ingest.importFile(project, "[" + SNAPSHOT + secret + "]");

    assertThat(ingest.events(project, imported.sessionId()))
        .contains("rs.console")
        .doesNotContain("ann@example.org");
  }

  @Test
  void anEventThatIsLargerThanABodyMayBeIsRefusedWhileItIsRead() {
    EventPieces pieces = new EventPieces("other.example", 10_000);
    // Cut off after what is too large: whoever reads on finds that it is no JSON.
    String file =
        "{\"type\":5,\"data\":[\"" + "x".repeat(9_000) + "\",\"" + "y".repeat(9_000) + "\"";

    assertThatThrownBy(
            () -> {
              try (JsonParser parser = EventStream.jsonFactory().createParser(file)) {
                parser.nextToken();
                pieces.add(parser);
              }
            })
        .isInstanceOf(InvalidRecording.class)
        .hasMessageContaining("event 1 is larger than 10000 bytes");
  }

  @Test
  void aFileWithAnEventOfTwentySixMegabytesLeavesNothing() {
    String large =
        ",{\"type\":5,\"timestamp\":%d,\"data\":{\"tag\":\"x\",\"payload\":[%s]}}"
            .formatted(START + 5, "\"" + ("x".repeat(1_000_000) + "\",\"").repeat(27) + "\"");

    assertThatThrownBy(() -> ingest.importFile(project, "[" + SNAPSHOT + large + "]"))
        .isInstanceOf(InvalidRecording.class)
        .hasMessageContaining("event 3 is larger");
    assertThat(ingest.sessions(project)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"text\" | must be an array of rrweb events",
        "{\"events\":7} | must be an array of rrweb events",
        "[] | holds no event",
        "[\"packed\"] | must be unpacked first",
        "[7] | event 1 is not an object",
        "[{\"type\":4,\"timestamp\":1772359200000,\"data\":{\"href\":\"https://a.example/\"}}] | no full snapshot",
        "[{\"hello\":1}] | ",
        "[{\"type\":4, | ",
      })
  void whatIsNoRecordingIsRefusedAndLeavesNothing(String file, String why) {
    assertThatThrownBy(() -> ingest.importFile(project, file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(why == null ? "" : why);
    assertThat(ingest.sessions(project)).isZero();
  }
}
