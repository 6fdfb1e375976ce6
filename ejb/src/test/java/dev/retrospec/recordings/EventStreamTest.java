package dev.retrospec.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retrospec.fixture.RrwebFixture;
import dev.retrospec.privacy.ScrubRule;
import dev.retrospec.recordings.InvalidRecording.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {

  private static final ObjectMapper MAPPER = new ObjectMapper(EventStream.jsonFactory());

  private static String json(EncodedEvents encoded) {
    try (InputStream json = new ChunkCodec().json(encoded.zstd())) {
      return new String(json.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode cleaned(String event) throws IOException {
    return MAPPER.readTree(json(RecordingFixture.encode("[" + event + "]"))).get(0);
  }

  private static String snapshot(String node) {
    return "{\"type\":2,\"data\":{\"node\":{\"type\":0,\"childNodes\":["
        + node
        + "],\"id\":1},\"initialOffset\":{\"left\":0,\"top\":0}},\"timestamp\":1700000000000}";
  }

  private JsonNode node(String node) throws IOException {
    return cleaned(snapshot(node)).at("/data/node/childNodes/0");
  }

  @Test
  void leavesAnHonestRecordingAsItIs() throws IOException {
    String json = RrwebFixture.events(200_000, 1);
    EncodedEvents encoded = RecordingFixture.encode(json);
    assertThat(MAPPER.readTree(json(encoded))).isEqualTo(MAPPER.readTree(json));
    assertThat(encoded.scrubbed().total()).isZero();
    assertThat(encoded.hasFullSnapshot()).isTrue();
    assertThat(encoded.inflatedBytes())
        .isEqualTo(json(encoded).getBytes(StandardCharsets.UTF_8).length);
    assertThat(encoded.href()).isEqualTo("https://shop.example/checkout/cart?page=2&lang=en");
    assertThat(encoded.viewport()).isEqualTo(new Viewport(1440, 900));
  }

  @Test
  void countsAndDatesTheEvents() {
    EncodedEvents encoded =
        RecordingFixture.encode(
            "[{\"type\":4,\"data\":{\"href\":\"https://a.example/?q=ann\",\"width\":10,\"height\":20},"
                + "\"timestamp\":2000},{\"type\":3,\"data\":{\"source\":3},\"timestamp\":1000.5}]");
    assertThat(encoded.eventCount()).isEqualTo(2);
    assertThat(encoded.firstEventAt()).isEqualTo(Instant.ofEpochMilli(1000));
    assertThat(encoded.lastEventAt()).isEqualTo(Instant.ofEpochMilli(2000));
    assertThat(encoded.href()).isEqualTo("https://a.example/?q=[value]");
    assertThat(encoded.hasFullSnapshot()).isFalse();
    assertThat(json(encoded)).contains("\"timestamp\":1000.5");
  }

  @Test
  void acceptsAnEmptyArray() {
    EncodedEvents encoded = RecordingFixture.encode("[]");
    assertThat(encoded.eventCount()).isZero();
    assertThat(encoded.firstEventAt()).isNull();
    assertThat(json(encoded)).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "\"events\"",
        "[1]",
        "[[]]",
        "[null]",
        "[{}]",
        "[{\"type\":3}]",
        "[{\"timestamp\":3}]",
        "[{\"type\":\"3\",\"timestamp\":3}]",
        "[{\"type\":3.5,\"timestamp\":3}]",
        "[{\"type\":99,\"timestamp\":3}]",
        "[{\"type\":-1,\"timestamp\":3}]",
        "[{\"type\":3,\"timestamp\":\"3\"}]",
        "[{\"type\":3,\"timestamp\":-3}]",
        "[{\"type\":3,\"timestamp\":1e300}]",
        "[{\"type\":3,\"data\":[],\"timestamp\":3}]",
        "[{\"type\":3,\"type\":2,\"timestamp\":3}]",
        "[{\"type\":3,\"data\":{},\"data\":{},\"timestamp\":3}]"
      })
  void refusesWhatIsNotAnArrayOfEvents(String json) {
    assertThatThrownBy(() -> RecordingFixture.encode(json))
        .isInstanceOfSatisfying(
            InvalidRecording.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_EVENTS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"type\":3,\"timestamp\":NaN}]",
        "[{\"type\":3,\"timestamp\":3},]",
        "[{\"type\":3,\"timestamp\":3,}]",
        "[{\"type\":3,\"timestamp\":03}]",
        "[{\"type\":3,'timestamp':3}]",
        "[{\"type\":3,\"timestamp\":3}",
        "[{\"type\":3,\"data\":{\"a\":\"b",
        "[{\"type\":3,\"data\":{\"a\":\"\\x\"},\"timestamp\":3}]",
        "[/* */]"
      })
  void refusesWhatIsNotJson(String json) {
    assertThatThrownBy(() -> RecordingFixture.encode(json))
        .isInstanceOfSatisfying(
            InvalidRecording.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_JSON));
  }

  @Test
  void namesThePlaceOfTheFirstBadEvent() {
    assertThatThrownBy(
            () ->
                RecordingFixture.encode("[{\"type\":0,\"data\":{},\"timestamp\":1},{\"type\":0}]"))
        .hasMessage("events[1] has no timestamp");
  }

  @Test
  void scrubsTextButOfStylesOnlyAddresses() throws IOException {
    String css = ".ann@example.org{width:4111111111111111px;background:url(a.png?t=%s)}";
    String left = css.formatted("[value]");
    css = css.formatted("4111111111111111");
    JsonNode style =
        node(
            "{\"type\":2,\"tagName\":\"style\",\"attributes\":{\"_cssText\":\""
                + css
                + "\"},\"childNodes\":[{\"type\":3,\"textContent\":\""
                + css
                + "\",\"id\":3}],\"id\":2}");
    assertThat(style.at("/attributes/_cssText").asText()).isEqualTo(left);
    assertThat(style.at("/childNodes/0/textContent").asText()).isEqualTo(left);
    JsonNode text =
        node(
            "{\"type\":2,\"tagName\":\"p\",\"attributes\":{\"class\":\"c\"},\"childNodes\":"
                + "[{\"type\":3,\"textContent\":\"Ann ann@example.org\",\"id\":3}],\"id\":2}");
    assertThat(text.at("/childNodes/0/textContent").asText()).isEqualTo("Ann [email]");
    assertThat(text.at("/childNodes/0/id").asInt()).isEqualTo(3);
  }

  @Test
  void takesOutWhatWouldRun() throws IOException {
    JsonNode node =
        node(
            "{\"type\":2,\"tagName\":\"a\",\"attributes\":{\"onclick\":\"steal()\",\"ONLOAD\":\"x()\","
                + "\"href\":\" java\\nscript:alert(1)\",\"title\":\"JavaScript:alert(1)\","
                + "\"srcdoc\":\"<script>\",\"xlink:href\":\"data:text/html,<script>\",\"alt\":\"ok\"},"
                + "\"childNodes\":[{\"type\":2,\"tagName\":\"SCRIPT\",\"attributes\":{},\"childNodes\":"
                + "[{\"type\":3,\"textContent\":\"alert(1)\",\"id\":4}],\"id\":3},"
                + "{\"type\":2,\"tagName\":\"object\",\"attributes\":{\"data\":\"javascript:1\"},"
                + "\"childNodes\":[],\"id\":5},{\"type\":5,\"textContent\":\"ann@example.org\",\"id\":6}],"
                + "\"id\":2}");
    JsonNode attributes = node.get("attributes");
    assertThat(attributes.has("onclick")).isFalse();
    assertThat(attributes.has("ONLOAD")).isFalse();
    assertThat(attributes.has("srcdoc")).isFalse();
    assertThat(attributes.get("href").asText()).isEqualTo("about:blank");
    assertThat(attributes.get("title").asText()).isEqualTo("about:blank");
    assertThat(attributes.get("xlink:href").asText()).isEqualTo("about:blank");
    assertThat(attributes.get("alt").asText()).isEqualTo("ok");
    assertThat(node.at("/childNodes/0/tagName").asText()).isEqualTo("script");
    assertThat(node.at("/childNodes/0/childNodes/0/textContent").asText())
        .isEqualTo("SCRIPT_PLACEHOLDER");
    assertThat(node.at("/childNodes/1/tagName").asText()).isEqualTo("rs-object");
    assertThat(node.at("/childNodes/1/attributes/data").asText()).isEqualTo("about:blank");
    assertThat(node.at("/childNodes/2/textContent").asText()).isEmpty();
  }

  @Test
  void masksPasswordsAndHiddenInputs() throws IOException {
    JsonNode node =
        node(
            "{\"type\":2,\"tagName\":\"input\",\"attributes\":{\"type\":\"hidden\",\"value\":\"state1\"},"
                + "\"childNodes\":[],\"id\":2}");
    assertThat(node.at("/attributes/value").asText()).isEqualTo("******");
  }

  @Test
  void scrubsMutationsInputsAndPayloads() throws IOException {
    JsonNode mutation =
        cleaned(
            "{\"type\":3,\"data\":{\"source\":0,\"texts\":[{\"id\":7,\"value\":\"call +49 171 1234567\"}],"
                + "\"attributes\":[{\"id\":8,\"attributes\":{\"href\":\"/u?mail=a\",\"class\":\"x\"}}],"
                + "\"removes\":[],\"adds\":[{\"parentId\":1,\"nextId\":null,\"node\":{\"type\":3,"
                + "\"textContent\":\"pay 4111 1111 1111 1111\",\"id\":9}}]},\"timestamp\":1}");
    assertThat(mutation.at("/data/texts/0/value").asText()).isEqualTo("call [phone]");
    assertThat(mutation.at("/data/attributes/0/attributes/href").asText())
        .isEqualTo("/u?mail=[value]");
    assertThat(mutation.at("/data/adds/0/node/textContent").asText()).isEqualTo("pay [card]");
    JsonNode input =
        cleaned(
            "{\"type\":3,\"data\":{\"source\":5,\"text\":\"ann@example.org\",\"isChecked\":false,"
                + "\"id\":4},\"timestamp\":1}");
    assertThat(input.at("/data/text").asText()).isEqualTo("[email]");
    JsonNode custom =
        cleaned(
            "{\"type\":5,\"data\":{\"tag\":\"t\",\"payload\":{\"ann@example.org\":1,\"password\":\"p\","
                + "\"cookies\":{\"a\":\"b\",\"n\":5},\"deep\":[{\"m\":\"ann@example.org\"}]}},\"timestamp\":1}");
    assertThat(custom.at("/data/payload/password").asText()).isEqualTo("[secret]");
    assertThat(custom.at("/data/payload/cookies/a").asText()).isEqualTo("[secret]");
    assertThat(custom.at("/data/payload/cookies/n").asText()).isEqualTo("[secret]");
    assertThat(custom.at("/data/payload/deep/0/m").asText()).isEqualTo("[email]");
  }

  @Test
  void scrubsTheSameWhenTheTypeComesLast() throws IOException {
    JsonNode event =
        cleaned(
            "{\"timestamp\":5,\"data\":{\"node\":{\"type\":0,\"childNodes\":[{\"type\":2,\"tagName\":"
                + "\"style\",\"attributes\":{\"_cssText\":\"a@example.org\",\"onload\":\"x\"},\"childNodes\":[],"
                + "\"id\":2}],\"id\":1}},\"type\":2}");
    assertThat(event.at("/data/node/childNodes/0/attributes/_cssText").asText())
        .isEqualTo("a@example.org");
    assertThat(event.at("/data/node/childNodes/0/attributes").has("onload")).isFalse();
    assertThat(event.get("type").asInt()).isEqualTo(2);
  }

  @Test
  void replacesWhatADatabaseCannotStore() throws IOException {
    JsonNode event =
        cleaned(
            "{\"type\":5,\"data\":{\"tag\":\"t\",\"payload\":\"a\\u0000b\\ud800c\\ude00d\\ud83d\\ude00\"},"
                + "\"timestamp\":1}");
    assertThat(event.at("/data/payload").asText()).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uD83D\uDE00");
  }

  @Test
  void refusesDepthWithoutDescending() {
    String deep = "[{\"type\":5,\"data\":{\"a\":" + "[".repeat(100_000);
    assertThatThrownBy(() -> RecordingFixture.encode(deep))
        .isInstanceOfSatisfying(
            InvalidRecording.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.BEYOND_JSON_LIMITS));
  }

  @Test
  void takesTheDepthOfTheDeepestHonestPage() {
    String open = "{\"type\":2,\"tagName\":\"div\",\"attributes\":{},\"id\":2,\"childNodes\":[";
    EncodedEvents encoded =
        RecordingFixture.encode("[" + snapshot(open.repeat(1_000) + "]}".repeat(1_000)) + "]");
    assertThat(encoded.eventCount()).isEqualTo(1);
  }

  @Test
  void refusesNamesAndNumbersThatFillTheBody() {
    String number =
        "[{\"type\":5,\"data\":{\"a\":" + "1".repeat(10_000_000) + "},\"timestamp\":1}]";
    String key = "[{\"type\":5,\"data\":{\"" + "k".repeat(10_000_000) + "\":1},\"timestamp\":1}]";
    for (String json : new String[] {number, key}) {
      assertThatThrownBy(() -> RecordingFixture.encode(json))
          .isInstanceOfSatisfying(
              InvalidRecording.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.BEYOND_JSON_LIMITS));
    }
  }

  @Test
  void writesOneLongStringInPieces() throws IOException {
    String text = ("\u00e9\u20ac\uD83D\uDE00\\\"x").repeat(60_000);
    JsonNode event =
        cleaned(
            "{\"type\":5,\"data\":{\"tag\":\"t\",\"payload\":"
                + MAPPER.writeValueAsString(text)
                + "},\"timestamp\":1}");
    assertThat(event.at("/data/payload").asText()).isEqualTo(text);
  }

  @Test
  void leavesNodesWithScrubRuleCountsOnly() {
    EncodedEvents encoded =
        RecordingFixture.encode(
            "[{\"type\":3,\"data\":{\"source\":5,\"text\":\"a@b.example\"},\"timestamp\":1}]");
    assertThat(encoded.scrubbed().count(ScrubRule.EMAIL)).isEqualTo(1);
    assertThat(encoded.scrubbed().total()).isEqualTo(1);
  }
}
