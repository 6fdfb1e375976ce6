package dev.retrospec.workers.analysis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.platform.openai.ModelUnavailable;
import dev.retrospec.platform.openai.OpenAiServer;
import dev.retrospec.recordings.EventId;
import dev.retrospec.reports.CardText;
import dev.retrospec.reports.Evidence;
import dev.retrospec.reports.ProviderPart;
import dev.retrospec.workers.analysis.AnalysisCase;
import dev.retrospec.workers.analysis.Cases;
import dev.retrospec.workers.analysis.Verdict;
import dev.retrospec.workers.moments.Moment;
import dev.retrospec.workers.moments.Moment.ConsoleEntry;
import dev.retrospec.workers.moments.Moment.RequestEnded;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelAnalyzerTest {

  private static final String GOOD =
      """
      {"symptom": "Paying fails", "technicalRootCause": "The provider refuses NaN",
       "suggestedFix": "Send a number", "summary": "Pay was pressed once", "confidence": 0.8,
       "evidence": [{"statement": "symptom", "eventIds": ["0/1"]},
                    {"statement": "technicalRootCause", "eventIds": ["0/1", "marker/m4900"]},
                    {"statement": "suggestedFix", "eventIds": ["0/1"]},
                    {"statement": "summary", "eventIds": ["0/1", "9/9"]}]}
      """;

  private final List<String> asked = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private String answer = GOOD;
  private int status = 200;
  private boolean slow;

  /** A question that holds one of these words is refused. */
  private List<String> refused = List.of();

  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(java.util.concurrent.Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          String question =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          synchronized (asked) {
            asked.add(question);
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          }
          if (slow) {
            await();
          }
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          boolean isRefused = refused.stream().anyMatch(word -> question.contains(word));
          exchange.sendResponseHeaders(isRefused ? 400 : status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void close() {
    over.countDown();
    server.stop(0);
  }

  @Test
  void whatTheModelSaysWithEvidenceTakesThePlaceOfTheRules() throws Exception {
    Verdict verdict = contract(true).analyze(pay());

    assertThat(verdict.text(CardText.ROOT_CAUSE)).isEqualTo("The provider refuses NaN");
    assertThat(verdict.rule()).isEqualTo("text_model");
    assertThat(verdict.strength()).isEqualTo(0.8);
    assertThat(verdict.evidence())
        .filteredOn(item -> item.says() == CardText.ROOT_CAUSE)
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.eventIds()).containsExactly("0/1", "marker/m4900");
              assertThat(item.provider()).isEqualTo("text_model");
              assertThat(item.atMs()).isEqualTo(5_000);
            });
    assertThat(verdict.evidence())
        .filteredOn(item -> item.says() == CardText.VISUAL_SUMMARY)
        .extracting(Evidence::provider)
        .containsOnly("heuristic");
    assertThat(verdict.providers())
        .extracting(ProviderPart::name, part -> part.status().wireName())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("heuristic", "used"),
            org.assertj.core.groups.Tuple.tuple("text_model", "used"),
            org.assertj.core.groups.Tuple.tuple("visual_model", "skipped"));
  }

  @Test
  void theQuestionIsTheContracts() throws Exception {
    contract(true).analyze(pay());

    JsonNode question = Json.read(asked.get(0), JsonNode.class);
    assertThat(question.path("schemaVersion").asText()).isEqualTo("retrospec.analysis.text.v1");
    assertThat(question.path("sessionId").asText()).isEqualTo("s1");
    assertThat(question.path("events").findValuesAsText("id")).contains("0/1", "marker/m4900");
    assertThat(question.path("rules").path("rule").asText()).isEqualTo("failed_request");
    assertThat(keys.get(0)).isEqualTo("Bearer hush");
  }

  @Test
  void nothingPersonalAndNothingSecretLeaves() throws Exception {
    contract(true)
        .analyze(
            Cases.of(
                Cases.failed(4_900, "POST", "/api/pay", 502),
                console(4_950, 2, "mail ada.moss@mail.example token=ghp_" + "a".repeat(36)),
                console(4_960, 3, "card 4111 1111 1111 1111")));

    assertThat(asked.get(0))
        .doesNotContain("ada.moss@mail.example")
        .doesNotContain("ghp_aaaa")
        .doesNotContain("4111 1111")
        .doesNotContain("alice");
  }

  @Test
  void whatTheSiteWritesIntoItsReleaseLeavesRedacted() throws Exception {
    AnalysisCase about = pay();

    contract(true)
        .analyze(
            new AnalysisCase(
                Cases.session("1.2 by ada.moss@mail.example", "Chrome ghp_" + "b".repeat(36)),
                about.markers(),
                about.found()));

    JsonNode question = Json.read(asked.get(0), JsonNode.class);
    assertThat(question.path("release").asText()).startsWith("1.2 by").doesNotContain("ada.moss");
    assertThat(question.path("browser").asText()).startsWith("Chrome").doesNotContain("ghp_bbb");
  }

  @Test
  void whatLeavesIsBounded() throws Exception {
    Moment[] flood =
        IntStream.range(0, 1_000)
            .mapToObj(i -> console(4_000 + i, i, "x".repeat(490)))
            .toArray(Moment[]::new);

    contract(true).analyze(Cases.of(Cases.failed(4_900, "POST", "/api/pay", 502), flood));

    JsonNode events = Json.read(asked.get(0), JsonNode.class).path("events");
    assertThat(events.size()).isLessThanOrEqualTo(180);
    assertThat(events.findValuesAsText("text").stream().mapToInt(String::length).sum())
        .isLessThanOrEqualTo(45_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "this is no JSON",
        "[]",
        "null",
        "{}",
        "{\"verdict\": \"bad\"}",
        "{\"symptom\": 5}",
        "{\"symptom\": \"s\", \"confidence\": 7}",
        "{\"symptom\": \"s\", \"confidence\": \"high\"}",
        "{\"symptom\": \"s\"}",
        "{\"symptom\": \"s\", \"evidence\": [{\"statement\": \"symptom\", \"eventIds\": [\"7/7\"]}]}",
        "{\"symptom\": \"s\", \"evidence\": [{\"statement\": \"mood\", \"eventIds\": [\"0/1\"]}]}",
        "{\"symptom\": \"s\", \"evidence\": [{\"statement\": \"symptom\", \"eventIds\": []}]}",
        "{\"error\": \"I cannot help with that\"}"
      })
  void whatIsNoAnswerWithEvidenceLeavesTheRulesStanding(String rubbish) throws Exception {
    answer = rubbish;

    Verdict verdict = contract(true).analyze(pay());

    assertThat(verdict.rule()).isEqualTo("failed_request");
    assertThat(verdict.evidence()).extracting(Evidence::provider).containsOnly("heuristic");
    assertThat(verdict.providers().get(1).status()).isEqualTo(ProviderPart.Status.FAILED);
    assertThat(verdict.providers().get(1).reason()).isNotBlank();
  }

  @Test
  void anAnswerThatIsTooLongIsNone() throws Exception {
    answer = GOOD.replace("Paying fails", "y".repeat(3_000));
    assertThat(contract(true).analyze(pay()).rule()).isEqualTo("failed_request");

    answer = GOOD.replace("Paying fails", "y".repeat(400_000));
    assertThat(contract(true).analyze(pay()).rule()).isEqualTo("failed_request");
  }

  @Test
  void aSentenceWithoutEvidenceIsDroppedAndTheOthersStay() throws Exception {
    answer =
        """
        {"symptom": "Paying fails", "technicalRootCause": "Sun spots", "confidence": 0.99,
         "evidence": [{"statement": "symptom", "eventIds": ["0/1"]}]}
        """;

    Verdict verdict = contract(true).analyze(pay());

    assertThat(verdict.text(CardText.SYMPTOM)).isEqualTo("Paying fails");
    assertThat(verdict.text(CardText.ROOT_CAUSE)).doesNotContain("Sun spots").contains("502");
    assertThat(verdict.rule()).isEqualTo("failed_request");
    assertThat(verdict.strength()).isLessThan(0.99);
  }

  @Test
  void aServerThatFailsIsAskedTwiceAndThenTheRulesStand() throws Exception {
    status = 500;

    Verdict verdict = contract(true).analyze(pay());

    assertThat(asked).hasSize(2);
    assertThat(verdict.rule()).isEqualTo("failed_request");
    assertThat(verdict.providers().get(1).reason()).isEqualTo("The model answered 500.");
  }

  @Test
  void aServerThatIsSlowIsNotWaitedFor() throws Exception {
    slow = true;

    Verdict verdict =
        analyzer(new ModelConfig(plain(), null, Duration.ofMillis(200), true), ClipCatalog.NONE)
            .analyze(pay());

    assertThat(verdict.rule()).isEqualTo("failed_request");
    assertThat(verdict.providers().get(1).reason()).contains("200 ms");
  }

  @Test
  void withoutFallbackTheAttemptFails() {
    status = 500;

    assertThatThrownBy(() -> contract(false).analyze(pay()))
        .isInstanceOf(ModelUnavailable.class)
        .hasMessageContaining("500");
  }

  @Test
  void anOpenAiServerIsHeldToTheSchema() throws Exception {
    answer = chatAnswer();

    Verdict verdict = openAi().analyze(pay());

    JsonNode body = Json.read(asked.get(0), JsonNode.class);
    assertThat(body.path("model").asText()).isEqualTo("thinks");
    assertThat(body.at("/response_format/json_schema/strict").asBoolean()).isTrue();
    assertThat(verdict.rule()).isEqualTo("text_model");
    assertThat(verdict.providers().get(1).model()).isEqualTo("thinks");
  }

  @Test
  void aStrictSchemaHoldsNoWordThatOpenAiRefuses() throws Exception {
    answer = chatAnswer();

    openAi().analyze(pay());

    String schema = Json.read(asked.get(0), JsonNode.class).at("/response_format").toString();
    assertThat(schema).contains("technicalRootCause").doesNotContain("maxLength", "imum");
  }

  @Test
  void aReasoningModelIsAskedInItsOwnWordsAndFromThenOnAtOnce() throws Exception {
    refused = List.of("\"max_tokens\"", "\"temperature\"");
    answer = chatAnswer();
    ModelAnalyzer analyzer = openAi();

    Verdict first = analyzer.analyze(pay());
    Verdict second = analyzer.analyze(pay());

    assertThat(first.rule()).isEqualTo("text_model");
    assertThat(second.rule()).isEqualTo("text_model");
    assertThat(asked).hasSize(3);
    JsonNode plain = Json.read(asked.get(2), JsonNode.class);
    assertThat(plain.path("max_completion_tokens").isInt()).isTrue();
    assertThat(plain.at("/response_format/type").asText()).isEqualTo("json_object");
    assertThat(plain.at("/messages/1/content/0/text").asText()).contains("answerSchema");
  }

  @Test
  void whatIsRefusedInAnyWordsIsAskedTwiceAndNotSpokenPlainlyForEver() throws Exception {
    refused = List.of("thinks");
    answer = chatAnswer();
    ModelAnalyzer analyzer = openAi();

    Verdict verdict = analyzer.analyze(pay());

    assertThat(asked).hasSize(2);
    assertThat(verdict.providers().get(1).reason()).isEqualTo("The model answered 400.");
    refused = List.of();
    analyzer.analyze(pay());
    assertThat(asked.get(2)).contains("json_schema");
  }

  @Test
  void whoSeesNoVideosIsShownThePoster() throws Exception {
    refused = List.of("video_url");
    answer = chatAnswer();

    Verdict verdict =
        analyzer(new ModelConfig(null, thinking(), Duration.ofSeconds(5), true), clip())
            .analyze(pay());

    assertThat(shown(0, "video_url")).isEqualTo("http://here/clip?artifactToken=t");
    assertThat(shown(1, "image_url")).isEqualTo("http://here/poster?artifactToken=t");
    assertThat(verdict.text(CardText.VISUAL_SUMMARY)).isEqualTo("Pay was pressed once");
  }

  private String shown(int question, String type) {
    return Json.read(asked.get(question), JsonNode.class)
        .at("/messages/1/content/1/" + type + "/url")
        .asText();
  }

  private static String chatAnswer() {
    return Json.write(Map.of("choices", List.of(Map.of("message", Map.of("content", GOOD)))));
  }

  @Test
  void aModelThatRefusesIsNoFailureOfTheCard() throws Exception {
    answer =
        Json.write(
            Map.of("choices", List.of(Map.of("message", Map.of("refusal", "I can not do that")))));

    Verdict verdict = openAi().analyze(pay());

    assertThat(verdict.rule()).isEqualTo("failed_request");
    assertThat(verdict.providers().get(1).reason()).isEqualTo("The model refused to answer.");
  }

  @Test
  void theVisualPathSaysWhatIsSeenOnTheClip() throws Exception {
    answer =
        """
        {"summary": "A red bar appears", "confidence": 0.7,
         "evidence": [{"statement": "summary", "eventIds": ["0/1"]}]}
        """;

    Verdict verdict =
        analyzer(new ModelConfig(null, plain(), Duration.ofSeconds(5), true), clip())
            .analyze(pay());

    JsonNode question = Json.read(asked.get(0), JsonNode.class);
    assertThat(question.path("schemaVersion").asText()).isEqualTo("retrospec.analysis.visual.v1");
    assertThat(question.at("/clip/url").asText()).isEqualTo("http://here/clip?artifactToken=t");
    assertThat(verdict.text(CardText.VISUAL_SUMMARY)).isEqualTo("A red bar appears");
    assertThat(verdict.rule()).isEqualTo("failed_request");
    assertThat(verdict.providers().get(2))
        .isEqualTo(ProviderPart.used("visual_model", null, List.of(CardText.VISUAL_SUMMARY)));
  }

  @Test
  void withoutAClipTheVisualPathIsSkippedAndSaysSo() throws Exception {
    Verdict verdict =
        analyzer(new ModelConfig(plain(), plain(), Duration.ofSeconds(5), true), ClipCatalog.NONE)
            .analyze(pay());

    assertThat(asked).hasSize(1);
    assertThat(verdict.providers().get(2).status()).isEqualTo(ProviderPart.Status.SKIPPED);
    assertThat(verdict.providers().get(2).reason()).contains("no clip");
  }

  private static AnalysisCase pay() {
    return Cases.of(
        Cases.failed(4_900, "POST", "/api/pay", 502),
        new RequestEnded(
            5_000, "POST", "https://shop.test/api/pay", 502, 90, false, new EventId(0, 1)));
  }

  private static ConsoleEntry console(long atMs, int index, String text) {
    return new ConsoleEntry(atMs, "error", text, new EventId(0, index));
  }

  private static ClipCatalog clip() {
    return (session, marker) ->
        marker.equals(new MarkerId("m4900"))
            ? Optional.of(
                new ClipCatalog.Clip(
                    "http://here/clip?artifactToken=t",
                    "video/webm",
                    "http://here/poster?artifactToken=t",
                    2_900,
                    12_900))
            : Optional.empty();
  }

  private ModelAnalyzer contract(boolean fallback) {
    return analyzer(
        new ModelConfig(plain(), null, Duration.ofSeconds(5), fallback), ClipCatalog.NONE);
  }

  private ModelAnalyzer openAi() {
    return analyzer(
        new ModelConfig(thinking(), null, Duration.ofSeconds(5), true), ClipCatalog.NONE);
  }

  private ModelEndpoint thinking() {
    return new ModelEndpoint(here(), "/v1/chat/completions", "thinks");
  }

  private ModelEndpoint plain() {
    return new ModelEndpoint(here(), "/analyze", null);
  }

  private OpenAiServer here() {
    return new OpenAiServer("http://127.0.0.1:" + server.getAddress().getPort(), "hush");
  }

  private static ModelAnalyzer analyzer(ModelConfig config, @Nullable ClipCatalog clips) {
    return new ModelAnalyzer(config, clips == null ? ClipCatalog.NONE : clips);
  }
}
