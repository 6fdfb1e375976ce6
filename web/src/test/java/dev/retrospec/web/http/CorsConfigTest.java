package dev.retrospec.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CorsConfigTest {

  @Test
  void answersEverySiteWhenAllAreAllowed() {
    assertThat(new CorsConfig(List.of("*")).answerTo("https://shop.example")).contains("*");
  }

  @Test
  void answersOnlyTheSitesOnTheList() {
    CorsConfig config = new CorsConfig(List.of("https://shop.example/", "https://b.example"));

    assertThat(config.answerTo("https://shop.example")).contains("https://shop.example");
    assertThat(config.answerTo("https://shop.example.evil.example")).isEmpty();
    assertThat(config.answerTo("http://shop.example")).isEmpty();
    assertThat(config.answerTo("null")).isEmpty();
  }

  @Test
  void saysNothingToWhoIsNoBrowser() {
    assertThat(new CorsConfig(List.of("*")).answerTo(null)).isEmpty();
  }
}
