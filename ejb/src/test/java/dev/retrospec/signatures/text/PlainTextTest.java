package dev.retrospec.signatures.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainTextTest {

  @ParameterizedTest
  @MethodSource
  void coloursControlsAndHalvesOfCharactersGo(String raw, String plain) {
    assertThat(PlainText.of(raw)).isEqualTo(plain);
  }

  static Stream<Arguments> coloursControlsAndHalvesOfCharactersGo() {
    return Stream.of(
        Arguments.of("\u001B[31;1mred\u001B[0m", "red"),
        Arguments.of("[31mred[39m without escapes", "red without escapes"),
        Arguments.of("\u001B]0;title\u0007text", "text"),
        Arguments.of("list[12] stays", "list[12] stays"),
        Arguments.of("a\r\nb\rc", "a\nb\nc"),
        Arguments.of("n\u0000u\u0008l", "nul"),
        Arguments.of("\ud83d half \ude00", "\uFFFD half \uFFFD"),
        Arguments.of("whole 😀", "whole 😀"));
  }
}
