package dev.retrospec.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.privacy.LabelledTexts.Labelled;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of what is private goes, counted in characters that are left, and how much of what only
 * looks like it stays.
 */
class ScrubRecallTest {

  private static final Logger LOG = LoggerFactory.getLogger(ScrubRecallTest.class);

  private static final int EXAMPLES = 4_000;

  private final Scrubber scrubber = new Scrubber();

  private String scrubbed(ScrubMode mode, String text) {
    ScrubPass pass = scrubber.newPass(mode);
    char[] chars = text.toCharArray();
    return pass.text(chars, 0, chars.length) ? new String(pass.buffer(), 0, pass.length()) : text;
  }

  /** Characters of the value that are still there, at its end or its beginning. */
  private static int left(Labelled labelled, ScrubRule rule, ScrubMode mode, String after) {
    String tag = rule == ScrubRule.IP && mode == ScrubMode.BALANCED ? ".0" : rule.tag();
    if (after.equals(labelled.before() + rule.tag() + labelled.after())) {
      return 0;
    }
    if (after.contains(labelled.value())) {
      return labelled.value().length();
    }
    int longest = 0;
    for (int from = 0; from < labelled.value().length(); from++) {
      int to = from + longest + 1;
      while (to <= labelled.value().length()
          && after.replace(tag, "\n").contains(labelled.value().substring(from, to))) {
        longest = to++ - from;
      }
    }
    boolean networkOnly = rule == ScrubRule.IP && mode == ScrubMode.BALANCED;
    return longest < 4 || networkOnly ? 0 : longest;
  }

  @ParameterizedTest
  @CsvSource({
    "CARD, 0.98, 0.98",
    "IBAN, 0.98, 0.98",
    "EMAIL, 0.98, 0.98",
    "JWT, 0.98, 0.98",
    "KNOWN_SECRET, 0.98, 0.98",
    "PHONE, 0.95, 0.98",
    "SSN, 0.95, 0.98",
    "IP, 0.95, 0.98",
    "CVV, 0.98, 0.98",
    "EXPIRY, 0.98, 0.98"
  })
  void findsWhatIsPrivateAndLittleElse(ScrubRule rule, double leastRecall, double leastPrecision) {
    for (ScrubMode mode : ScrubMode.values()) {
      LabelledTexts texts = new LabelledTexts(rule.ordinal());
      long characters = 0;
      long left = 0;
      int found = 0;
      int wrong = 0;
      for (int i = 0; i < EXAMPLES; i++) {
        Labelled secret = texts.secret(rule);
        String after = scrubbed(mode, secret.text());
        int remains = left(secret, rule, mode, after);
        characters += secret.value().length();
        left += remains;
        found += remains == 0 ? 1 : 0;
        Labelled harmless = texts.lookAlike(rule);
        wrong += scrubbed(mode, harmless.text()).equals(harmless.text()) ? 0 : 1;
      }
      double recall = 1 - (double) left / characters;
      double precision = (double) found / (found + wrong);
      LOG.info(
          "{} {}: recall {}, precision {}",
          rule,
          mode,
          String.format(Locale.ROOT, "%.4f", recall),
          String.format(Locale.ROOT, "%.4f", precision));
      assertThat(recall)
          .as("%s recall of %s in characters", mode, rule)
          .isGreaterThanOrEqualTo(mode == ScrubMode.STRICT ? 0.995 : leastRecall);
      if (mode == ScrubMode.BALANCED) {
        assertThat(precision).as("precision of %s", rule).isGreaterThanOrEqualTo(leastPrecision);
      }
    }
  }
}
