package dev.retrospec.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A recording that rrweb 2.1.6 made in Chromium of a page with style sheets (in the page, added
 * later, by rule, adopted, in a shadow root), SVG, a form, an iframe, handlers and a refresh: what
 * the scrub changes in it is this and nothing else.
 */
class RealRecordingTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, Set<String>> changes = new TreeMap<>();

  private static byte[] recorded() throws IOException {
    try (InputStream json = RealRecordingTest.class.getResourceAsStream("rrweb-2.1.6.json")) {
      return json.readAllBytes();
    }
  }

  private static EncodedEvents encoded() throws IOException {
    return RecordingFixture.encode(new String(recorded(), StandardCharsets.UTF_8));
  }

  private static final Pattern QUERY_VALUE = Pattern.compile("(?<=[?&]\\w{1,3}=)[^&\")]+");

  private void compare(String field, JsonNode before, JsonNode after) {
    if (before.isObject() && after.isObject()) {
      Set<String> names = new TreeSet<>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> compare(name, before.path(name), after.path(name)));
    } else if (before.isArray() && before.size() == after.size()) {
      for (int i = 0; i < before.size(); i++) {
        compare(field, before.get(i), after.get(i));
      }
    } else if (!before.equals(after)) {
      String left = after.isMissingNode() ? "(left out)" : after.asText();
      changes.computeIfAbsent(field, f -> new TreeSet<>()).add(before.asText() + " > " + left);
    }
  }

  @Test
  void losesOnlyWhatIsPrivateOrWouldRun() throws IOException {
    try (InputStream json = new ChunkCodec().json(encoded().zstd())) {
      compare("", MAPPER.readTree(recorded()), MAPPER.readTree(json));
    }
    Set<String> styles = new TreeSet<>(changes.remove("_cssText"));
    styles.addAll(changes.remove("rule"));
    assertThat(styles)
        .hasSize(5)
        .allSatisfy(
            change -> {
              String[] sides = change.split(" > ", 2);
              assertThat(sides[1]).isEqualTo(QUERY_VALUE.matcher(sides[0]).replaceAll("[value]"));
            });
    assertThat(changes)
        .isEqualTo(
            Map.of(
                "href",
                Set.of(
                    "https://shop.example/cart?user=ann&page=2"
                        + " > https://shop.example/cart?user=[value]&page=2",
                    "https://shop.example/p/1?ref=abc&page=2#r"
                        + " > https://shop.example/p/1?ref=[value]&page=2#r"),
                "http-equiv",
                Set.of("refresh > (left out)"),
                "onerror",
                Set.of("void 0 > (left out)"),
                "onload",
                Set.of("void 0 > (left out)"),
                "srcdoc",
                Set.of("<p>inner</p> > (left out)"),
                "textContent",
                Set.of(" build 4111 1111 1111 1111 by ann@example.org  > "),
                "value",
                Set.of("abc123 > ******")));
  }

  @Test
  void isIndexed() throws IOException {
    EncodedEvents encoded = encoded();
    assertThat(encoded.hasFullSnapshot()).isTrue();
    assertThat(encoded.viewport()).isEqualTo(new Viewport(800, 600));
    assertThat(encoded.timeline())
        .extracting(IndexedEvent::text)
        .contains(
            "boom at https://shop.example/app.js:10:5",
            "GET https://shop.example/api/items?page=2 500",
            "cart 3");
    assertThat(encoded.timeline()).extracting(e -> e.kind().word()).contains("click");
  }
}
