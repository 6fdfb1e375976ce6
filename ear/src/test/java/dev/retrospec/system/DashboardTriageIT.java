package dev.retrospec.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.retrospec.system.Dashboard.button;
import static dev.retrospec.system.Dashboard.heading;
import static dev.retrospec.system.Dashboard.issue;
import static dev.retrospec.system.Dashboard.named;
import static dev.retrospec.system.Dashboard.tab;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may decide about an issue, and that decisions are neither lost nor overwritten. */
@ExtendWith({RunningRetroSpec.class, Chromium.class})
class DashboardTriageIT {

  private Dashboard dashboard;

  @BeforeEach
  void aShopWithAWeekOfVisits(RetroSpec running) throws SQLException {
    dashboard = Dashboard.withAWeekOfVisits(running);
  }

  @Test
  void aViewerLooksAndDoesNotChange(Page page) {
    dashboard.open(page, dashboard.viewer(), "/admin/issues");
    assertThat(page.getByRole(AriaRole.BUTTON, named("Resolve"))).hasCount(0);

    page.navigate(dashboard.address("/admin/issues/v1-pay-502"));
    assertThat(page.getByText("Your role may look, not change.")).isVisible();

    page.navigate(dashboard.address("/admin/projects/" + dashboard.project()));
    assertThat(button(page, "Create key")).hasCount(0);
  }

  @Test
  void aChangeThatAViewerSendsByHandIsForbidden(Page page) {
    dashboard.open(page, dashboard.viewer(), "/admin/issues");
    String state = page.locator("input[name='jakarta.faces.ViewState']").first().inputValue();

    APIResponse answer =
        page.request()
            .post(
                dashboard.address("/admin/issues"),
                RequestOptions.create()
                    .setForm(
                        com.microsoft.playwright.options.FormData.create()
                            .set("triage", "triage")
                            .set("triage_SUBMIT", "1")
                            .set("jakarta.faces.ViewState", state)
                            .set("change", "v1-pay-502~0~open~resolved")));

    assertThat(answer.status()).isEqualTo(403);
    page.navigate(dashboard.address("/admin/issues"));
    assertThat(issue(page, "POST /api/pay answers 502")).isVisible();
  }

  @Test
  void aFormThatIsTooOldChangesNothingAndSaysSo(Page page) {
    dashboard.open(page, dashboard.developer(), "/admin/issues");

    assertThat(issue(page, "POST /api/pay answers 502")).isVisible();
    page.evaluate("document.querySelector(\"[name='jakarta.faces.ViewState']\").value = '1:2'");
    page.getByRole(AriaRole.BUTTON, named("Resolve: POST /api/pay answers 502")).click();

    assertThat(heading(page, "You were away for a while")).isVisible();
    page.navigate(dashboard.address("/admin/issues"));
    assertThat(issue(page, "POST /api/pay answers 502")).isVisible();
  }

  @Test
  void resolvesFromTheListAndTakesItBack(Page page) {
    dashboard.open(page, dashboard.developer(), "/admin/issues");

    page.getByRole(AriaRole.BUTTON, named("Resolve: POST /api/pay answers 502")).click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The issue is resolved.");
    assertThat(issue(page, "POST /api/pay answers 502")).hasCount(0);
    assertThat(tab(page, "Resolved")).containsText("2");

    button(page, "Undo").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The issue is open.");
    assertThat(issue(page, "POST /api/pay answers 502")).isVisible();
  }

  @Test
  void decidesStateAssigneeAndNoteInOneStep(Page page) {
    dashboard.open(page, dashboard.developer(), "/admin/issues/v1-pay-502");

    page.getByLabel("Assignee").fill("ada");
    page.getByLabel("Note").fill("The proxy gives up after 30 s");
    button(page, "Acknowledge").click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The issue is acknowledged.");
    assertThat(page.getByLabel("Assignee")).hasValue("ada");
    assertThat(page.getByLabel("Note")).hasValue("The proxy gives up after 30 s");
    assertThat(page).hasURL(Pattern.compile(".*/admin/issues/v1-pay-502.*"));
  }

  /**
   * What the page shows of sessions and hours takes thousands of rows; a click shows none of it.
   */
  @Test
  void aClickWaitsForNothingThatThePageShows(Page page, RetroSpec running) throws SQLException {
    dashboard.open(page, dashboard.developer(), "/admin/issues/v1-pay-502");
    String form =
        (String)
            page.locator("#triage")
                .evaluate("form => new URLSearchParams(new FormData(form)).toString()");
    List<APIResponse> answers = new ArrayList<>();

    try (Database database = new Database(running)) {
      database.alone(
          "cluster_hour, session_event",
          () ->
              answers.add(
                  page.request()
                      .post(
                          page.url(),
                          RequestOptions.create()
                              .setHeader("Content-Type", "application/x-www-form-urlencoded")
                              .setData(form + "&to=acknowledged")
                              .setMaxRedirects(0))));
    }

    assertThat(answers.get(0).status()).isEqualTo(302);
    page.reload();
    assertThat(page.locator(".page-head .pill").first()).hasText("Acknowledged");
  }

  @Test
  void theRestOfTheActivityIsOfferedOnce(Page page, RetroSpec running) throws SQLException {
    try (Database database = new Database(running)) {
      database.rows(
          "insert into issue_activity"
              + " (project_id, cluster_key, at, actor_kind, actor, kind, what)"
              + " select ?, 'v1-pay-502', now(), 'user', 'ada', 'note', 'wrote note ' || n"
              + " from generate_series(1, 250) n returning 1",
          dashboard.project());
    }
    dashboard.open(page, dashboard.developer(), "/admin/issues/v1-pay-502");
    assertThat(page.locator(".activity li")).hasCount(12);

    page.locator("#activity").getByText("Show up to 200").click();

    assertThat(page.locator(".activity li")).hasCount(200);
    assertThat(page.locator("#activity a")).hasCount(0);
  }

  @Test
  void mutesForAWindow(Page page) {
    dashboard.open(page, dashboard.developer(), "/admin/issues/v1-pay-502");

    page.getByLabel("Mute until").selectOption("P7D");
    button(page, "Mute").click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("muted until");
    assertThat(page.getByText("ends in 6 days")).isVisible();
  }

  @Test
  void tellsOnThePageAndByTheApiWhoDidWhat(Page page) {
    dashboard.open(page, dashboard.developer(), "/admin/issues/v1-pay-502");

    page.getByLabel("Fixed in release").fill("2.4.1");
    page.getByLabel("Note").fill("The proxy gave up after 30 s");
    button(page, "Resolve").click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The issue is resolved in 2.4.1.");
    assertThat(page.locator(".activity li").first()).containsText("wrote");
    assertThat(page.locator(".activity")).containsText("resolved it in 2.4.1");
    APIResponse answer =
        page.request()
            .get(
                dashboard.address("/v1/issues/v1-pay-502/activity?project=" + dashboard.project()));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("\"what\":\"resolved it in 2.4.1\"", "\"actorKind\":\"user\"");

    page.getByLabel("Mute until").selectOption("sessions:10");
    button(page, "Mute").click();
    assertThat(page.getByText("ends after 10 more sessions")).isVisible();
    button(page, "Save assignee and note only").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Assignee and note are saved.");
    assertThat(page.getByText("ends after 10 more sessions")).isVisible();
  }

  @Test
  void mergesFromTheListOnceAndTakesItBackOnTheIssuesPage(Page page) throws SQLException {
    try (StoredShop shop = dashboard.shop()) {
      shop.write(
          "update error_marker set fingerprint = cluster_key where project_id = ?",
          dashboard.project());
    }
    dashboard.open(page, dashboard.developer(), "/admin/issues");
    page.getByLabel("Choose: The form refuses the postcode").check();
    page.getByLabel("Choose: POST /api/pay answers 502").check();
    assertThat(page.getByText("2 issues chosen")).isVisible();
    button(page, "Merge…").click();

    assertThat(page.getByText("Together: 22 sessions")).isVisible();
    assertThat(page.getByLabel("POST /api/pay answers 502", exactly())).isChecked();
    assertThat(issueCount(page)).isEqualTo(6);
    page.getByLabel("Why they are one").fill("One proxy");
    button(page, "Merge 2 issues").click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Merged.");
    assertThat(page).hasURL(Pattern.compile(".*/admin/issues/v1-pay-502.*"));
    assertThat(page.locator(".figures")).containsText("22");
    page.goBack();
    page.reload();
    assertThat(page.getByText("is part of")).isVisible();
    assertThat(page.getByText("One issue so far")).isVisible();
    assertThat(issueCount(page)).isEqualTo(5);

    page.navigate(dashboard.address("/admin/issues/v1-postcode"));
    assertThat(page.locator("#made-of")).containsText("One proxy");
    page.onDialog(dialog -> dialog.accept());
    page.locator("#made-of").getByText("Not the same").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("It is an issue of its own");
    assertThat(issueCount(page)).isEqualTo(6);
  }

  @Test
  void splitsTickedSessionsOffIntoAnIssueOfTheirOwn(Page page) throws SQLException {
    dashboard.open(page, dashboard.developer(), "/admin/issues/v1-pay-502");
    Locator picks = page.locator("input[name='session']");
    int sessions = Integer.parseInt(page.locator(".figure-value").first().innerText());
    picks.nth(0).check();
    picks.nth(1).check();
    assertThat(page.getByText("2 sessions chosen")).isVisible();
    page.getByLabel("Why they are another one").fill("The card was refused");
    page.onDialog(dialog -> dialog.accept());
    button(page, "Split off").click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("2 sessions are one of their own");
    assertThat(page.locator(".figure-value").first()).hasText("2");
    assertThat(issueCount(page)).isEqualTo(7);
    page.navigate(dashboard.address("/admin/issues/v1-pay-502"));
    assertThat(page.locator(".figure-value").first()).hasText("" + (sessions - 2));
    assertThat(page.getByText("The card was refused").first()).isVisible();
  }

  @Test
  void splitsNothingOffWhereNothingIsTickedOrNothingWouldBeLeft(Page page) throws SQLException {
    dashboard.open(page, dashboard.developer(), "/admin/issues/v1-pay-502");
    page.onDialog(dialog -> dialog.accept());
    assertThat(button(page, "Split off")).isDisabled();

    for (Locator pick : page.locator("input[name='session']").all()) {
      pick.check();
    }
    button(page, "Split off").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("at least one session must stay");
    assertThat(issueCount(page)).isEqualTo(6);
  }

  @Test
  void doesNotMergeWhatSomebodyElseDecidedAboutMeanwhile(Page first, Page second) {
    dashboard.open(first, dashboard.developer(), "/admin/merge?key=v1-pay-502&key=v1-postcode");
    dashboard.open(second, dashboard.developer(), "/admin/issues/v1-postcode");

    button(second, "Resolve").click();
    assertThat(second.getByRole(AriaRole.STATUS)).containsText("resolved");
    button(first, "Merge 2 issues").click();

    assertThat(first.getByRole(AriaRole.STATUS)).containsText("Nothing was merged");
    assertThat(first.locator("#merging")).containsText("Resolved");
    assertThat(issueCount(first)).isEqualTo(6);
    first.navigate(dashboard.address("/admin/merge?key=v1-pay-502&key=of-nobody"));
    assertThat(first.getByText("has no issue of-nobody")).isVisible();
    first.getByLabel("Find an issue").fill("search suggestions");
    button(first, "Find").click();
    first.getByRole(AriaRole.LINK, named("Choose Unhandled rejection")).click();
    assertThat(button(first, "Merge 2 issues")).isVisible();
  }

  @Test
  void doesNotOverwriteWhatSomebodyElseDecidedMeanwhile(Page first, Page second) {
    dashboard.open(first, dashboard.developer(), "/admin/issues/v1-pay-502");
    dashboard.open(second, dashboard.developer(), "/admin/issues/v1-pay-502");

    button(first, "Resolve").click();
    assertThat(first.getByRole(AriaRole.STATUS)).containsText("resolved");
    button(second, "Acknowledge").click();

    assertThat(second.getByRole(AriaRole.STATUS)).containsText("Somebody changed this issue");
    assertThat(second.locator(".page-head .pill")).hasText("Resolved");
  }

  @Test
  void anAdministratorLooksWhatNewerRulesWouldChangeAndThenDoesIt(Page page) {
    String projectPage = "/admin/projects/" + dashboard.project();
    dashboard.open(page, dashboard.developer(), projectPage);
    assertThat(heading(page, "Ticket trackers")).isVisible();
    assertThat(heading(page, "Regroup")).hasCount(0);
    button(page, "Sign out").click();
    page.navigate(dashboard.address(projectPage));
    dashboard.signInAsAdministrator(page);

    button(page, "Look what would change").click();
    assertThat(page.locator("#regroup-run")).containsText("Looked at 53 occurrences", soon());
    assertThat(page.locator("#regroup-run")).containsText("What would change");
    page.onDialog(dialog -> dialog.accept());
    button(page, "Regroup for real").click();

    assertThat(page.locator("#regroup-run")).containsText("Moved 53 of 53 occurrences", soon());
    page.navigate(dashboard.address("/admin/issues/v1-pay-502"));
    assertThat(heading(page, "POST /api/pay answers 502")).isVisible();
  }

  private static LocatorAssertions.ContainsTextOptions soon() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);
  }

  private int issueCount(Page page) {
    APIResponse answer = page.request().get(dashboard.address("/v1/issues?state=all"));
    return answer.text().split("\"symptom\"", -1).length - 1;
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
