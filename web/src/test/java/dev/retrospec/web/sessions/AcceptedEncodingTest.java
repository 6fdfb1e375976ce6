package dev.retrospec.web.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedEncodingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip, deflate, br, zstd | ZSTD",
        "gzip, deflate | GZIP",
        "zstd;q=0.5, gzip | GZIP",
        "zstd;q=0, gzip;q=0 | IDENTITY",
        "zstd;q=nonsense | IDENTITY",
        "identity | IDENTITY",
        "* | ZSTD",
        "*;q=0 | IDENTITY",
        "ZSTD | ZSTD",
        "br | IDENTITY"
      })
  void prefersWhatTheClientPrefers(String header, AcceptedEncoding expected) {
    assertThat(AcceptedEncoding.of(header)).isEqualTo(expected);
  }

  @Test
  void isPlainForWhoSaysNothing() {
    assertThat(AcceptedEncoding.of(null)).isEqualTo(AcceptedEncoding.IDENTITY);
  }
}
