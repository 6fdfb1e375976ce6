package dev.retrospec.patterns.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.retrospec.platform.openai.ModelUnavailable;
import dev.retrospec.platform.openai.OpenAiServer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingModelTest {

  @RegisterExtension static final WireMockExtension SERVER = ModelServer.start();

  @BeforeEach
  void answers() {
    ModelServer.answers(SERVER);
  }

  @Test
  void givesAVectorOfLengthOneForEachText() {
    List<ModelVector> vectors = ask(null, "cart total", "basket sum", "something else");

    assertThat(vectors).hasSize(3).allMatch(one -> one.dimensions() == ModelServer.DIMENSIONS);
    assertThat(vectors).extracting(ModelVector::model).containsOnly("small");
    assertThat(cosine(vectors.get(0), vectors.get(0))).isCloseTo(1, within(1e-5));
    assertThat(cosine(vectors.get(0), vectors.get(1))).isCloseTo(1, within(1e-5));
    assertThat(cosine(vectors.get(0), vectors.get(2))).isLessThan(0.5);
    SERVER.verify(
        postRequestedFor(urlEqualTo("/v1/embeddings"))
            .withHeader("Authorization", equalTo("Bearer secret-key"))
            .withRequestBody(matchingJsonPath("$.model", equalTo("small")))
            .withRequestBody(matchingJsonPath("$.dimensions", absent())));
  }

  @Test
  void asksForDimensionsWhereTheyAreSet() {
    assertThat(ask(64, "cart").get(0).dimensions()).isEqualTo(64);
    SERVER.verify(
        postRequestedFor(urlEqualTo("/v1/embeddings"))
            .withRequestBody(matchingJsonPath("$.dimensions", equalTo("64"))));
  }

  @Test
  void theServersNumbersSayWhichVectorIsWhose() {
    ModelServer.answers(
        SERVER,
        ok("{\"data\":[{\"index\":1,\"embedding\":[0,2]},{\"index\":0,\"embedding\":[3,0]}]}"));

    List<ModelVector> vectors = ask(null, "a", "b");

    assertThat(vectors.get(0).values()).containsExactly(1, 0);
    assertThat(vectors.get(1).values()).containsExactly(0, 1);
  }

  @Test
  void withoutAKeyNoneIsSent() {
    var local =
        new EmbeddingConfig.Model(
            new OpenAiServer(SERVER.baseUrl() + "/v1/", ""),
            "nomic-embed-text",
            null,
            3,
            2_000,
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));

    new EmbeddingModel(local).of(List.of(RedactedText.of("cart", 100)), local.timeout());

    SERVER.verify(
        postRequestedFor(urlEqualTo("/v1/embeddings")).withHeader("Authorization", absent()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json at all",
        "",
        "{}",
        "{\"data\":[]}",
        "{\"data\":\"abcd\"}",
        "{\"data\":[{\"embedding\":[1,0]},{\"embedding\":[1,0]},{\"embedding\":[1,0]}]}",
        "{\"data\":[{\"embedding\":[1,0]},{\"embedding\":[1,0,0]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,0]},{\"index\":0,\"embedding\":[0,1]}]}",
        "{\"data\":[{\"index\":7,\"embedding\":[1,0]},{\"index\":8,\"embedding\":[0,1]}]}",
        "{\"data\":[{\"embedding\":[0,0]},{\"embedding\":[1,0]}]}",
        "{\"data\":[{\"embedding\":[\"a\",0]},{\"embedding\":[1,0]}]}",
        "{\"data\":[{\"embedding\":[1e999,0]},{\"embedding\":[1,0]}]}",
        "{\"data\":[{\"embedding\":\"AACAPw==\"},{\"embedding\":\"AACAPw==\"}]}",
        "{\"data\":[{\"embedding\":[]},{\"embedding\":[]}]}"
      })
  void rubbishIsNoAnswer(String body) {
    ModelServer.answers(SERVER, ok(body));

    assertThatThrownBy(() -> ask(null, "a", "b"))
        .isInstanceOf(ModelUnavailable.class)
        .satisfies(e -> assertThat(((ModelUnavailable) e).isRefusal()).isFalse());
  }

  @Test
  void otherDimensionsThanWereAskedForAreNoAnswer() {
    ModelServer.answers(SERVER, ok("{\"data\":[{\"embedding\":[1,0,0]}]}"));

    assertThatThrownBy(() -> ask(64, "a"))
        .isInstanceOf(ModelUnavailable.class)
        .hasMessageContaining("3 dimensions, not 64");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 404, 413, 429, 500, 503})
  void anythingButSuccessIsNoAnswer(int status) {
    ModelServer.answers(
        SERVER, aResponse().withStatus(status).withHeader("Location", "/elsewhere"));

    assertThatThrownBy(() -> ask(null, "a"))
        .isInstanceOf(ModelUnavailable.class)
        .hasMessageContaining(String.valueOf(status))
        .satisfies(
            e ->
                assertThat(((ModelUnavailable) e).isRefusal())
                    .isEqualTo(status == 400 || status == 413));
    SERVER.verify(1, postRequestedFor(urlEqualTo("/v1/embeddings")));
  }

  @Test
  void theTimeoutHoldsForAnAnswerThatDoesNotBegin() {
    ModelServer.answers(SERVER, ok("{}").withFixedDelay(20_000));

    assertThatThrownBy(() -> ask(Duration.ofMillis(300), null, "a"))
        .isInstanceOf(ModelUnavailable.class);
  }

  @Test
  void theTimeoutHoldsForAnAnswerThatTrickles() {
    ModelServer.answers(SERVER, ok("x".repeat(1_000)).withChunkedDribbleDelay(50, 20_000));

    assertThatThrownBy(() -> ask(Duration.ofMillis(500), null, "a"))
        .isInstanceOf(ModelUnavailable.class)
        .hasMessageContaining("500 ms");
  }

  @Test
  void anEndlessAnswerIsNotRead() {
    ModelServer.answers(SERVER, ok("x".repeat(3_000_000)));

    assertThatThrownBy(() -> ask(null, "a"))
        .isInstanceOf(ModelUnavailable.class)
        .rootCause()
        .hasMessageContaining("longer than");
  }

  @Test
  void nobodyWhoIsNotThereAnswers() {
    var away =
        new EmbeddingConfig.Model(
            new OpenAiServer("http://127.0.0.1:1", ""),
            "m",
            null,
            3,
            2_000,
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));

    assertThatThrownBy(
            () -> new EmbeddingModel(away).of(List.of(RedactedText.of("a", 10)), away.timeout()))
        .isInstanceOf(ModelUnavailable.class);
  }

  private static double cosine(ModelVector one, ModelVector other) {
    double sum = 0;
    for (int i = 0; i < one.dimensions(); i++) {
      sum += one.values()[i] * other.values()[i];
    }
    return sum;
  }

  private static List<ModelVector> ask(@Nullable Integer dimensions, String... texts) {
    return ask(Duration.ofSeconds(10), dimensions, texts);
  }

  private static List<ModelVector> ask(
      Duration timeout, @Nullable Integer dimensions, String... texts) {
    EmbeddingConfig config = ModelServer.config(SERVER, "small", dimensions);
    return new EmbeddingModel(config.model())
        .of(List.of(texts).stream().map(text -> RedactedText.of(text, 2_000)).toList(), timeout);
  }
}
