package dev.retrospec.patterns.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.retrospec.testing.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddingsTest {

  @RegisterExtension static final WireMockExtension SERVER = ModelServer.start();

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Embeddings embeddings =
      new Embeddings(ModelServer.config(SERVER, "small", null), meters, clock);

  @BeforeEach
  void answers() {
    ModelServer.answers(SERVER);
  }

  @Test
  void aQuestionHasAVector() {
    assertThat(embeddings.ofQuestion("cart"))
        .hasValueSatisfying(
            vector -> assertThat(vector.dimensions()).isEqualTo(ModelServer.DIMENSIONS));
    assertThat(count("answered")).isEqualTo(1);
  }

  @Test
  void withoutAModelNobodyIsAsked() {
    assertThat(Embeddings.off().ofQuestion("cart")).isEmpty();
    assertThat(Embeddings.off().model()).isEmpty();
    assertThat(ModelServer.texts(SERVER)).isEmpty();
  }

  @Test
  void aQuestionLeavesWithoutPersonsAndSecrets() {
    embeddings.ofQuestion(
        "login of ada.lovelace@example.test failed, Bearer"
            + " eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P");

    assertThat(ModelServer.texts(SERVER))
        .singleElement()
        .satisfies(
            text ->
                assertThat(text)
                    .contains("login of")
                    .doesNotContain("ada.lovelace", "dozjgNryP4J3jVmNHl0w5N"));
  }

  @Test
  void aServerThatFailsIsLeftAloneForAWhileAndThenTriedOnce() {
    ModelServer.answers(SERVER, serverError());
    for (int i = 0; i < 10; i++) {
      assertThat(embeddings.ofQuestion("cart")).isEmpty();
    }
    assertThat(ModelServer.texts(SERVER)).hasSize(Circuit.FAILURES);
    assertThat(count("failed")).isEqualTo(3);
    assertThat(count("skipped")).isEqualTo(7);

    clock.pass(Circuit.PAUSE);
    embeddings.ofQuestion("cart");
    embeddings.ofQuestion("cart");
    assertThat(ModelServer.texts(SERVER)).hasSize(Circuit.FAILURES + 1);

    ModelServer.answers(SERVER);
    assertThat(embeddings.ofQuestion("cart")).isEmpty();
    clock.pass(Circuit.PAUSE);
    assertThat(embeddings.ofQuestion("cart")).isPresent();
    assertThat(embeddings.ofQuestion("cart")).isPresent();
  }

  @Test
  void aSlowServerCostsAQuestionItsTimeAtMost() {
    ModelServer.answers(SERVER, ok("{}").withFixedDelay(30_000));
    long begun = System.nanoTime();

    assertThat(embeddings.ofQuestion("cart")).isEmpty();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
  }

  private double count(String outcome) {
    return meters.counter("retrospec.embeddings.questions", "outcome", outcome).count();
  }
}
