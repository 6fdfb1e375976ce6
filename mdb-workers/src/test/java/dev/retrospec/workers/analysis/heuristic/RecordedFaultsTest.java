package dev.retrospec.workers.analysis.heuristic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.reports.CardText;
import dev.retrospec.reports.Evidence;
import dev.retrospec.sessions.ElementDetail;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.RequestDetail;
import dev.retrospec.workers.analysis.AnalysisCase;
import dev.retrospec.workers.analysis.Cases;
import dev.retrospec.workers.analysis.Verdict;
import dev.retrospec.workers.moments.MarkerMoments.Found;
import dev.retrospec.workers.moments.RecordedMoments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The faults of the demo shop, as our recorder told them from a real Chromium: each card names its
 * fault. A file has the events of {@code GET /v1/sessions/{id}/events} with texts cut at 300
 * characters, the rows of {@code error_marker}, and the facts of {@code sdk/demo/faults.mjs}; made
 * with {@code sdk/demo/seeded.mjs}.
 */
class RecordedFaultsTest {

  @ParameterizedTest
  @CsvSource({
    "voucher, failed_request",
    "silent-order, failed_request",
    "session-lost, failed_request",
    "search-moved, failed_request",
    "search-html, exception_before_effect",
    "gift-wrap, exception_before_effect",
    "null-price, script_error",
    "reviews-gone, missing_resource",
    "recommended-gone, missing_resource",
    "logged-basket, swallowed_error",
    "delivery-timeout, request_timeout",
    "endless-letter, endless_spinner",
    "points-graphql, graphql_error",
    "view-expired, faces_ajax_error",
    "faces-error, faces_ajax_error",
    "dead-notice, dead_control",
    "veil, covered_element",
    "reload-loop, reload_loop",
    "one-country, validation_loop"
  })
  void theCardNamesTheFault(String fault, String rule) throws IOException {
    JsonNode recording = read(fault);

    Verdict verdict =
        new HeuristicAnalyzer()
            .analyze(
                new AnalysisCase(
                    Cases.session(),
                    markers(recording),
                    new Found(
                        true,
                        RecordedMoments.of(
                            Json.write(recording.path("events")).getBytes(StandardCharsets.UTF_8),
                            recording.path("startedAtMs").asLong()),
                        true,
                        Cases.ALL_READ)));

    String card =
        Stream.of(CardText.values()).map(verdict::text).reduce("", (a, b) -> a + "\n" + b);
    assertThat(verdict.rule()).as(card).isEqualTo(rule);
    for (JsonNode fact : recording.path("facts")) {
      assertThat(card).containsPattern(Pattern.compile(fact.asText(), Pattern.CASE_INSENSITIVE));
    }
    assertThat(verdict.evidence())
        .allSatisfy(item -> assertThat(item.eventIds()).isNotEmpty())
        .extracting(Evidence::atMs)
        .allSatisfy(
            at -> assertThat(at).isBetween(0L, recording.path("durationMs").asLong() + 5_000));
  }

  private static JsonNode read(String fault) throws IOException {
    String name = "/recordings/" + fault + ".json";
    try (InputStream file = RecordedFaultsTest.class.getResourceAsStream(name)) {
      byte[] json = Objects.requireNonNull(file, name).readAllBytes();
      return Json.read(new String(json, StandardCharsets.UTF_8), JsonNode.class);
    }
  }

  private static List<ObservedMarker> markers(JsonNode recording) {
    List<ObservedMarker> markers = new ArrayList<>();
    for (JsonNode row : recording.path("markers")) {
      markers.add(
          new ObservedMarker(
              new MarkerId(row.path("id").asText()),
              MarkerKind.fromWireName(row.path("kind").asText()),
              row.path("subkind").textValue(),
              null,
              row.path("label").asText(),
              row.path("evidence").textValue(),
              row.path("route").asText(),
              row.path("replay_offset_ms").asLong(),
              detail(row.path("error"), ErrorDetail.class),
              detail(row.path("request"), RequestDetail.class),
              detail(row.path("element"), ElementDetail.class),
              List.of(),
              Instant.EPOCH));
    }
    return markers;
  }

  private static <T> @Nullable T detail(JsonNode json, Class<T> type) {
    return json.isObject() ? Json.read(json.toString(), type) : null;
  }
}
