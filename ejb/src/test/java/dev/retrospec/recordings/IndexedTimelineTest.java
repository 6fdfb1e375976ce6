package dev.retrospec.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.retrospec.recordings.IndexedEvent.Kind;
import org.junit.jupiter.api.Test;

/** What of a recording stands beside the replay and is searched. */
class IndexedTimelineTest {

  @Test
  void indexesWhatCanBeSearched() {
    EncodedEvents encoded =
        RecordingFixture.encode(
            "[{\"type\":5,\"data\":{\"tag\":\"rs.console\",\"payload\":{\"level\":\"error\",\"args\":"
                + "[\"boom\",{\"user\":\"ann@example.org\"}],\"stack\":\"at f\"}},\"timestamp\":1},"
                + "{\"type\":5,\"data\":{\"payload\":{\"method\":\"POST\",\"url\":\"https://a.example/x?t=1\","
                + "\"status\":500,\"durationMs\":12},\"tag\":\"rs.network\"},\"timestamp\":2},"
                + "{\"type\":5,\"data\":{\"tag\":\"rs.navigation\",\"payload\":{\"url\":\"/cart\"}},\"timestamp\":3},"
                + "{\"type\":5,\"data\":{\"tag\":\"rs.custom\",\"payload\":{\"name\":\"paid\",\"payload\":{\"sum\":5}}},"
                + "\"timestamp\":4},"
                + "{\"type\":3,\"data\":{\"source\":2,\"type\":2,\"id\":77,\"x\":1,\"y\":2},\"timestamp\":5},"
                + "{\"type\":6,\"data\":{\"plugin\":\"rrweb/console@1\",\"payload\":{\"level\":\"warn\",\"trace\":[],"
                + "\"payload\":[\"\\\"careful\\\"\"]}},\"timestamp\":6},"
                + "{\"type\":3,\"data\":{\"source\":2,\"type\":1,\"id\":77},\"timestamp\":7}]");
    assertThat(encoded.timeline())
        .extracting(IndexedEvent::kind, IndexedEvent::level, IndexedEvent::text)
        .containsExactly(
            tuple(Kind.CONSOLE, "error", "boom [email]"),
            tuple(Kind.NETWORK, null, "POST https://a.example/x?t=[value] 500"),
            tuple(Kind.NAVIGATION, null, "/cart"),
            tuple(Kind.CUSTOM, null, "paid 5"),
            tuple(Kind.CLICK, null, "node 77"),
            tuple(Kind.CONSOLE, "warn", "careful"));
    assertThat(encoded.timeline().get(1).data())
        .isEqualTo(
            "{\"method\":\"POST\",\"url\":\"https://a.example/x?t=[value]\",\"status\":500,\"durationMs\":12}");
  }

  @Test
  void aClickThatTwoListenersHeardIsOneEntry() {
    EncodedEvents encoded =
        RecordingFixture.encode(
            "["
                + labelled("Pay now", 1_000)
                + ","
                + raw(7, 1_002)
                + ","
                + raw(8, 1_050)
                + ","
                + labelled("Cancel", 1_060)
                + ","
                + raw(9, 5_000)
                + ","
                + labelled("Late", 5_101)
                + ",{\"type\":5,\"timestamp\":9000,\"data\":{\"tag\":\"rs.click\",\"payload\":"
                + "{\"selector\":\"#menu\"}}}]");

    assertThat(encoded.timeline())
        .extracting(IndexedEvent::kind, IndexedEvent::text)
        .containsExactly(
            tuple(Kind.CLICK, "Pay now"),
            tuple(Kind.CLICK, "Cancel"),
            tuple(Kind.CLICK, "node 9"),
            tuple(Kind.CLICK, "Late"),
            tuple(Kind.CLICK, "#menu"));
    assertThat(encoded.timeline().get(0).data())
        .isEqualTo("{\"selector\":\"#b\",\"label\":\"Pay now\",\"nodeId\":7,\"x\":1,\"y\":2}");
    assertThat(encoded.timeline().get(1).data()).contains("Cancel", "\"nodeId\":8");
  }

  @Test
  void indexesHowThePageFelt() {
    EncodedEvents encoded =
        RecordingFixture.encode(
            "[{\"type\":5,\"data\":{\"tag\":\"rs.vital\",\"payload\":{\"name\":\"LCP\",\"value\":4200,"
                + "\"rating\":\"poor\"}},\"timestamp\":1},"
                + "{\"type\":5,\"data\":{\"tag\":\"rs.longtask\",\"payload\":{\"durationMs\":640}},\"timestamp\":2},"
                + "{\"type\":5,\"data\":{\"tag\":\"rs.span\",\"payload\":{\"name\":\"checkout\",\"durationMs\":80}},"
                + "\"timestamp\":3},"
                + "{\"type\":5,\"data\":{\"tag\":\"rs.reduced\",\"payload\":{\"reason\":\"mouse\",\"count\":12}},"
                + "\"timestamp\":4}]");
    assertThat(encoded.timeline())
        .extracting(IndexedEvent::kind, IndexedEvent::text)
        .containsExactly(
            tuple(Kind.VITAL, "LCP 4200"),
            tuple(Kind.LONGTASK, "640 ms"),
            tuple(Kind.SPAN, "checkout 80 ms"),
            tuple(Kind.REDUCED, "mouse 12"));
    assertThat(encoded.timeline().get(0).data())
        .isEqualTo("{\"name\":\"LCP\",\"value\":4200,\"rating\":\"poor\"}");
  }

  @Test
  void boundsTheTimeline() {
    String click =
        "{\"type\":3,\"data\":{\"source\":2,\"type\":2,\"id\":7,\"x\":1,\"y\":2},\"timestamp\":5}";
    EncodedEvents encoded =
        RecordingFixture.encode("[" + (click + ",").repeat(2_500) + click + "]");
    assertThat(encoded.timeline()).hasSize(EventStream.MAX_TIMELINE);
    assertThat(encoded.timelineDropped()).isEqualTo(501);
  }

  private static String labelled(String label, int at) {
    return "{\"type\":5,\"timestamp\":%d,\"data\":{\"tag\":\"rs.click\",\"payload\":{\"selector\":\"#b\",\"label\":\"%s\"}}}"
        .formatted(at, label);
  }

  private static String raw(int node, int at) {
    return "{\"type\":3,\"timestamp\":%d,\"data\":{\"source\":2,\"type\":2,\"id\":%d,\"x\":1,\"y\":2}}"
        .formatted(at, node);
  }
}
