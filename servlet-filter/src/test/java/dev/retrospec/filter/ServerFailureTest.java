package dev.retrospec.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServerFailureTest {

  private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void writesAnyTextAsJson() throws Exception {
    String message =
        "quote \" backslash \\ line\nbreak \u0000 umlaut ü pair \uD83D\uDE00 lone \uD83D";
    JsonNode read = written(new IllegalStateException(message));

    assertThat(read.get("message").asText()).isEqualTo(message);
    assertThat(read.get("at").asText()).isEqualTo("2026-11-21T10:00:00Z");
  }

  @Test
  void leavesOutAMessageThatIsNotThere() throws Exception {
    assertThat(written(new NullPointerException()).has("message")).isFalse();
  }

  @Test
  void boundsTheMessage() {
    Throwable wordy = new IllegalStateException("x".repeat(100_000));

    assertThat(ServerFailure.of("id", AT, "GET", "/", wordy).message())
        .hasSize(ServerFailure.MAX_MESSAGE);
  }

  @Test
  void boundsTheStackOfEndlessCauses() {
    Throwable deep = new IllegalStateException("x".repeat(40_000));

    assertThat(ServerFailure.of("id", AT, "GET", "/", deep).stack())
        .hasSize(ServerFailure.MAX_STACK);
  }

  private static JsonNode written(Throwable thrown) throws Exception {
    StringBuilder json = new StringBuilder();
    ServerFailure.of("id", AT, "GET", "/", thrown).writeTo(json);
    return new ObjectMapper().readTree(json.toString());
  }
}
