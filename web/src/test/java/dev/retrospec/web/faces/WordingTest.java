package dev.retrospec.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");

  private final Wording say = new Wording(Clock.fixed(NOW, ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource({
    "PT30S, just now",
    "PT5M, 5 min ago",
    "PT59M59S, 59 min ago",
    "PT1H, 1 h ago",
    "PT47H, 47 h ago",
    "PT48H, 2 days ago",
    "P31D, 31 days ago",
    "P32D, 31 Jan 2026",
    "PT-10S, in a moment",
    "PT-4H, in 4 h"
  })
  void tellsHowLongAgo(Duration before, String words) {
    assertThat(say.ago(NOW.minus(before))).isEqualTo(words);
  }

  @Test
  void tellsThatSomethingNeverWas() {
    assertThat(say.ago(null)).isEqualTo("never");
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "7900, 0:07", "750000, 12:30", "3723000, 1:02:03", "-5, 0:00"})
  void showsAReplaysClock(long ms, String words) {
    assertThat(say.clock(ms)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "850, 850 ms",
    "42000, 42 s",
    "185000, 3 min 5 s",
    "180000, 3 min",
    "4800000, 1 h 20 min"
  })
  void tellsALength(long ms, String words) {
    assertThat(say.length(ms)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"1, 1 session", "0, 0 sessions", "1234, '1,234 sessions'"})
  void countsInWords(long count, String words) {
    assertThat(say.count(count, "session")).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"5, 3, 2 more than", "3, 5, 2 fewer than", "4, 4, same as"})
  void comparesWithTheDayBefore(long now, long before, String words) {
    assertThat(say.change(now, before)).isEqualTo(words);
  }

  @Test
  void namesAVisitorAsWellAsIsKnown() {
    assertThat(say.visitor("ada", "a-1")).isEqualTo("ada");
    assertThat(say.visitor(null, "a-1")).isEqualTo("Anonymous a-1");
    assertThat(say.visitor(null, null)).isEqualTo("Unknown visitor");
  }

  @ParameterizedTest
  @CsvSource({"Chrome, Windows, Chrome on Windows", "Chrome, , Chrome", ", iOS, iOS", ", , ''"})
  void tellsBrowserAndSystemAsFarAsTheyAreKnown(String browser, String system, String words) {
    assertThat(say.software(browser, system)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"analysis_json, Analysis (JSON)", "replay_video, Video"})
  void namesWhatWasMadeOfASession(String type, String words) {
    assertThat(say.artifact(type)).isEqualTo(words);
  }

  @Test
  void showsWhatATerminalWouldWithoutItsColours() {
    assertThat(say.plain("\u001b[31mexpected\u001b[39m \u001b]8;;http://a\u0007x\u0000\n\ty"))
        .isEqualTo("expected x\n\ty");
    assertThat(say.line("\n  \u001b[1mboom\u001b[0m  \n at a")).isEqualTo("boom");
    assertThat(say.line("x".repeat(1_000))).hasSizeLessThan(300).endsWith("…");
  }

  @Test
  void followsOnlyAddressesThatLeadSomewhere() {
    assertThat(say.leads("https://ci.example/jobs/1")).isTrue();
    assertThat(say.leads("javascript:alert(1)")).isFalse();
    assertThat(say.leads("https://a.example/ x")).isFalse();
    assertThat(say.leads(null)).isFalse();
  }
}
