package dev.retrospec.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recall and fidelity: what goes ({@code secrets.txt}) and what stays ({@code harmless.txt}). */
class SecretTextTest {

  private final SecretText secrets = new SecretText();

  @ParameterizedTest
  @MethodSource("secrets")
  void secretsGoAndTheRestStays(String text, String expected) {
    assertThat(secrets.redact(text)).isEqualTo(expected);
    assertThat(secrets.redact(expected)).as("a second time").isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void codeStacksAndProseAboutSecretsStay(String text) {
    assertThat(secrets.redact(text)).isSameAs(text);
  }

  /** A text and what is left of it; the arrows stand for line ends. */
  static Stream<Arguments> secrets() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    List<String> lines = lines("secrets.txt");
    for (int i = 0; i + 1 < lines.size(); i += 2) {
      String expected = lines.get(i + 1).substring("  -> ".length());
      cases.add(Arguments.of(lineEnds(lines.get(i)), lineEnds(expected)));
    }
    assertThat(cases).hasSizeGreaterThan(70);
    return cases.stream();
  }

  static Stream<String> harmless() throws IOException {
    return lines("harmless.txt").stream();
  }

  private static List<String> lines(String name) throws IOException {
    try (InputStream file = SecretTextTest.class.getResourceAsStream(name)) {
      return Arrays.asList(
          new String(file.readAllBytes(), StandardCharsets.UTF_8).stripTrailing().split("\n"));
    }
  }

  private static String lineEnds(String text) {
    return text.replace("⏎", "\r\n").replace("↵", "\n");
  }

  @Test
  void aDiffKeepsItsLines() {
    String diff =
        """
        @@ -1,2 +1,5 @@
         NAME=shop
        +-----BEGIN RSA PRIVATE KEY-----
        +MIIEpAIBAAKCAQEA7bq98TIhZkpSkF
        +-----END RSA PRIVATE KEY-----
        -DB_PASSWORD=old-one
        """;

    assertThat(secrets.redact(diff))
        .isEqualTo(
            """
            @@ -1,2 +1,5 @@
             NAME=shop
            +-----BEGIN RSA PRIVATE KEY-----
            +[secret]
            +-----END RSA PRIVATE KEY-----
            -DB_PASSWORD=[secret]
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "https://ci.test/run/7?view=results&page=2, https://ci.test/run/7?view=results&page=2",
    "https://ci.test/run?password=hunter2&view=a#top,"
        + " https://ci.test/run?password=[secret]&view=a#top",
    "https://ann:hunter2@ci.test/run?a=b@c, https://ci.test/run?a=b@c",
    "https://rs.test/v1/snapshots/1/har?artifactToken=a.b.c,"
        + " https://rs.test/v1/snapshots/1/har?artifactToken=a.b.c",
    "https://ci.test/?user%5Bpassword%5D=x&q=1, https://ci.test/?user%5Bpassword%5D=[secret]&q=1"
  })
  void aLinkGoesOnWorkingWithoutItsSecrets(String link, String expected) {
    assertThat(secrets.redactLink(link)).isEqualTo(expected);
  }

  @Test
  void aTreeLosesSecretsAndStaysATree() {
    Map<String, Object> tree =
        Map.of(
            "card", 4111111111111111L,
            "password", List.of("hunter2", 7),
            "deep", Map.of("apiKey", 12, "note", "mail ann@example.com", "count", 3));

    assertThat(secrets.redact(tree))
        .isEqualTo(
            Map.of(
                "card", "[card]",
                "password", List.of("[secret]", "[secret]"),
                "deep", Map.of("apiKey", "[secret]", "note", "mail [email]", "count", 3)));
  }

  /** Ten times the text may take some twenty times as long, never a hundred times. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization: ",
        "authorization: a=b ",
        "cookie: ",
        "cookie: a=b ",
        "\"password\":\"",
        "a=",
        "\\\"token\\\":",
        "\"a\" : ",
        "=\"",
        "password='\\",
        "token=f(",
        "token={",
        "password:[1,",
        "-----BEGIN PRIVATE KEY-----\n",
        "form-data; name=\"password\" ",
        "%5Bpassword%5D=",
        "[password]=",
        "<password>",
        "--password ",
        "token=\"${\\\"",
        "token: a|",
        "password: a.b ",
        "cookie: a="
      })
  void hostileTextTakesLinearTime(String pattern) {
    String hostile = pattern.repeat(1_000_000 / pattern.length());

    String clean =
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> secrets.redact(hostile));

    assertThat(clean.lines().count()).isEqualTo(hostile.lines().count());
  }
}
