package dev.retrospec.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retrospec.privacy.ScrubRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in one line of a page is found although nodes divide it. */
class InlineTextsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EncodedEvents encoded;

  private JsonNode scrubbed(String events) throws IOException {
    encoded = RecordingFixture.encode(events);
    try (InputStream json = new ChunkCodec().json(encoded.zstd())) {
      return MAPPER.readTree(json.readAllBytes());
    }
  }

  private static String text(String text) {
    return "{\"type\":3,\"textContent\":\"" + text + "\",\"id\":9}";
  }

  private static String element(String tag, String... children) {
    return "{\"type\":2,\"tagName\":\""
        + tag
        + "\",\"attributes\":{},\"childNodes\":["
        + String.join(",", children)
        + "],\"id\":8}";
  }

  private static String snapshot(String... body) {
    return "[{\"type\":2,\"data\":{\"node\":{\"type\":0,\"childNodes\":["
        + element("body", body)
        + "],\"id\":1},\"initialOffset\":{\"left\":0,\"top\":0}},\"timestamp\":5}]";
  }

  private static List<String> texts(JsonNode events) {
    List<String> texts = new ArrayList<>();
    events.findValues("textContent").forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Vertical bars stand between bold elements. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "4111|1111|1111|1111; [card]|||",
        "pay 4111 |1111 |1111 1111 today|x; pay [card]|| today|x",
        "ann|@|example|.org; [email]|||",
        "DE89 3704 |0044 0532 |0130 00|!; [iban]|||!",
        "536-|90-|4399|; [ssn]|||",
        "+49 171| 123|4567|; [phone]|||",
        "a\\u200Bnn@ex|ample.org| and|2; [email]|| and|2"
      })
  void aSnapshotsLineIsReadAsOne(String before, String after) throws IOException {
    String[] bold =
        Arrays.stream(before.split("\\|", -1))
            .map(part -> element("b", text(part)))
            .toArray(String[]::new);

    JsonNode events = scrubbed(snapshot(element("p", bold), element("p", text("next"))));

    String left = String.join("|", texts(events)).replace("|next", "");
    assertThat(left.replaceAll("\\|+$", "")).isEqualTo(after.replaceAll("\\|+$", ""));
  }

  @Test
  void blocksAreLinesOfTheirOwn() throws IOException {
    JsonNode events =
        scrubbed(
            snapshot(
                element("td", text("4111")),
                element("td", text("1111")),
                element("td", text("1111")),
                element("td", text("1111"))));

    assertThat(texts(events)).containsExactly("4111", "1111", "1111", "1111");
    assertThat(encoded.scrubbed().total()).isZero();
  }

  @Test
  void aTextBesideAnAddressLosesNothing() throws IOException {
    JsonNode events =
        scrubbed(snapshot(element("b", text("Contact")), element("i", text("ann@example.org"))));

    assertThat(texts(events)).containsExactly("Contact", "[email]");
  }

  /** As rrweb tells them: one by one, the last sibling first. */
  @Test
  void addedNodesAreReadInTheirPlaces() throws IOException {
    StringBuilder adds = new StringBuilder();
    String[] parts = {"4111", "1111", "1111", "1111"};
    for (int i = parts.length - 1; i >= 0; i--) {
      String next = i == parts.length - 1 ? "null" : Integer.toString(10 + i + 1);
      adds.append(
          "{\"parentId\":4,\"nextId\":%s,\"node\":{\"type\":2,\"tagName\":\"b\",\"attributes\":{},\"childNodes\":[],\"id\":%d}},"
              .formatted(next, 10 + i));
    }
    for (int i = 0; i < parts.length; i++) {
      adds.append(
          "{\"parentId\":%d,\"nextId\":null,\"node\":{\"type\":3,\"textContent\":\"%s\",\"id\":%d}},"
              .formatted(10 + i, parts[i], 20 + i));
    }
    JsonNode events =
        scrubbed(
            "[{\"type\":3,\"data\":{\"source\":0,\"texts\":[],\"attributes\":[],\"removes\":[],\"adds\":["
                + adds.substring(0, adds.length() - 1)
                + "]},\"timestamp\":5},{\"type\":4,\"data\":{\"href\":\"/a\"},\"timestamp\":6}]");

    assertThat(texts(events)).containsExactly("[card]", "", "", "");
    assertThat(encoded.scrubbed().count(ScrubRule.CARD)).isOne();
    assertThat(events.get(0).at("/data/adds/7/node/id").asInt()).isEqualTo(23);
    assertThat(events.get(1).at("/data/href").asText()).isEqualTo("/a");
  }

  @Test
  void linesThatDoNotFitAreWrittenAsTheyCame() throws IOException {
    List<String> bold = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      bold.add(element(i % 2 == 0 ? "b" : "i", text("w" + i + "\\u00e9 ")));
    }
    bold.add(text("é".repeat(40_000)));
    String json = snapshot(element("p", bold.toArray(String[]::new)));

    assertThat(scrubbed(json)).isEqualTo(MAPPER.readTree(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void manyCardsInOneLineAllGo() throws IOException {
    List<String> bold = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      bold.add(element("b", text("4111 1111 ")));
      bold.add(element("b", text("1111 1111; ")));
    }
    JsonNode events = scrubbed(snapshot(element("p", bold.toArray(String[]::new))));

    // A buffer's end may divide one now and then; each has lost it otherwise.
    long left = texts(events).stream().filter(text -> text.contains("4111")).count();
    assertThat(left).isLessThan(60);
  }

  @Test
  void addedNodesMayStandAsDeepInEachOtherAsTheyLike() throws IOException {
    int deep = 20_000;
    StringBuilder adds = new StringBuilder();
    for (int i = 0; i < deep; i++) {
      adds.append(
          "{\"parentId\":%d,\"nextId\":null,\"node\":{\"type\":2,\"tagName\":\"b\",\"attributes\":{},\"childNodes\":[],\"id\":%d}},"
              .formatted(10 + i, 11 + i));
    }
    for (int i = 0; i < 2; i++) {
      adds.append(
          "{\"parentId\":%d,\"nextId\":%s,\"node\":{\"type\":3,\"textContent\":\"%s\",\"id\":%d}},"
              .formatted(
                  10 + deep,
                  i == 0 ? "100001" : "null",
                  i == 0 ? "4111 1111 " : "1111 1111",
                  100_000 + i));
    }

    JsonNode events =
        scrubbed(
            "[{\"type\":3,\"data\":{\"source\":0,\"texts\":[],\"attributes\":[],\"removes\":[],\"adds\":["
                + adds.substring(0, adds.length() - 1)
                + "]},\"timestamp\":5}]");

    assertThat(texts(events)).containsExactly("[card]", "");
    assertThat(events.get(0).at("/data/adds")).hasSize(deep + 2);
  }

  @Test
  void deepInlineElementsOfOneBufferAreFollowedWithoutRecursion() throws IOException {
    // Few enough to be held at once, and all in one line.
    int deep = 1_990;
    StringBuilder adds = new StringBuilder();
    adds.append(
        "{\"parentId\":%d,\"nextId\":%d,\"node\":{\"type\":3,\"textContent\":\"4111 1111 \",\"id\":7}},"
            .formatted(10 + deep, 8));
    adds.append(
        "{\"parentId\":%d,\"nextId\":null,\"node\":{\"type\":3,\"textContent\":\"1111 1111\",\"id\":8}}"
            .formatted(10 + deep));
    for (int i = 0; i < deep; i++) {
      adds.append(
          ",{\"parentId\":%d,\"nextId\":null,\"node\":{\"type\":2,\"tagName\":\"b\",\"id\":%d}}"
              .formatted(10 + i, 11 + i));
    }

    JsonNode events =
        scrubbed("[{\"type\":3,\"data\":{\"source\":0,\"adds\":[" + adds + "]},\"timestamp\":5}]");

    assertThat(texts(events)).containsExactly("[card]", "");
  }
}
