package dev.retrospec.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages without anything private, recorded by rrweb in Chromium ({@code
 * sdk/scripts/record-clean-pages.mjs}), with all that looks like it: prices, orders, ids, times,
 * drawings, styles, images, versions, canvases. They come out of the scrub as they went in.
 */
class CleanRecordingsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static byte[] recorded(String page) throws IOException {
    try (InputStream file =
            CleanRecordingsTest.class.getResourceAsStream("clean/" + page + ".json.gz");
        InputStream json = new GZIPInputStream(file)) {
      return json.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prices",
        "orders",
        "ids",
        "times",
        "drawing",
        "styles",
        "images",
        "code",
        "science",
        "map",
        "words",
        "versions",
        "canvas"
      })
  void comeOutAsTheyWentIn(String page) throws IOException {
    byte[] before = recorded(page);
    EncodedEvents encoded = RecordingFixture.encode(new String(before, StandardCharsets.UTF_8));
    JsonNode after;
    try (InputStream json = new ChunkCodec().json(encoded.zstd())) {
      after = MAPPER.readTree(json);
    }

    assertThat(after).isEqualTo(MAPPER.readTree(before));
    assertThat(encoded.scrubbed().counts()).isEmpty();
  }
}
