package dev.retrospec.signatures.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTemplateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          No file /home/ci/a/data.json           | No file C:\\agent\\_work\\7\\data.json
          Cannot open file:///tmp/junit-42/x.db.sql | Cannot open /var/folders/zz/x.db.sql
          Expected shop.Cart@1b2c3d4e here        | Expected shop.Cart@77aa00ff here
          Timed out after 5000ms                  | Timed out after 12.5 s
          Timed out after 30 seconds              | Timed out after 1 minutes
          no answer within PT0.5S                 | no answer within PT1M30S
          started at 12:34:56.789                 | started at 01:02:03
          connect localhost:8080 refused          | connect localhost:35533 refused
          Order 17 of ann@example.com             | Order 9 of bob@example.org
          """)
  void whatBelongsToTheRunIsMasked(String one, String other) {
    assertThat(MessageTemplate.of(one)).isEqualTo(MessageTemplate.of(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          No file /home/ci/a/data.json | No file /home/ci/a/users.json
          POST /v1/orders failed       | POST /v1/carts failed
          HTTP 404                     | HTTP 500
          """)
  void whatTellsFailuresApartStays(String one, String other) {
    assertThat(MessageTemplate.of(one).text()).isNotEqualTo(MessageTemplate.of(other).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expected: <4> but was: <8>",
        "expected:<4> but was:<8>",
        "\nexpected: 4\n but was: 8",
        "expected 8 to be 4 // Object.is equality",
        "expected 8 to deeply equal 4",
        "expect(received).toBe(expected)\n\nExpected: 4\nReceived: 8",
        "assert 8 == 4",
        "8 != 4",
        "got 8, want 4",
        "Not equal: \nexpected: 4\nactual  : 8",
        "expected: 4\n     got: 8",
        "Expected: 4\n  Actual: 8",
        "Assert.Equal() Failure\nExpected: 4\nActual:   8",
        "Expected total to be 4, but found 8.",
        "assertion `left == right` failed\n  left: 8\n right: 4",
        "values differ\n\n- Expected\n+ Received\n\n- 4\n+ 8"
      })
  void comparedValuesAreCutOutInTheWordsOfEveryLibrary(String message) {
    MessageTemplate template = MessageTemplate.of(message);

    assertThat(template.difference().actual()).isEqualTo("8");
    assertThat(template.difference().expected()).isEqualTo("4");
    assertThat(template.text()).doesNotContain("4").doesNotContain("8");
  }

  @Test
  void valuesOfSeveralLinesStandBelowTheirLabel() {
    MessageTemplate template =
        MessageTemplate.of(
            """

            Expecting actual:
              ["a",
                  "b"]
            to contain exactly (and in same order):
              ["a"]
            but some elements were not expected:
              ["b"]
            """);

    assertThat(template.text())
        .isEqualTo(
            "Expecting actual: <value> to contain exactly (and in same order): <value> but some"
                + " elements were not expected: <value>");
    assertThat(template.difference()).isEqualTo(new Difference("[\"a\"]", "[\"a\", \"b\"]"));
  }

  @Test
  void valuesLoseWhatIsTheRunsAndKeepShortNumbers() {
    Difference difference =
        MessageTemplate.of(
                "expected: <3 of 550e8400-e29b-41d4-a716-446655440000> but was:"
                    + " <4 at 2026-01-02T03:04:05Z>")
            .difference();

    assertThat(difference).isEqualTo(new Difference("3 of <id>", "4 at <id>"));
  }

  @ParameterizedTest
  @ValueSource(ints = {199, 799, 999, 1_000, 1_022, 1_023, 1_024})
  void nothingIsEndlessOrEndsInHalfACharacter(int length) {
    String text = "a".repeat(length) + "😀".repeat(200);
    MessageTemplate sentence = MessageTemplate.of("a ".repeat(20) + "\n" + text);
    MessageTemplate values = MessageTemplate.of("expected: <" + text + "> but was: <" + text + ">");

    assertThat(sentence.text()).hasSizeLessThanOrEqualTo(TextMask.MAX_LENGTH);
    for (String part :
        new String[] {sentence.text(), values.text(), values.difference().actual()}) {
      assertThat(part.getBytes(StandardCharsets.UTF_8)).doesNotContain('?');
    }
  }
}
