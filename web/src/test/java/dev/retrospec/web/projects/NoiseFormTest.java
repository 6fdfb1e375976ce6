package dev.retrospec.web.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.issues.clustering.NoisePolicy;
import dev.retrospec.issues.clustering.NoiseRule;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseFormTest {

  private static final NoiseRule OURS = NoisePolicy.DEFAULTS.get(0);
  private static final NoiseRule CHAT =
      NoiseRule.told("chat-widget", "stack", "*chat.example/*", true);

  private final Map<String, String> fields = new HashMap<>();
  private final List<NoiseRule> held = new ArrayList<>(NoisePolicy.DEFAULTS);

  @BeforeEach
  void everyBoxIsTicked() {
    held.add(CHAT);
    held.forEach(rule -> fields.put("on-" + rule.name(), "on"));
  }

  @Test
  void formThatChangesNothingChangesNothing() {
    assertThat(read())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyElementsOf(
            held.stream()
                .map(rule -> new NoiseRule(rule.name(), rule.on(), rule.pattern(), true))
                .toList());
  }

  @Test
  void emptyBoxTurnsARuleOff() {
    fields.remove("on-" + OURS.name());

    assertThat(read().get(0).enabled()).isFalse();
    assertThat(read()).filteredOn(NoiseRule::enabled).hasSize(held.size() - 1);
  }

  @Test
  void ruleOfTheProjectCanBeTakenAwayAndOneOfOursCannot() {
    fields.put("remove", CHAT.name());
    assertThat(read())
        .extracting(NoiseRule::name)
        .doesNotContain(CHAT.name())
        .hasSize(held.size() - 1);

    fields.put("remove", OURS.name());
    assertThat(read()).extracting(NoiseRule::name).contains(OURS.name()).hasSize(held.size());
  }

  @Test
  void newRuleIsTheLastAndOn() {
    fields.putAll(Map.of("name", " banner ", "on", "message", "pattern", " *cookie banner* "));

    NoiseRule added = read().get(held.size());
    assertThat(added.name()).isEqualTo("banner");
    assertThat(added.on()).isEqualTo(NoiseRule.Subject.MESSAGE);
    assertThat(added.pattern()).isEqualTo("*cookie banner*");
    assertThat(added.enabled()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'', message, *x*",
    "x, message, ''",
    "x, elsewhere, *x*",
    "'a b?', message, *x*",
  })
  void ruleThatCannotBeIsRefusedWithWords(String name, String on, String pattern) {
    fields.putAll(Map.of("name", name, "on", on, "pattern", pattern));

    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidRequest.class)
        .satisfies(refused -> assertThat(refused.getMessage()).isNotBlank());
  }

  @Test
  void patternOfOneOfOursIsNotTheSendersToChange() {
    NoiseRule told = NoiseForm.rule(OURS.name(), "type", "*", false);

    assertThat(told.pattern()).isEqualTo(OURS.pattern());
    assertThat(told.on()).isEqualTo(OURS.on());
    assertThat(told.enabled()).isFalse();
    assertThat(NoiseForm.rule(OURS.name(), null, null, null).enabled()).isTrue();
  }

  private List<NoiseRule> read() {
    return NoiseForm.read(held, name -> fields.getOrDefault(name, ""));
  }
}
