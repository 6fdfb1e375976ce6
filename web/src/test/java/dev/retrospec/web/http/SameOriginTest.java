package dev.retrospec.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SameOriginTest {

  private static final URI OWN = URI.create("https://retrospec.example:8443/");

  @Test
  void believesTheBrowser() {
    assertThat(SameOrigin.holds("same-origin", null, OWN)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "none", ""})
  void countsEverythingElseAsForeign(String fetchSite) {
    assertThat(SameOrigin.holds(fetchSite, "https://retrospec.example:8443", OWN)).isFalse();
  }

  @Test
  void comparesTheOriginOfAnOlderBrowser() {
    assertThat(SameOrigin.holds(null, "https://retrospec.example:8443", OWN)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://retrospec.example:8443",
        "https://retrospec.example",
        "https://evil.example:8443",
        "https://retrospec.example.evil.example:8443",
        "null",
        "not an address"
      })
  void refusesAnyOtherOrigin(String origin) {
    assertThat(SameOrigin.holds(null, origin, OWN)).isFalse();
  }

  @Test
  void countsEveryOriginAsForeignWhereItsOwnNameIsNoHostOfAUri() {
    URI underscore = URI.create("http://retro_spec:8080/");

    assertThat(SameOrigin.holds(null, "http://retro_spec:8080", underscore)).isFalse();
    assertThat(SameOrigin.holds(null, "https://shop.example", underscore)).isFalse();
    assertThat(SameOrigin.holds("same-origin", null, underscore)).isTrue();
  }

  @Test
  void countsSilenceAsForeign() {
    assertThat(SameOrigin.holds(null, null, OWN)).isFalse();
  }
}
