package dev.retrospec.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.json.Json;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingRulesTest {

  private final TestDatabase database = TestDatabase.get();
  private final RecordingRules rules = rules(RecordingConfig.DEFAULT);
  private final ProjectId project =
      new Projects(database.jdbi(), Clock.systemUTC()).add("Shop", "shop.example").id();

  @Test
  void recordEverythingAtFirst() {
    assertThat(rules.inForce(project)).isEqualTo(RecorderRules.DEFAULT);
    assertThat(rules.lately(project)).isEqualTo(RecorderRules.DEFAULT);
  }

  @Test
  void growTheirVersionWithEachChange() {
    RecorderRules changed = rules.change(project, disabled(1));

    assertThat(changed).isEqualTo(disabled(2));
    assertThat(rules.of(project)).isEqualTo(changed);
  }

  @Test
  void stopRecordingsWithinSeconds() {
    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    SettableClock clock = new SettableClock(now);
    RecordingRules watched = new RecordingRules(database.jdbi(), clock, RecordingConfig.DEFAULT);
    assertThat(watched.lately(project).enabled()).isTrue();

    watched.change(project, disabled(1));
    clock.pass(RecordingRules.SWITCH_GRAIN);

    assertThat(watched.lately(project).enabled()).isFalse();
  }

  @Test
  void refuseAChangeThatHasNotSeenTheLastOne() {
    rules.change(project, disabled(1));

    assertThatThrownBy(() -> rules.change(project, disabled(1)))
        .isInstanceOf(ChangedMeanwhile.class);
  }

  @Test
  void giveTheOperatorTheLastWord() {
    rules.change(
        project,
        changed(
            1,
            "{'sampleRate':0.5,'policy':'ring','privacyLevel':'strict',"
                + "'privateSelectors':['.salary'],'excludedPages':['/admin/*']}"));
    RecordingRules operated = rules(new RecordingConfig(false, List.of(".iban", ".salary")));

    assertThat(operated.inForce(project).enabled()).isFalse();
    assertThat(operated.inForce(project).privateSelectors()).containsExactly(".salary", ".iban");
    assertThat(operated.lately(project).enabled()).isFalse();
  }

  @Test
  void areUnknownForAProjectThatIsNotThere() {
    assertThatThrownBy(() -> rules.inForce(ProjectId.mint())).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> rules.change(ProjectId.mint(), disabled(1)))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void areFoundAgainToTheLastField() {
    RecorderRules all =
        changed(
            1,
            """
            {'enabled':true,'sampleRate':0.5,'policy':'buffer','privacyLevel':'strict',
             'privateSelectors':['.a'],'blockedSelectors':['.b > c'],'excludedPages':['/x'],
             'minDurationMs':5000,'bufferAfterMs':30000,
             'triggers':{'match':'all','conditions':[
               {'type':'url','pattern':'/checkout/*'},{'type':'event','name':'paid'},
               {'type':'marker','kind':'ui_no_effect','subkind':'rage_click'},
               {'type':'user','property':'plan','value':'pro'}]},
             'rage':{'clicks':4,'radiusPx':20,'windowMs':700},'slowRequestMs':3000,
             'network':{'detailUrls':['https://api.shop.example/*']},'canvas':true,
             'respectDoNotTrack':true,'respectGlobalPrivacyControl':false}""");

    rules.change(project, all);

    assertThat(rules.of(project))
        .usingRecursiveComparison()
        .ignoringFields("version")
        .isEqualTo(all);
    assertThat(Json.write(rules.of(project)))
        .contains("\"match\":\"all\"", "{\"type\":\"event\",\"name\":\"paid\"}");
  }

  @Test
  void areChangedFieldByFieldAndTriggersAsAWhole() {
    RecorderRules triggered =
        changed(
            1, "{'rage':{'clicks':5},'triggers':{'conditions':[{'type':'url','pattern':'/a'}]}}");
    RulesChange untrigger = change("{'triggers':{'conditions':[]}}");

    assertThat(triggered.rage()).isEqualTo(new RecorderRules.Rage(5, 30, 1_000));
    assertThat(triggered.triggers().match()).isEqualTo("any");
    assertThat(change("{'canvas':true}").onto(triggered, 2).triggers())
        .isEqualTo(triggered.triggers());
    assertThat(untrigger.onto(triggered, 2).triggers()).isNull();
    assertThat(Json.write(RecorderRules.DEFAULT)).doesNotContain("triggers");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'sampleRate':1.5} | sampleRate must be 0 to 1",
        "{'policy':'always'} | policy must be one of",
        "{'blockedSelectors':['']} | an item of blockedSelectors must be",
        "{'excludedPages':['/a\\u0000b']} | an item of excludedPages must be",
        "{'network':{'detailUrls':[null]}} | an item of network.detailUrls must be",
        "{'minDurationMs':-1} | minDurationMs must be 0 to 3600000",
        "{'bufferAfterMs':3600001} | bufferAfterMs must be 0 to 3600000",
        "{'slowRequestMs':5} | slowRequestMs must be 100 to 3600000",
        "{'rage':{'clicks':1}} | rage.clicks must be 2 to 20",
        "{'rage':{'radiusPx':0}} | rage.radiusPx must be 1 to 1000",
        "{'rage':{'windowMs':1}} | rage.windowMs must be 100 to 60000",
        "{'triggers':{'match':'some','conditions':[{'type':'url','pattern':'/'}]}} | triggers.match",
        "{'triggers':{'conditions':[{'kind':'js_exception'}]}} | a condition's type must be",
        "{'triggers':{'conditions':[null]}} | triggers.conditions must hold objects",
      })
  void areRefusedWhenOneCannotBeMeant(String change, String why) {
    assertThatThrownBy(() -> changed(1, change))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining(why);
  }

  @Test
  void refuseConditionsThatCanNeverBeMet() {
    assertThatThrownBy(() -> condition("marker", null, "js_execption", null))
        .hasMessageContaining("the kind of a marker must be");
    assertThatThrownBy(() -> condition("url", null, null, null)).hasMessageContaining("pattern");
    assertThatThrownBy(() -> condition("url", "/a", "api_error", null))
        .hasMessageContaining("fields of another type");
    assertThatThrownBy(() -> condition("weather", "/a", null, null))
        .hasMessageContaining("type must be url, marker, event or user");
  }

  private static Triggers.Condition condition(
      String type, String pattern, String kind, String subkind) {
    return new Triggers.Condition(type, pattern, kind, subkind, null, null, null);
  }

  private static RecorderRules disabled(int version) {
    return changed(
        version,
        "{'enabled':false,'sampleRate':0.25,'policy':'buffer','privacyLevel':'minimal',"
            + "'privateSelectors':['[data-x]'],'excludedPages':['/a/*','/b']}");
  }

  private static RecorderRules changed(int version, String change) {
    return change(change).onto(RecorderRules.DEFAULT, version);
  }

  private static RulesChange change(String json) {
    return Json.read(json.replace('\'', '"'), RulesChange.class);
  }

  private RecordingRules rules(RecordingConfig config) {
    return new RecordingRules(database.jdbi(), Clock.systemUTC(), config);
  }
}
