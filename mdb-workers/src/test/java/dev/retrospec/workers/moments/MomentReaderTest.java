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
            new Moment.BusyChanged(10, 3, true, "div.spinner", false, null),
            new Moment.BusyChanged(20, 4, true, "button[data-letter]", false, null),
            new Moment.BusyChanged(30, 4, false, "button[data-letter]", false, null),
            new Moment.BusyChanged(40, 3, false, "div.spinner", false, null));
  }

  @Test
  void whatLiesInAPanelThatGoesNoLongerTellsToWait() throws IOException {
    assertThat(
            busy(
                mutation(
                    "\"adds\":[{\"parentId\":1,\"node\":{\"type\":2,\"tagName\":\"div\",\"attributes\":{},"
                        + "\"childNodes\":["
                        + spinner(4)
                        + "],\"id\":3}},{\"parentId\":3,\"node\":"
                        + spinner(5)
                        + "}]",
                    10),
                mutation("\"removes\":[{\"parentId\":1,\"id\":3}]", 20)))
        .containsExactly("10 4 on", "10 5 on", "20 4 off", "20 5 off");
  }

  @Test
  void whatANewPageDoesNotHaveNoLongerTellsToWait() throws IOException {
    assertThat(busy(page(spinner(3), 0), page("{\"type\":2,\"tagName\":\"div\",\"id\":3}", 20)))
        .containsExactly("0 3 on", "20 3 off");
  }

  @Test
  void anotherPictureOfTheSamePageEndsNothing() throws IOException {
    assertThat(busy(page(spinner(3), 0), page(spinner(3), 20))).containsExactly("0 3 on");
  }

  @Test
  void aBarThatSaysHowFarItIsDoesNotTellToWait() throws IOException {
    assertThat(
            busy(
                page(
                    "{\"type\":2,\"tagName\":\"progress\",\"attributes\":{\"value\":\"0.4\"},\"id\":3},"
                        + "{\"type\":2,\"tagName\":\"div\",\"attributes\":{\"role\":\"progressbar\","
                        + "\"aria-valuenow\":\"40\"},\"id\":4},"
                        + "{\"type\":2,\"tagName\":\"progress\",\"attributes\":{},\"id\":5}",
                    0)))
        .containsExactly("0 5 on");
  }

  @Test
  void whatComesSoonAfterAnActIsPromptedByItAndWhatStandsInThePageIsNot() throws IOException {
    String add = "\"adds\":[{\"parentId\":1,\"node\":%s}]";
    assertThat(
            read(
                mutation(add.formatted(spinner(2)), 0),
                event(3, click(7), 5_000),
                page(spinner(3), 5_100),
                mutation(add.formatted(spinner(4)), 6_000),
                mutation(add.formatted(spinner(5)), 9_000)))
        .filteredOn(moment -> moment instanceof Moment.BusyChanged change && change.on())
        .extracting(moment -> ((Moment.BusyChanged) moment).prompted())
        .containsExactly(false, false, true, false);
  }

  @Test
  void whatIsToldAgainAfterAGapIsNew() throws IOException {
    List<Moment> found = new ArrayList<>();
    MomentReader reader = new MomentReader(ZERO, atMs -> true, found::add);
    String isBusy = "\"attributes\":[{\"id\":4,\"attributes\":{\"aria-busy\":\"true\"}}]";

    reader.read(stream(mutation(isBusy, 10)), 0);
    reader.read(stream(mutation(isBusy, 20)), 1);
    reader.read(stream(mutation(isBusy, 900)), 7);

    assertThat(found)
        .filteredOn(Moment.BusyChanged.class::isInstance)
        .extracting(Moment::atMs)
        .containsExactly(10L, 900L);
  }

  @Test
  void aRecordingWhoseNodesLieInEachOtherIsReadToItsEnd() throws IOException {
    assertThat(
            busy(
                mutation(
                    "\"adds\":[{\"parentId\":3,\"node\":"
                        + spinner(2)
                        + "},{\"parentId\":2,\"node\":"
                        + spinner(3)
                        + "}]",
                    0),
                mutation("\"removes\":[{\"parentId\":1,\"id\":9}]", 10)))
        .containsExactly("0 2 on", "0 3 on");
  }

  private static String spinner(int id) {
    return "{\"type\":2,\"tagName\":\"div\",\"attributes\":{\"class\":\"spinner\"},\"childNodes\":[],\"id\":"
        + id
        + "}";
  }

  private static String page(String nodes, long atMs) {
    return event(2, "{\"node\":{\"type\":0,\"childNodes\":[" + nodes + "],\"id\":1}}", atMs);
  }

  private static List<String> busy(String... events) throws IOException {
    return read(events).stream()
        .filter(Moment.BusyChanged.class::isInstance)
        .map(Moment.BusyChanged.class::cast)
        .map(change -> change.atMs() + " " + change.nodeId() + " " + (change.on() ? "on" : "off"))
        .toList();
  }

  private static ByteArrayInputStream stream(String... events) {
    return new ByteArrayInputStream(
        ("[" + String.join(",", events) + "]").getBytes(StandardCharsets.UTF_8));
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
