package dev.retrospec.workers.moments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.fixture.RrwebFixture;
import dev.retrospec.recordings.EventId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MomentReaderTest {

  private static final long ZERO = 1_000_000;

  @Test
  void readsWhatTheSdkRecords() throws IOException {
    assertThat(
            read(
                event(
                    5,
                    "{\"tag\":\"rs.navigation\",\"payload\":{\"url\":\"https://a.test/pay\"}}",
                    0),
                event(
                    5,
                    "{\"tag\":\"rs.console\",\"payload\":{\"level\":\"error\",\"args\":[\"boom\",\"at pay\"]}}",
                    10),
                event(
                    5,
                    "{\"tag\":\"rs.network\",\"payload\":{\"method\":\"POST\",\"url\":\"/api\","
                        + "\"status\":500,\"durationMs\":120,\"type\":\"fetch\"}}",
                    20),
                event(
                    5,
                    "{\"tag\":\"rs.custom\",\"payload\":{\"name\":\"paid\",\"payload\":{\"a\":1}}}",
                    30),
                event(
                    5,
                    "{\"tag\":\"rs.marker\",\"payload\":{\"id\":\"m\",\"kind\":\"api_error\"}}",
                    40)))
        .containsExactly(
            new Moment.Navigated(0, "https://a.test/pay"),
            new Moment.ConsoleEntry(10, "error", "boom at pay"),
            new Moment.RequestEnded(20, "POST", "/api", 500, 120),
            new Moment.Custom(30, "paid"),
            new Moment.Marked(40, "m", null));
  }

  @Test
  void readsWhatRrwebRecords() throws IOException {
    assertThat(
            read(
                event(4, "{\"href\":\"https://a.test/\",\"width\":10,\"height\":10}", 0),
                event(
                    2,
                    "{\"node\":{\"type\":0,\"childNodes\":[{\"type\":2,\"id\":3}],\"id\":1}}",
                    5),
                event(3, "{\"source\":2,\"type\":2,\"id\":7,\"x\":1,\"y\":2}", 10),
                event(3, "{\"source\":2,\"type\":1,\"id\":7,\"x\":1,\"y\":2}", 11),
                event(
                    3,
                    "{\"source\":0,\"adds\":[{\"parentId\":1,\"node\":{\"id\":9}}],\"removes\":[],"
                        + "\"texts\":[{\"id\":1,\"value\":\"x\"},{\"id\":2,\"value\":\"y\"}],\"attributes\":[]}",
                    20),
                event(3, "{\"source\":5,\"text\":\"***\",\"isChecked\":false,\"id\":4}", 30),
                event(
                    6,
                    "{\"plugin\":\"rrweb/console@1\",\"payload\":{\"level\":\"warn\",\"trace\":[],"
                        + "\"payload\":[\"\\\"slow\\\"\"]}}",
                    40)))
        .containsExactly(
            new Moment.Navigated(0, "https://a.test/"),
            new Moment.Clicked(10, 7),
            new Moment.PageChanged(20, 1, 0, 2, 0, "x y", null),
            new Moment.Entered(30, 4),
            new Moment.ConsoleEntry(40, "warn", "slow"));
  }

  @Test
  void theOrderOfTheFieldsDoesNotMatter() throws IOException {
    assertThat(
            read("{\"timestamp\":1000015,\"data\":{\"id\":7,\"type\":2,\"source\":2},\"type\":3}"))
        .containsExactly(new Moment.Clicked(15, 7));
  }

  @Test
  void valuesOfAnotherTypeThanExpectedAreNoFacts() throws IOException {
    assertThat(
            read(
                event(3, "{\"source\":{},\"type\":[2],\"id\":\"x\"}", 0),
                event(3, "[1,2]", 0),
                event(5, "{\"tag\":{\"a\":1},\"payload\":[{\"b\":[]}]}", 0),
                event(
                    5,
                    "{\"tag\":\"rs.console\",\"payload\":{\"level\":[],\"args\":{\"x\":1}}}",
                    0)))
        .containsExactly(new Moment.ConsoleEntry(0, "", ""));
  }

  @Test
  void onlyTheWindowsAreRead() throws IOException {
    List<Moment> found = new ArrayList<>();
    byte[] json =
        ("["
                + event(3, click(1), 5)
                + ","
                + event(3, click(2), 50)
                + ","
                + event(3, click(3), 90)
                + "]")
            .getBytes(StandardCharsets.UTF_8);

    new MomentReader(ZERO, atMs -> atMs >= 40 && atMs <= 60, found::add)
        .read(new ByteArrayInputStream(json));

    assertThat(found).containsExactly(new Moment.Clicked(50, 2));
  }

  @Test
  void everyMomentKnowsItsEvent() throws IOException {
    List<Moment> found = new ArrayList<>();
    byte[] json =
        ("[" + event(3, click(1), 5) + "," + event(3, click(2), 9) + "]")
            .getBytes(StandardCharsets.UTF_8);

    new MomentReader(ZERO, atMs -> true, found::add).read(new ByteArrayInputStream(json), 65_537);

    assertThat(found)
        .extracting(Moment::event)
        .containsExactly(new EventId(65_537, 0), new EventId(65_537, 1));
  }

  @Test
  void whatTellsToWaitIsSeenToComeAndGo() throws IOException {
    assertThat(
            read(
                event(
                    2,
                    "{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[{\"type\":2,\"tagName\":\"div\","
                        + "\"attributes\":{\"class\":\"big spinner\",\"hidden\":\"\"},\"childNodes\":[],\"id\":3},"
                        + "{\"type\":2,\"tagName\":\"button\",\"attributes\":{\"data-letter\":\"\"},\"childNodes\":[],\"id\":4}]}}",
                    0),
                mutation("\"attributes\":[{\"id\":3,\"attributes\":{\"hidden\":null}}]", 10),
                mutation("\"attributes\":[{\"id\":4,\"attributes\":{\"aria-busy\":\"true\"}}]", 20),
                mutation("\"attributes\":[{\"id\":4,\"attributes\":{\"aria-busy\":null}}]", 30),
                mutation("\"removes\":[{\"parentId\":1,\"id\":3}]", 40)))
        .filteredOn(Moment.BusyChanged.class::isInstance)
        .containsExactly(
            new Moment.BusyChanged(10, 3, true, "div.spinner", null),
            new Moment.BusyChanged(20, 4, true, "button[data-letter]", null),
            new Moment.BusyChanged(30, 4, false, "button[data-letter]", null),
            new Moment.BusyChanged(40, 3, false, "div.spinner", null));
  }

  @Test
  void textThatComesIntoThePageIsKept() throws IOException {
    assertThat(
            read(
                mutation(
                    "\"adds\":[{\"parentId\":1,\"node\":{\"type\":2,\"tagName\":\"p\",\"id\":9,\"childNodes\":["
                        + "{\"type\":3,\"textContent\":\"Please  try again\",\"id\":10},"
                        + "{\"type\":3,\"textContent\":\"p{}\",\"isStyle\":true,\"id\":11}]}}]",
                    10)))
        .containsExactly(new Moment.PageChanged(10, 1, 0, 0, 0, "Please try again", null));
  }

  private static String mutation(String lists, long atMs) {
    return event(3, "{\"source\":0," + lists + "}", atMs);
  }

  @Test
  void longTextsAreBoundedWithoutSplittingACharacter() {
    String bounded = Values.bounded("x".repeat(499) + "😀" + "y");

    assertThat(bounded).hasSize(499);
  }

  @Test
  void aWholeRecordingGivesItsFacts() throws IOException {
    List<Moment> found = new ArrayList<>();

    new MomentReader(0, atMs -> true, found::add)
        .read(
            new ByteArrayInputStream(
                RrwebFixture.events(200_000, 7).getBytes(StandardCharsets.UTF_8)));

    assertThat(found)
        .hasAtLeastOneElementOfType(Moment.PageChanged.class)
        .hasAtLeastOneElementOfType(Moment.Entered.class)
        .hasAtLeastOneElementOfType(Moment.Navigated.class);
  }

  private static String click(int node) {
    return "{\"source\":2,\"type\":2,\"id\":" + node + "}";
  }

  private static String event(int type, String data, long at) {
    return "{\"type\":" + type + ",\"data\":" + data + ",\"timestamp\":" + (ZERO + at) + "}";
  }

  private static List<Moment> read(String... events) throws IOException {
    List<Moment> found = new ArrayList<>();
    String json = "[" + String.join(",", events) + "]";
    new MomentReader(ZERO, atMs -> true, found::add)
        .read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    return found;
  }
}
