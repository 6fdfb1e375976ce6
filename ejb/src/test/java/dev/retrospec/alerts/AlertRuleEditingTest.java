package dev.retrospec.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.alerts.rules.RuleSettings;
import dev.retrospec.ids.AlertChannelId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.notifications.NotificationConfig;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.json.Json;
import dev.retrospec.recordings.MasterKeys;
import dev.retrospec.recordings.StoredSecrets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertRuleEditingTest {

  private static final RuleSettings NEW_ISSUES = RuleSettings.of(RuleEvent.NEW_ISSUE);

  private final AlertOffice office =
      new AlertOffice("SMTP_HOST", "mail.test", "NOTIFICATION_EMAILS", "team@example.com");

  @Test
  void aHooksSecretIsToldOnceAndNothingSecretIsStoredInTheClear() {
    SavedRule saved = office.rule(NEW_ISSUES, AlertOffice.hook("https://hooks.test/s3cret-path"));

    AlertChannelId channel = saved.rule().channels().get(0).id();
    assertThat(saved.newSecrets().get(channel)).startsWith("whsec_").hasSizeGreaterThan(40);
    assertThat(saved.toString()).doesNotContain("whsec_");
    String shown = Json.write(office.rules.of(office.project));
    String stored =
        office
            .shop
            .rows("select * from alert_rule where project_id = ?", office.project)
            .toString();
    assertThat(shown + stored).doesNotContain("whsec_", "s3cret-path");
    assertThat(shown).contains("hooks.test");
  }

  @Test
  void whatIsNotGivenStaysAsItIs() {
    SavedRule saved =
        office.rule(
            NEW_ISSUES,
            new ChannelDraft(
                null,
                AlertChannelKind.WEBHOOK,
                "https://hooks.test/a",
                "Bearer x",
                "sixteen-characters-or-more",
                null,
                null,
                null,
                null),
            AlertOffice.bot("#alerts"));
    assertThat(saved.newSecrets()).isEmpty();
    ChannelSecrets before = secrets(saved, 0);

    SavedRule changed =
        change(
            saved,
            keeping(saved.rule().channels().get(0).id(), null, null),
            keeping(saved.rule().channels().get(1).id(), null, null));

    assertThat(secrets(changed, 0)).isEqualTo(before);
    assertThat(secrets(changed, 1).token()).isEqualTo("xoxb-token");
    assertThat(changed.rule().version()).isEqualTo(2);
  }

  @Test
  void aRotatedSecretSignsBesideTheOldOneForADay() {
    SavedRule saved = office.rule(NEW_ISSUES, AlertOffice.hook("https://hooks.test/a"));
    String old = saved.newSecrets().values().iterator().next();

    SavedRule rotated = change(saved, keeping(saved.rule().channels().get(0).id(), null, true));

    String now = rotated.newSecrets().values().iterator().next();
    assertThat(signingKeys(rotated)).containsExactly(now, old);
    office.shop.clock.pass(Duration.ofHours(24));
    assertThat(signingKeys(rotated)).containsExactly(now);
  }

  @Test
  void anAddressOnAnotherServerDoesNotGetTheOldOnesHeader() {
    SavedRule saved =
        office.rule(
            NEW_ISSUES,
            new ChannelDraft(
                null,
                AlertChannelKind.WEBHOOK,
                "https://hooks.test/a",
                "Bearer x",
                null,
                null,
                null,
                null,
                null));

    SavedRule moved =
        change(
            saved, keeping(saved.rule().channels().get(0).id(), "https://elsewhere.test/", null));

    assertThat(secrets(moved, 0).authorization()).isNull();
  }

  @Test
  void twoPeopleDoNotOverwriteEachOther() {
    SavedRule saved = office.rule(NEW_ISSUES, AlertOffice.hook("https://hooks.test/a"));
    change(saved, keeping(saved.rule().channels().get(0).id(), null, null));

    assertThatThrownBy(
            () -> change(saved, keeping(saved.rule().channels().get(0).id(), null, null)))
        .isInstanceOf(ChangedMeanwhile.class);
  }

  @Test
  void anotherProjectsRuleIsNotThere() {
    SavedRule saved = office.rule(NEW_ISSUES, AlertOffice.hook("https://hooks.test/a"));
    AlertOffice other = new AlertOffice();

    assertThatThrownBy(
            () ->
                other.shop.database.inTransaction(
                    () -> other.editing.remove(other.project, saved.rule().id(), null)))
        .isInstanceOf(NotFound.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://hooks.test/a",
        "https://ada:hunter2@hooks.test/",
        "https://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data",
        "https://[fd00::1]/",
        "hooks.test",
        "https:///x"
      })
  void addressesThatNobodyShouldBeSentToAreRefused(String url) {
    assertThatThrownBy(() -> office.rule(NEW_ISSUES, AlertOffice.hook(url)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("url")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void inProductionOnlyHttpsAndOnlyKnownDomains() {
    AlertOffice production =
        new AlertOffice(
            "RETROSPEC_MODE", "production",
            "SMTP_HOST", "mail.test",
            "NOTIFICATION_EMAILS", "team@example.com");

    assertThatThrownBy(() -> production.rule(NEW_ISSUES, AlertOffice.hook("http://hooks.test/a")))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> production.rule(NEW_ISSUES, AlertOffice.hook("https://127.0.0.1/")))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> production.rule(NEW_ISSUES, AlertOffice.letters("eve@elsewhere.test")))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("NOTIFICATION_EMAIL_DOMAINS");
    assertThat(
            production.rule(NEW_ISSUES, AlertOffice.letters("ada@example.com")).rule().channels())
        .extracting(AlertChannelView::place)
        .containsExactly("ada@example.com");
  }

  @Test
  void aChannelThatLacksSomethingIsRefusedByName() {
    assertThatThrownBy(
            () -> office.rule(NEW_ISSUES, AlertOffice.posting(AlertChannelKind.TEAMS, " ")))
        .hasMessageContaining("needs a url");
    assertThatThrownBy(
            () ->
                office.rule(
                    NEW_ISSUES,
                    new ChannelDraft(
                        null, AlertChannelKind.SLACK, null, null, null, null, "xoxb", null, null)))
        .hasMessageContaining("token and slackChannel");
    assertThatThrownBy(() -> office.rule(NEW_ISSUES, AlertOffice.letters("no address")))
        .hasMessageContaining("e-mail addresses");
    assertThatThrownBy(() -> office.rule(NEW_ISSUES)).hasMessageContaining("channels");
  }

  @Test
  void whatNoKnownKeyOpensIsReplacedByANewAddressAndElseAskedFor() {
    SavedRule saved = office.rule(NEW_ISSUES, AlertOffice.hook("https://hooks.test/a"));
    AlertChannelId channel = saved.rule().channels().get(0).id();
    AlertRuleEditing editing = editing("t9:" + "C".repeat(43) + "=");

    assertThatThrownBy(() -> change(editing, saved, keeping(channel, null, null)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("the webhook channel cannot be read any more");
    SavedRule changed = change(editing, saved, keeping(channel, "https://hooks.test/b", null));

    assertThat(changed.newSecrets().get(channel)).startsWith("whsec_");
  }

  @Test
  void aSecretThatNoKnownKeyOpensKeepsNoOtherFromBeingSealedAnew() {
    SavedRule lost = office.rule(NEW_ISSUES, AlertOffice.hook("https://hooks.test/lost"));
    SavedRule half =
        office.rule(NEW_ISSUES, AlertOffice.hook("https://hooks.test/a"), AlertOffice.bot("#a"));
    SavedRule whole = office.rule(NEW_ISSUES, AlertOffice.bot("#b"));
    breakSeal(lost.rule().channels().get(0).id());
    breakSeal(half.rule().channels().get(0).id());
    String both = "t2:" + "B".repeat(43) + "=, t1:" + "A".repeat(43) + "=";
    AlertRuleEditing editing = editing(both);

    new RuleResealing(office.rules, editing).resealOutdated();

    assertThat(sealedBy(half)).containsExactly("t1", "t2");
    assertThat(sealedBy(whole)).containsExactly("t2");
    RuleChannel bot = stored(whole).channels().get(0);
    assertThat(
            ChannelSecrets.open(
                    new StoredSecrets(MasterKeys.parse(both)),
                    office.project,
                    bot.id(),
                    bot.sealed())
                .token())
        .isEqualTo("xoxb-token");
  }

  /** With its use cases in transactions of their own, as the container has it. */
  private AlertRuleEditing editing(String masterKeys) {
    return new AlertRuleEditing(
        office.rules,
        office.events,
        new StoredSecrets(MasterKeys.parse(masterKeys)),
        office.config,
        NotificationConfig.from(Settings.of(name -> Optional.empty())),
        office.shop.clock) {
      @Override
      public boolean reseal(ProjectId project, AlertRuleId id) {
        return office.shop.inTransaction(() -> super.reseal(project, id));
      }
    };
  }

  private void breakSeal(AlertChannelId channel) {
    office.shop.jdbi.useHandle(
        handle ->
            handle.execute(
                """
                update alert_rule set channels = (
                  select jsonb_agg(case when c ->> 'id' = ?
                    then jsonb_set(c, '{sealed}', '"t1:AAAA"') else c end)
                  from jsonb_array_elements(channels) c)
                where project_id = ?
                """,
                channel,
                office.project));
  }

  private AlertRule stored(SavedRule saved) {
    return office.rules.find(office.project, saved.rule().id()).orElseThrow();
  }

  private List<String> sealedBy(SavedRule saved) {
    return stored(saved).channels().stream().map(one -> one.sealed().split(":")[0]).toList();
  }

  private SavedRule change(AlertRuleEditing editing, SavedRule saved, ChannelDraft... channels) {
    RuleDraft draft = new RuleDraft("On call", true, NEW_ISSUES, List.of(channels));
    return office.shop.inTransaction(
        () -> editing.change(office.project, saved.rule().id(), draft, saved.rule().version()));
  }

  private SavedRule change(SavedRule saved, ChannelDraft... channels) {
    AlertRuleId id = saved.rule().id();
    RuleDraft draft = new RuleDraft("On call", true, NEW_ISSUES, List.of(channels));
    return office.shop.inTransaction(
        () -> office.editing.change(office.project, id, draft, saved.rule().version()));
  }

  private static ChannelDraft keeping(
      AlertChannelId id, @Nullable String url, @Nullable Boolean rotate) {
    return new ChannelDraft(id, null, url, null, null, rotate, null, null, null);
  }

  private ChannelSecrets secrets(SavedRule saved, int channel) {
    RuleChannel stored =
        office.rules.find(office.project, saved.rule().id()).orElseThrow().channels().get(channel);
    return ChannelSecrets.open(office.secrets, office.project, stored.id(), stored.sealed());
  }

  private List<String> signingKeys(SavedRule saved) {
    office.shop.inTransaction(() -> office.tests.test(office.project, saved.rule().id()));
    AlertDeliveryView last = office.told().get(office.told().size() - 1);
    OutgoingAlert alert = office.delivery.prepare(office.project, last.id(), 0).orElseThrow();
    return ((AlertTarget.Server) alert.target()).signingKeys();
  }
}
