package dev.retrospec.web.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeHeaderTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-, 0, 100",
    "bytes=10-19, 10, 10",
    "bytes=90-500, 90, 10",
    "bytes=-30, 70, 30",
    "bytes=-500, 0, 100",
    "bytes=99-99, 99, 1"
  })
  void picksThePartOfAHundredBytes(String header, long offset, long length) {
    assertThat(RangeHeader.parse(header).orElseThrow().of(100))
        .contains(new RangeHeader.Part(offset, length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=500-600", "bytes=-0"})
  void findsNothingBeyondTheEnd(String header) {
    assertThat(RangeHeader.parse(header).orElseThrow().of(100)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes=-",
        "bytes=a-b",
        "bytes=9-1",
        "bytes=0-1,5-6",
        "items=0-1",
        "bytes=99999999999999999999-"
      })
  void isIgnoredWhenItIsNotUnderstood(String header) {
    assertThat(RangeHeader.parse(header)).isEmpty();
  }

  @Test
  void tellsWhichPartItIs() {
    assertThat(new RangeHeader.Part(10, 5).contentRange(100)).isEqualTo("bytes 10-14/100");
  }
}
