package dev.retrospec.web.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.projects.RecorderRules;
import dev.retrospec.projects.Triggers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesFormTest {

  private final Map<String, String> fields =
      new HashMap<>(
          Map.ofEntries(
              Map.entry("enabled", "on"),
              Map.entry("samplePercent", "12,5"),
              Map.entry("policy", "ring"),
              Map.entry("privacyLevel", "strict"),
              Map.entry("privateSelectors", ".a\r\n\r\n .b > c "),
              Map.entry("minDurationS", "2.5"),
              Map.entry("bufferAfterS", "30"),
              Map.entry("match", "all"),
              Map.entry("rageClicks", "4"),
              Map.entry("rageRadiusPx", "20"),
              Map.entry("rageWindowS", "0.7"),
              Map.entry("slowRequestS", "3"),
              Map.entry("respectDoNotTrack", "on")));

  private RecorderRules read() {
    return RulesForm.read(name -> fields.getOrDefault(name, "")).onto(RecorderRules.DEFAULT, 7);
  }

  @Test
  void readsWhatPeopleWrite() {
    RecorderRules rules = read();

    assertThat(rules.version()).isEqualTo(7);
    assertThat(rules.sampleRate()).isEqualTo(0.125);
    assertThat(rules.privateSelectors()).containsExactly(".a", ".b > c");
    assertThat(rules.minDurationMs()).isEqualTo(2_500);
    assertThat(rules.rage()).isEqualTo(new RecorderRules.Rage(4, 20, 700));
    assertThat(rules.respectDoNotTrack()).isTrue();
    assertThat(rules.respectGlobalPrivacyControl()).as("a switch that is off").isFalse();
    assertThat(rules.triggers()).isNull();
  }

  @Test
  void showsConditionsAsTheyWereWritten() {
    String conditions =
        "url /checkout/*\nmarker api_error\nmarker ui_no_effect rage_click\n"
            + "event paid in full\nuser plan = pro\nuser \"a=b\" = c = d";
    fields.put("conditions", conditions);

    RecorderRules rules = read();

    assertThat(rules.triggers().conditions().get(5))
        .isEqualTo(new Triggers.Condition("user", null, null, null, null, "a=b", "c = d"));
    assertThat(rules.triggers().match()).isEqualTo("all");
    assertThat(RulesForm.conditions(rules)).isEqualTo(conditions);
  }

  @ParameterizedTest
  @CsvSource({"0.125, 12.5", "0.000001, 0.0001", "1, 100", "0, 0", "0.07, 7", "0.333, 33.3"})
  void aShareIsSavedAsItWasShown(double share, String shown) {
    assertThat(RulesForm.plain(share * 100)).isEqualTo(shown);
    fields.put("samplePercent", shown);
    assertThat(read().sampleRate()).isEqualTo(share);
  }

  @ParameterizedTest
  @CsvSource({
    "conditions, weather sunny, must begin with url",
    "conditions, url, needs pattern",
    "conditions, marker boom, kind of a marker",
    "conditions, user plan, needs value",
    "samplePercent, most, the share of visits must be a number",
    "samplePercent, 101, sampleRate must be 0 to 1",
    "rageClicks, 2.5, must be a whole number",
    "slowRequestS, NaN, must be a number"
  })
  void saysWhatItCannotRead(String field, String text, String why) {
    fields.put(field, text);

    assertThatThrownBy(this::read).isInstanceOf(InvalidRequest.class).hasMessageContaining(why);
  }
}
