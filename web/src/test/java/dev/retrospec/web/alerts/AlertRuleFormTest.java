package dev.retrospec.web.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.alerts.AlertChannelKind;
import dev.retrospec.alerts.AlertChannelView;
import dev.retrospec.alerts.AlertRuleView;
import dev.retrospec.alerts.ChannelDraft;
import dev.retrospec.alerts.RuleDraft;
import dev.retrospec.alerts.rules.GroupBy;
import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.alerts.rules.RuleSettings;
import dev.retrospec.alerts.rules.Threshold;
import dev.retrospec.ids.AlertChannelId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.web.http.Json;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertRuleFormTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final Map<String, String> sent = new HashMap<>(Map.of("name", "On call"));

  AlertRuleFormTest() {
    sent.put("enabled", "on");
    sent.put("groupBy", "kind");
    sent.put("cooldownMinutes", "30");
    sent.put("new_issue", "on");
    sent.put("webhookOn", "on");
    sent.put("webhookUrl", "https://hooks.test/a");
  }

  @Test
  void aHeaderStaysUnlessItIsReplacedOrTakenAway() {
    assertThat(read(null).channels().get(0).authorization()).isNull();
    sent.put("removeAuthorization", "on");
    assertThat(read(null).channels().get(0).authorization()).isEmpty();
    sent.put("webhookAuthorization", "Bearer y");
    assertThat(read(null).channels().get(0).authorization()).isEqualTo("Bearer y");
  }

  @Test
  void readsEverythingThatTheFormHas() {
    sent.put("threshold", "on");
    sent.put("thresholdMeasure", "users");
    sent.put("thresholdCount", "5");
    sent.put("thresholdMinutes", "15");
    sent.put("js_exception", "on");
    sent.put("routePrefix", "/checkout");
    sent.put("minUsers", "3");
    sent.put("minConfidence", "0,7");
    sent.put("timeZone", "Europe/Berlin");
    sent.put("quiet", "mon-fri 22:00-07:00\nsat,sun 00:00 - 00:00\n");
    sent.put("emailOn", "on");
    sent.put("recipients", "ada@example.com, bob@example.com");

    RuleDraft draft = read(null);

    RuleSettings settings = draft.settings();
    assertThat(settings.events()).containsOnly(RuleEvent.NEW_ISSUE, RuleEvent.THRESHOLD);
    assertThat(settings.threshold()).isEqualTo(new Threshold(Threshold.Measure.USERS, 5, 15));
    assertThat(settings.filter().kinds()).containsExactly(MarkerKind.JS_EXCEPTION);
    assertThat(settings.filter().minUsers()).isEqualTo(3);
    assertThat(settings.filter().minConfidence()).isEqualTo(0.7);
    assertThat(settings.groupBy()).isEqualTo(GroupBy.KIND);
    assertThat(settings.quietHours().periods()).hasSize(2);
    assertThat(settings.quietHours().periods().get(0).days())
        .doesNotContain(DayOfWeek.SATURDAY)
        .hasSize(5);
    assertThat(AlertRuleForm.lines(settings.quietHours()))
        .isEqualTo("mon-fri 22:00-07:00\nsat-sun 00:00-00:00");
    assertThat(draft.channels())
        .extracting(ChannelDraft::kind)
        .containsExactly(AlertChannelKind.WEBHOOK, AlertChannelKind.EMAIL);
    assertThat(draft.channels().get(1).recipients())
        .containsExactly("ada@example.com", "bob@example.com");
  }

  @Test
  void whatIsLeftEmptyStaysAndWhatTheFormHasNoPlaceForStaysToo() {
    sent.put("webhookUrl", "");
    AlertRuleView stored = stored("channel_1", "channel_2");

    RuleDraft draft = read(stored);

    assertThat(draft.channels())
        .extracting(ChannelDraft::id)
        .containsExactly(new AlertChannelId("channel_1"), new AlertChannelId("channel_2"));
    assertThat(draft.channels().get(0).url()).isNull();
  }

  @Test
  void aSwitchThatIsOffTakesItsChannelAway() {
    sent.remove("webhookOn");
    sent.put("slackOn", "on");
    sent.put("slackUrl", "https://hooks.slack.test/x");

    assertThat(read(stored("channel_1")).channels())
        .extracting(ChannelDraft::kind)
        .containsExactly(AlertChannelKind.SLACK);
  }

  @Test
  void saysWhichLineItCannotRead() {
    sent.put("quiet", "weekends");
    assertThatThrownBy(() -> read(null))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("“weekends”");
    sent.put("quiet", "mon-fry 22:00-07:00");
    assertThatThrownBy(() -> read(null)).hasMessageContaining("days");
    sent.put("quiet", "");
    sent.put("minUsers", "many");
    assertThatThrownBy(() -> read(null)).hasMessageContaining("users must be a number");
  }

  @Test
  void aBodyIsReadAsTheDocumentationShowsIt() throws Exception {
    RuleBody body =
        Json.mapper()
            .readValue(
                """
                {"name": "On call", "events": ["new_issue", "threshold"],
                 "threshold": {"measure": "users", "count": 5, "windowMinutes": 10},
                 "filter": {"kinds": ["js_exception"], "environment": "production"},
                 "groupBy": "route", "cooldownMinutes": 30,
                 "quietHours": {"timeZone": "Europe/Berlin",
                   "periods": [{"days": ["mon", "friday"], "from": "22:00", "until": "07:00"}]},
                 "channels": [{"kind": "slack", "token": "xoxb", "slackChannel": "C1"}]}
                """,
                RuleBody.class);

    RuleDraft draft = body.draft();

    assertThat(draft.enabled()).isTrue();
    assertThat(draft.settings().quietHours().periods().get(0).days())
        .containsOnly(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    assertThat(draft.toString()).doesNotContain("xoxb");
  }

  @Test
  void aRuleIsShownFlatAndWithoutSecrets() {
    JsonNode shown = Json.mapper().valueToTree(stored("channel_1"));

    assertThat(shown.at("/events/0").asText()).isEqualTo("new_issue");
    assertThat(shown.at("/cooldownMinutes").asInt()).isEqualTo(60);
    assertThat(shown.at("/channels/0/host").asText()).isEqualTo("hooks.test");
    assertThat(shown.has("settings")).isFalse();
  }

  private RuleDraft read(AlertRuleView stored) {
    return AlertRuleForm.read(name -> sent.getOrDefault(name, ""), stored);
  }

  private static AlertRuleView stored(String... hooks) {
    return new AlertRuleView(
        new AlertRuleId("rule_1"),
        "On call",
        true,
        RuleSettings.of(RuleEvent.NEW_ISSUE),
        List.of(hooks).stream()
            .map(
                id ->
                    new AlertChannelView(
                        new AlertChannelId(id), AlertChannelKind.WEBHOOK, "hooks.test", null, null))
            .toList(),
        1,
        NOW,
        NOW);
  }
}
