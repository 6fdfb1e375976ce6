package dev.retrospec.platform.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.platform.failure.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  @Test
  void comesBackAsItWas() {
    Cursor cursor = new Cursor(Instant.parse("2026-01-31T12:00:00.123456Z"), "ses_1");

    assertThat(Cursor.parse(cursor.encoded())).isEqualTo(cursor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "|a", "x|a", "12", "9223372036854775807|a", "-9223372036854775808|a", "1|\0"})
  void aPlaceThatNoListHasIsABadRequest(String plain) {
    String encoded = Base64.getUrlEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> Cursor.parse(encoded)).isInstanceOf(InvalidRequest.class);
  }
}
