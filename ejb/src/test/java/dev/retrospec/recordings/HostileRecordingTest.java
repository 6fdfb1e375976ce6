package dev.retrospec.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retrospec.fixture.RrwebFixture;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.recordings.InvalidRecording.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What a client with a public key may send to do harm: the answer is a refusal or clean events. */
class HostileRecordingTest {

  private static final ObjectMapper MAPPER = new ObjectMapper(EventStream.jsonFactory());

  private final EventStream stream = new EventStream(new Scrubber());

  private EncodedEvents encode(byte[] body, String encoding) throws IOException {
    try (BoundedInflater inflated =
            new BoundedInflater(new ByteArrayInputStream(body), encoding, BodyLimits.DEFAULT);
        JsonParser parser = EventStream.jsonFactory().createParser(inflated)) {
      parser.nextToken();
      EncodedEvents encoded = stream.encode(parser);
      inflated.finish();
      return encoded;
    } catch (JacksonException e) { // before the array: what the reader of the envelope does
      throw InvalidRecording.of(e);
    }
  }

  private EncodedEvents encode(String json) throws IOException {
    return encode(json.getBytes(StandardCharsets.UTF_8), "identity");
  }

  private static byte[] json(EncodedEvents encoded) throws IOException {
    try (InputStream json = new ChunkCodec().json(encoded.zstd())) {
      return json.readAllBytes();
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(target)) {
      gzip.write(bytes);
    }
    return target.toByteArray();
  }

  @Test
  void answersADamagedRecordingWithARefusalOrWithCleanEvents() throws IOException {
    byte[] good = RrwebFixture.events(6_000, 3).getBytes(StandardCharsets.UTF_8);
    byte[] signs = "{}[]\",:\\u0000 -1e9.tnf\u00e9\u00ff\r".getBytes(StandardCharsets.ISO_8859_1);
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 4_000; i++) {
      byte[] damaged = good.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        damaged[random.nextInt(damaged.length)] = signs[random.nextInt(signs.length)];
      }
      try {
        MAPPER.readTree(json(encode(damaged, "identity")));
      } catch (InvalidRecording e) {
        assertThat(e.reason()).isIn(Reason.NOT_JSON, Reason.NOT_EVENTS, Reason.BEYOND_JSON_LIMITS);
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 3_999);
  }

  @Test
  void refusesARecordingThatIsCutOffAnywhere() throws IOException {
    byte[] good = RrwebFixture.events(4_000, 3).getBytes(StandardCharsets.UTF_8);
    for (int length = 1; length < good.length; length += 7) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> encode(cut, "identity")).isInstanceOf(InvalidRecording.class);
    }
  }

  @Test
  void stopsABombWhileItIsRead() throws IOException {
    String start = "[{\"type\":5,\"data\":{\"tag\":\"t\",\"payload\":\"";
    byte[] text = (start + "a".repeat(60_000_000)).getBytes(StandardCharsets.UTF_8);
    byte[] spaces = ("[" + " ".repeat(60_000_000)).getBytes(StandardCharsets.UTF_8);
    for (byte[] bomb : new byte[][] {gzip(text), gzip(spaces)}) {
      assertThatThrownBy(() -> encode(bomb, "gzip"))
          .isInstanceOfSatisfying(
              InvalidRecording.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE_INFLATED));
    }
  }

  @Test
  void takesAMillionNamesThatNobodyElseUses() {
    StringBuilder json = new StringBuilder("[{\"type\":5,\"data\":{");
    for (int i = 0; i < 1_000_000; i++) {
      json.append(i == 0 ? "\"" : ",\"").append(Integer.toString(i * 31, 36)).append("\":1");
    }
    json.append("},\"timestamp\":1}]");
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          try {
            encode(json.toString());
          } catch (InvalidRecording e) {
            assertThat(e.reason()).isEqualTo(Reason.BEYOND_JSON_LIMITS);
          }
        });
  }

  @Test
  void takesNamesThatAllHaveTheSameHash() throws IOException {
    StringBuilder json = new StringBuilder("[{\"type\":5,\"data\":{");
    for (int i = 0; i < 1 << 14; i++) {
      json.append(i == 0 ? "\"" : ",\"");
      for (int bit = 0; bit < 14; bit++) {
        json.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      json.append("\":1");
    }
    assertThat(encode(json.append("},\"timestamp\":1}]").toString()).eventCount()).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] latin1 =
        "[{\"type\":5,\"data\":{\"tag\":\"caf\u00e9\"},\"timestamp\":1}]"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> encode(latin1, "identity")).isInstanceOf(InvalidRecording.class);
  }

  @Test
  void repairsSurrogatesThatWereWrittenAsBytes() throws IOException {
    byte[] start = "[{\"type\":5,\"data\":{\"tag\":\"".getBytes(StandardCharsets.US_ASCII);
    byte[] end = "\"},\"timestamp\":1}]".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(start);
    body.writeBytes(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
    body.writeBytes(end);
    EncodedEvents encoded = encode(body.toByteArray(), "identity");
    assertThat(MAPPER.readTree(json(encoded)).at("/0/data/tag").asText()).isEqualTo("\uFFFD");
    assertThat(encoded.timeline().get(0).text()).isEqualTo("\uFFFD");
  }

  @Test
  void repairsNamesToo() throws IOException {
    EncodedEvents encoded =
        encode("[{\"type\":5,\"data\":{\"a\\u0000\\udc00\":1},\"timestamp\":1}]");
    assertThat(MAPPER.readTree(json(encoded)).at("/0/data").has("a\uFFFD\uFFFD")).isTrue();
  }

  @Test
  void cleansEveryOneOfSeveralFieldsWithTheSameName() throws IOException {
    EncodedEvents encoded =
        encode(
            "[{\"type\":3,\"data\":{\"source\":5,\"text\":\"ann@example.org\","
                + "\"text\":\"bob@example.org\"},\"timestamp\":1}]");
    assertThat(new String(json(encoded), StandardCharsets.UTF_8)).doesNotContain("example.org");
  }

  @Test
  void keepsTheTimelineReadableByADatabase() throws IOException {
    String emoji = "\uD83D\uDE00".repeat(1_000);
    EncodedEvents encoded =
        encode(
            "[{\"type\":5,\"data\":{\"tag\":\"rs.console\",\"payload\":{\"level\":\"a\\u0000\\\"\","
                + "\"args\":[\"x"
                + emoji
                + "\"],\"big\":\""
                + emoji
                + emoji
                + "\"}},\"timestamp\":1}]");
    IndexedEvent entry = encoded.timeline().get(0);
    assertThat(entry.text()).hasSizeLessThanOrEqualTo(IndexedEvent.MAX_TEXT);
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(entry.text())).isTrue();
    assertThat(entry.level()).isEqualTo("a\uFFFD\"");
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(entry.data())).isTrue();
    assertThat(MAPPER.readTree(entry.data()).get("level").asText()).isEqualTo("a\uFFFD\"");
  }
}
