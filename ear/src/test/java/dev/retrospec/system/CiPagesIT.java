package dev.retrospec.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.retrospec.system.Dashboard.button;
import static dev.retrospec.system.Dashboard.heading;
import static dev.retrospec.system.Dashboard.tab;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a red build to its reason, to where it was seen before, in CI and in production. */
@ExtendWith({RunningRetroSpec.class, Chromium.class})
class CiPagesIT {

  private Dashboard dashboard;
  private StoredRuns.Ids ids;

  @BeforeEach
  void aShopWithTwoWeeksOfRuns(RetroSpec running) throws SQLException {
    dashboard = Dashboard.withAWeekOfVisits(running);
    try (StoredShop shop = dashboard.shop()) {
      ids = new StoredRuns(shop, dashboard.project()).store();
    }
  }

  @Test
  void theListSaysWhyARunIsRed(Page page) {
    dashboard.open(page, dashboard.viewer(), "/admin/runs");

    Locator red = row(page, ids.red());
    assertThat(red).containsText(StoredRuns.VOUCHER);
    assertThat(red).containsText("Cannot invoke");
    assertThat(red).containsText("2 new");
    assertThat(red).containsText("96 % alike");
    assertThat(tab(page, "Failed")).containsText("3");
    assertThat(tab(page, "Flaky")).containsText("8");
  }

  @Test
  void keepsTheFiltersOfRunsInTheAddressAndGoesOn(Page page) {
    dashboard.open(page, dashboard.viewer(), "/admin/runs?limit=10");
    assertThat(page.locator(".runs .row")).hasCount(10);
    page.getByText("Older", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator(".runs .row")).hasCount(10);
    assertThat(row(page, ids.red())).hasCount(0);

    page.navigate(dashboard.address("/admin/runs"));
    page.getByLabel("Branch").selectOption(StoredRuns.BRANCH);

    assertThat(page).hasURL(Pattern.compile(".*branch=feature%2Fgift-cards.*"));
    assertThat(page.locator(".runs .row")).hasCount(3);
  }

  @Test
  void noClickStandsBetweenRedAndReason(Page page) {
    dashboard.open(page, dashboard.viewer(), "/admin/runs/" + ids.red());

    Locator failure = page.locator(".failure").first();
    assertThat(failure).containsText(StoredRuns.VOUCHER);
    assertThat(failure.getByText("at dev.tea.checkout.Vouchers.apply")).isVisible();
    assertThat(failure).containsText("New on this branch");
    assertThat(failure).containsText("Red since d41f0c2aa");
    assertThat(failure).containsText("stack 92 %, message 71 %, same type");
    assertThat(failure).containsText("In production, too");
    assertThat(failure).containsText("Vouchers must ask for it first");
    assertThat(page.locator(".failure").nth(1).locator(".error"))
        .containsText("expect(locator).toHaveText(expected) failed");
    assertThat(page.getByText("Failed in 6 of 8 runs that changed Vouchers.java")).hasCount(3);
    assertThat(page.getByText("The mail server answers 550")).isVisible();
  }

  @Test
  void showsThePageAsItStoodWhenATestFailed(RetroSpec running, Page page) {
    takeSnapshot(running, ids.red());
    dashboard.open(page, dashboard.viewer(), "/admin/runs/" + ids.red());
    assertThat(page.getByAltText("Go to the snapshot of")).isVisible();

    Locator snapshot = page.locator(".snapshot");
    assertThat(snapshot.getByAltText("The page as the browser showed it")).isVisible();
    view(snapshot, "Network");
    assertThat(snapshot.locator(".request-name").first()).containsText("/login");
    view(snapshot, "Console");
    assertThat(snapshot.locator(".view:not([hidden])")).containsText("console");
    snapshot.getByRole(AriaRole.TAB).last().press("Home");
    snapshot.getByRole(AriaRole.TAB).first().press("ArrowRight");
    assertThat(
            snapshot
                .frameLocator("iframe[title='The page as it stood']")
                .frameLocator("iframe")
                .getByText("Sign in")
                .first())
        .isVisible();
  }

  private static void view(Locator snapshot, String name) {
    snapshot.getByRole(AriaRole.TAB, new Locator.GetByRoleOptions().setName(name)).click();
  }

  /** Of our own sign-in page, by the browser beside the server. */
  private void takeSnapshot(RetroSpec running, String run) {
    Http http = new Http(running);
    String key = http.newKey(dashboard.project(), "secret").get("apiKey").asText();
    String address = "{\"addresses\":[\"127.0.0.1:" + running.url().getPort() + "\"]}";
    http.send(
            "PUT",
            "/v1/admin/projects/" + dashboard.project() + "/snapshot-addresses",
            BodyPublishers.ofString(address),
            "X-Retrospec-Admin",
            running.adminKey(),
            "Content-Type",
            "application/json")
        .expect(200);
    String wanted =
        "{\"testRunId\":\""
            + run
            + "\",\"url\":\"http://127.0.0.1:"
            + running.url().getPort()
            + "/login\"}";
    http.postJson("/snapshot/create", wanted, "x-api-key", key).expect(200);
  }

  @Test
  void leadsFromARunThroughThePatternToTheReplay(Page page) {
    dashboard.open(page, dashboard.viewer(), "/admin/runs/" + ids.red());

    page.locator(".failure .match-name").first().click();
    assertThat(heading(page, "The same failure in production")).isVisible();
    assertThat(page.getByText("Your role may look, not change.")).isVisible();

    page.getByText("Replay", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page).hasURL(Pattern.compile(".*/admin/sessions/v1-gift-wrap-0.*marker=.*"));
  }

  @Test
  void anIssueSaysWhereInCiItWasSeen(Page page) {
    dashboard.open(page, dashboard.viewer(), "/admin/issues/v1-gift-wrap");

    Locator seen = page.locator(".seen");
    assertThat(seen).containsText("Product bug");
    assertThat(seen.locator(".seen-runs li")).hasCount(3);
    assertThat(seen.locator("a[href='https://github.com/tea-co/shop/pull/123']")).hasCount(3);
  }

  @Test
  void aDecisionIsNeitherLostNorOverwritten(Page first, Page second) {
    String path = "/admin/patterns/" + ids.pattern();
    dashboard.open(first, dashboard.developer(), path);
    dashboard.open(second, dashboard.developer(), path);

    first.getByLabel("A bug of the test").check();
    first.getByLabel("Note").fill("The fixture has no amount");
    button(first, "Save the decision").click();
    assertThat(first.getByRole(AriaRole.STATUS)).containsText("The decision is saved");
    assertThat(first.locator(".page-head .pill")).hasText("Test bug");

    second.getByLabel("Infrastructure").check();
    button(second, "Save the decision").click();
    assertThat(second.getByRole(AriaRole.STATUS)).containsText("Somebody changed this pattern");
    assertThat(second.locator(".page-head .pill")).hasText("Test bug");
  }

  @Test
  void twoPatternsBecomeOneAfterALook(Page page) {
    String other = "/admin/patterns/" + ids.undecided();
    dashboard.open(page, dashboard.developer(), other);
    page.getByLabel("Merge with another pattern")
        .fill(dashboard.url("/admin/patterns/" + ids.pattern()));
    button(page, "Find").first().click();
    page.getByText("Merge…", new Page.GetByTextOptions().setExact(true)).click();

    Locator question = page.locator("#merge");
    assertThat(question).containsText("The other pattern takes over all that this one has: 14");
    assertThat(question).containsText("It cannot be undone");
    button(page, "Merge for good").click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Merged.");
    assertThat(page).hasURL(Pattern.compile(".*/admin/patterns/" + ids.pattern() + ".*"));
    assertThat(page.locator(".figure-value").first()).hasText("28");
    page.navigate(dashboard.address(other));
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("was merged into this one");
    page.navigate(dashboard.address("/admin/runs/" + ids.red()));
    assertThat(page.locator("a[href*='" + ids.undecided() + "']")).hasCount(0);
  }

  @Test
  void aMergeThatComesTooLateChangesNothing(Page first, Page second) {
    String path = "/admin/patterns/" + ids.undecided();
    dashboard.open(first, dashboard.developer(), path + "?into=" + ids.pattern());
    dashboard.open(second, dashboard.developer(), path);
    second.getByLabel("Infrastructure").check();
    button(second, "Save the decision").click();
    assertThat(second.getByRole(AriaRole.STATUS)).containsText("The decision is saved");

    button(first, "Merge for good").click();

    assertThat(first.getByRole(AriaRole.STATUS)).containsText("Somebody changed this pattern");
    assertThat(first.locator(".page-head .pill")).hasText("Infrastructure");
  }

  @Test
  void linksAnIssueOfProductionByHandAndTakesItApart(Page page) {
    dashboard.open(page, dashboard.developer(), "/admin/patterns/" + ids.undecided());
    page.getByLabel("Link an issue of production").fill("v1-gift");
    page.locator("#production").getByText("Find").click();
    page.locator("#production .tie button[name=link]").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Linked.");
    assertThat(page.locator(".linked")).containsText("linked by");

    page.locator(".linked button").click();
    assertThat(page.locator(".linked")).hasCount(0);
    assertThat(heading(page, "Said to be different")).isVisible();

    page.getByText("Take back", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(heading(page, "Said to be different")).hasCount(0);
  }

  @Test
  void showsWhatTheChangeOfARunIs(Page page) {
    dashboard.open(page, dashboard.viewer(), "/admin/runs/" + ids.red());
    Locator file = page.locator(".diff-file").first();
    assertThat(file.locator("ins")).isHidden();

    file.locator("summary").click();

    assertThat(file.locator("ins")).hasText("+    // <b>There is always a card</b>");
    assertThat(file.locator("del")).hasCount(3);
    assertThat(page.locator(".analysis li")).hasCount(2);
    assertThat(page.locator("#run-all-0")).containsText("mvn test -Dtest='");
  }

  @Test
  void findsTestsInAnyOrder(Page page) {
    dashboard.open(page, dashboard.viewer(), "/admin/tests?limit=5");
    assertThat(page.locator(".tests-list .row")).hasCount(5);
    assertThat(tab(page, "Flaky")).containsText("1");
    page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator(".tests-list .row")).hasCount(5);

    page.getByLabel("First").selectOption("slowest");
    assertThat(page).hasURL(Pattern.compile(".*sort=slowest.*"));
    assertThat(page.locator(".tests-list .row").first()).containsText(".spec.ts");
    page.getByLabel("Search tests").fill("voucher");
    button(page, "Search").click();
    assertThat(page.locator(".tests-list .row")).hasCount(1);
    page.locator(".tests-list .row-name").click();
    assertThat(page.locator(".history-line")).hasCount(43);
  }

  @Test
  void filtersPatternsByDecision(Page page) {
    dashboard.open(page, dashboard.viewer(), "/admin/patterns");
    assertThat(page.locator(".patterns .row")).hasCount(3);

    tab(page, "Undecided").click();

    assertThat(page).hasURL(Pattern.compile(".*decision=undecided.*"));
    assertThat(page.locator(".patterns .row")).hasCount(1);
    assertThat(page.locator(".patterns .row")).containsText("BindException");
  }

  @Test
  void showsATestAcrossRuns(Page page) {
    dashboard.open(page, dashboard.viewer(), "/admin/tests/" + ids.voucherTest());
    assertThat(page.locator(".history-line")).hasCount(43);

    page.getByLabel("Branch").selectOption(StoredRuns.BRANCH);

    assertThat(page.locator(".history-line")).hasCount(3);
    assertThat(page.locator(".history-line").first()).containsText("Failed");
  }

  @Test
  void anotherProjectSeesNothingOfIt(Page page) throws SQLException {
    String other = "proj_" + UUID.randomUUID();
    try (StoredShop shop = dashboard.shop(other)) {
      shop.withProject("Other");
    }
    dashboard.open(page, dashboard.viewer(), "/admin/runs");
    page.navigate(dashboard.url("/admin/runs?project=" + other));
    assertThat(heading(page, "No test run yet")).isVisible();

    for (String path :
        List.of(
            "/admin/runs/" + ids.red(),
            "/admin/patterns/" + ids.pattern(),
            "/admin/tests/" + ids.voucherTest(),
            "/admin/runs/no-id",
            "/admin/tests/no-number")) {
      assertThat(page.navigate(dashboard.url(path + "?project=" + other)).status())
          .as(path)
          .isEqualTo(404);
    }
  }

  private static Locator row(Page page, String run) {
    return page.locator(
        ".runs .row",
        new Page.LocatorOptions().setHas(page.locator("a[href*='/admin/runs/" + run + "']")));
  }
}
