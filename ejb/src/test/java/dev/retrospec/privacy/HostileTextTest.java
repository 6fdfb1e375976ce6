package dev.retrospec.privacy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that somebody made to keep the scrub busy. */
class HostileTextTest {

  private final Scrubber scrubber = new Scrubber();

  /** A megabyte made for one rule's worst case; back-tracking would take minutes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "@",
        "a@",
        "a@a.",
        "a.",
        "%40",
        "a%40",
        "1",
        "1 ",
        "123 ",
        "1234-",
        "+1",
        "+1 ",
        "(1",
        "01 ",
        "411 ",
        "eyJ",
        "eyJ.",
        "eyJaaaaaaaa.",
        ".eyJaaaaaaaa.eyJaaaaaaaa",
        "bearer ",
        "b",
        "bearer a",
        "token",
        "http://",
        "://",
        "://@",
        "https://a?",
        "https://a?a=",
        "?a=b&",
        "&",
        "#",
        "https://a/?#",
        "J",
        "k",
        "basic\t",
        "1.",
        "0.1",
        "a@1.",
        "http://a ",
        "\u0661",
        "\u200B1",
        "d:",
        "data:",
        ":",
        "DE89",
        "DE89 ",
        "de12 3456 ",
        "536-90-",
        "536 90 4399 ",
        "cvv 12",
        "exp 1/",
        "1.2.3.",
        "12.34.56.78.",
        "2001:",
        "2001::",
        "2001:db8:1:",
        "AKIA",
        "ghp_",
        "sk-",
        "sk-a1",
        "glpat-.",
        "hooks.slack.com/services/",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----a",
        "-",
        "&#64;",
        "a&#64;a.",
        "a'",
        "o'b@",
        "\u200B",
        "\uFF11",
        "\uD835\uDFCF",
        "phone 1",
        "00491",
        "/Xk29sLq0ZmPt7yBv4NcR8wE",
        ";a=",
        "password=",
        "\"password\":\"a\",",
        "<password>",
        "url(",
        "url('",
        "url(a?b=c)",
        "url(\\"
      })
  void takesTimeInProportionToTheLength(String unit) {
    String hostile = unit.repeat(1_000_000 / unit.length() + 1);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          scrubber.scrubText(hostile);
          scrubber.scrubUrl(hostile);
          scrubber.scrubUrl("https://a.example/?" + hostile);
          for (ScrubMode mode : ScrubMode.values()) {
            char[] chars = hostile.toCharArray();
            scrubber.newPass(mode).log(chars, 0, chars.length);
            scrubber.newPass(mode).style(chars, 0, chars.length);
          }
        });
  }
}
