package dev.retrospec.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.retrospec.system.Dashboard.button;
import static dev.retrospec.system.Dashboard.heading;
import static dev.retrospec.system.Dashboard.issue;
import static dev.retrospec.system.Dashboard.named;
import static dev.retrospec.system.Dashboard.tab;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
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
  void doesNotOverwriteWhatSomebodyElseDecidedMeanwhile(Page first, Page second) {
    dashboard.open(first, dashboard.developer(), "/admin/issues/v1-pay-502");
    dashboard.open(second, dashboard.developer(), "/admin/issues/v1-pay-502");

    button(first, "Resolve").click();
    assertThat(first.getByRole(AriaRole.STATUS)).containsText("resolved");
    button(second, "Acknowledge").click();

    assertThat(second.getByRole(AriaRole.STATUS)).containsText("Somebody changed this issue");
    assertThat(second.locator(".page-head .pill")).hasText("Resolved");
  }
}
