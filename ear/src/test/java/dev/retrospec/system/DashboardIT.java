package dev.retrospec.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith({RunningRetroSpec.class, Chromium.class})
class DashboardIT {

  private static final String PASSWORD = "open sesame";
  private static final String HASH = "$2a$04$eDNKeq4gq/TKz6T3KKYM8e72dMGDOhBZtrpNhBdKwL11yUZM07iGy";

  private final String project = "proj_" + UUID.randomUUID();
  private final String viewer = "viewer-" + project;
  private final String developer = "developer-" + project;
  private RetroSpec retroSpec;

  @BeforeEach
  void aShopWithAWeekOfVisits(RetroSpec running) throws SQLException {
    retroSpec = running;
    try (StoredShop shop = shop(project)) {
      shop.withProject("Tea shop")
          .withAWeekOfVisits()
          .withUser(viewer, HASH, "viewer")
          .withUser(developer, HASH, "developer");
    }
  }

  @Test
  void leadsFromTheBareAddressThroughTheSignInToTheIssues(Page page) {
    page.navigate(retroSpec.url("/").toString());
    assertThat(heading(page, "Sign in")).isVisible();

    signIn(page, developer, PASSWORD);

    assertThat(heading(page, "Issues")).isVisible();
    assertThat(page).hasURL(Pattern.compile(".*/admin/issues.*"));
  }

  @Test
  void refusesAWrongPasswordAndSaysSo(Page page) {
    page.navigate(retroSpec.url("/admin/issues").toString());

    signIn(page, developer, "wrong");

    assertThat(page.getByRole(AriaRole.ALERT)).containsText("User name or password is wrong");
    assertThat(heading(page, "Issues")).hasCount(0);
  }

  @Test
  void showsNothingAfterSigningOut(Page page) {
    open(page, viewer, "/admin/issues");

    button(page, "Sign out").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("You are signed out");

    page.navigate(address("/admin/issues"));
    assertThat(heading(page, "Sign in")).isVisible();
  }

  @Test
  void listsActiveIssuesWithTheirFigures(Page page) {
    open(page, viewer, "/admin/issues");

    Locator row = issue(page, "POST /api/pay answers 502");
    assertThat(row).containsText("17");
    assertThat(row).containsText("17 sessions show the same failure");
    assertThat(issue(page, "GET /api/stock answers 404")).hasCount(0);
    assertThat(tab(page, "Resolved")).containsText("1");
  }

  @Test
  void keepsEveryFilterInTheAddress(Page page) {
    open(page, viewer, "/admin/issues");

    page.getByLabel("Kind").selectOption("js_exception");

    assertThat(page).hasURL(Pattern.compile(".*kind=js_exception.*"));
    assertThat(issue(page, "TypeError: Cannot read")).isVisible();
    assertThat(issue(page, "POST /api/pay answers 502")).hasCount(0);

    page.reload();
    assertThat(page.getByLabel("Kind")).hasValue("js_exception");
    assertThat(issue(page, "POST /api/pay answers 502")).hasCount(0);
  }

  @Test
  void aViewerLooksAndDoesNotChange(Page page) {
    open(page, viewer, "/admin/issues");
    assertThat(page.getByRole(AriaRole.BUTTON, named("Resolve"))).hasCount(0);

    page.navigate(address("/admin/issues/v1-pay-502"));
    assertThat(page.getByText("Your role may look, not change.")).isVisible();

    page.navigate(address("/admin/projects/" + project));
    assertThat(button(page, "Create key")).hasCount(0);
  }

  @Test
  void aChangeThatAViewerSendsByHandIsForbidden(Page page) {
    open(page, viewer, "/admin/issues");
    String state = page.locator("input[name='jakarta.faces.ViewState']").first().inputValue();

    APIResponse answer =
        page.request()
            .post(
                address("/admin/issues"),
                RequestOptions.create()
                    .setForm(
                        com.microsoft.playwright.options.FormData.create()
                            .set("triage", "triage")
                            .set("triage_SUBMIT", "1")
                            .set("jakarta.faces.ViewState", state)
                            .set("change", "v1-pay-502~0~open~resolved")));

    assertThat(answer.status()).isEqualTo(403);
    page.navigate(address("/admin/issues"));
    assertThat(issue(page, "POST /api/pay answers 502")).isVisible();
  }

  @Test
  void aFormThatIsTooOldChangesNothingAndSaysSo(Page page) {
    open(page, developer, "/admin/issues");

    page.evaluate("document.querySelector(\"[name='jakarta.faces.ViewState']\").value = '1:2'");
    page.getByRole(AriaRole.BUTTON, named("Resolve: POST /api/pay answers 502")).click();

    assertThat(heading(page, "You were away for a while")).isVisible();
    page.navigate(address("/admin/issues"));
    assertThat(issue(page, "POST /api/pay answers 502")).isVisible();
  }

  @Test
  void resolvesFromTheListAndTakesItBack(Page page) {
    open(page, developer, "/admin/issues");

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
    open(page, developer, "/admin/issues/v1-pay-502");

    page.getByLabel("Assignee").fill("ada");
    page.getByLabel("Note").fill("The proxy gives up after 30 s");
    button(page, "Acknowledge").click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The issue is acknowledged.");
    assertThat(page.getByLabel("Assignee")).hasValue("ada");
    assertThat(page.getByLabel("Note")).hasValue("The proxy gives up after 30 s");
    assertThat(page).hasURL(Pattern.compile(".*/admin/issues/v1-pay-502.*"));
  }

  @Test
  void mutesForAWindow(Page page) {
    open(page, developer, "/admin/issues/v1-pay-502");

    page.getByLabel("Mute for").selectOption("P7D");
    button(page, "Mute").click();

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("muted until");
    assertThat(page.getByText("ends in 6 days")).isVisible();
  }

  @Test
  void doesNotOverwriteWhatSomebodyElseDecidedMeanwhile(Page first, Page second) {
    open(first, developer, "/admin/issues/v1-pay-502");
    open(second, developer, "/admin/issues/v1-pay-502");

    button(first, "Resolve").click();
    assertThat(first.getByRole(AriaRole.STATUS)).containsText("resolved");
    button(second, "Acknowledge").click();

    assertThat(second.getByRole(AriaRole.STATUS)).containsText("Somebody changed this issue");
    assertThat(second.locator(".page-head .pill")).hasText("Resolved");
  }

  @Test
  void filtersTheSessionsOfAnIssueByReport(Page page) {
    open(page, viewer, "/admin/issues/v1-pay-502");
    assertThat(page.locator(".lines .line")).hasCount(17);

    page.getByLabel("Report").selectOption("pending");

    assertThat(page).hasURL(Pattern.compile(".*reportStatus=pending.*"));
    assertThat(page.locator(".lines .line")).hasCount(4);
  }

  @Test
  void leadsFromTheIssueToTheMomentItBroke(Page page) {
    open(page, viewer, "/admin/issues/v1-pay-502");

    page.getByText("Open the whole session").click();

    assertThat(page).hasURL(Pattern.compile(".*/admin/sessions/v1-pay-502-0.*marker=m-v1-pay.*"));
    assertThat(page.locator("iframe[title='Session replay']"))
        .hasAttribute("src", Pattern.compile(".*session=v1-pay-502-0.*marker=m-v1-pay-502-0.*"));
    assertThat(page.getByText("The payment service was not reached")).isVisible();
  }

  @Test
  void findsTheProjectOfALinkThatNamesNoneAndKeepsItsMoment(Page page) throws SQLException {
    open(page, viewer, "/admin/issues");
    String session = "only-" + UUID.randomUUID();
    try (StoredShop shop = shop(project)) {
      shop.withVisit(session);
    }

    page.navigate(retroSpec.url("/admin/sessions/" + session + "?t=4200").toString());

    assertThat(page).hasURL(Pattern.compile(".*project=" + project + "&t=4200"));
    assertThat(heading(page, "maria@tea.example")).isVisible();
  }

  @Test
  void tellsThreeKindsOfEmptinessApart(Page page) throws SQLException {
    String fresh = "proj_" + UUID.randomUUID();
    try (StoredShop shop = shop(fresh)) {
      shop.withProject("Fresh");
    }
    open(page, viewer, "/admin/issues?q=no-such-words");
    assertThat(heading(page, "No issue matches")).isVisible();

    page.navigate(retroSpec.url("/admin/issues?project=" + fresh).toString());
    assertThat(heading(page, "Nothing recorded yet")).isVisible();
    assertThat(page.locator("#snippet"))
        .containsText(retroSpec.url("/sdk/retrospec.js").toString());

    try (StoredShop shop = shop(fresh)) {
      shop.withVisits(1);
    }
    page.reload();
    assertThat(heading(page, "Nothing under “Active”")).isVisible();
  }

  @Test
  void anotherProjectSeesNothingOfIt(Page page) throws SQLException {
    String other = "proj_" + UUID.randomUUID();
    try (StoredShop shop = shop(other)) {
      shop.withProject("Other").withVisits(1);
    }
    open(page, viewer, "/admin/issues");

    page.navigate(retroSpec.url("/admin/issues?project=" + other).toString());
    assertThat(issue(page, "POST /api/pay answers 502")).hasCount(0);

    for (String path : List.of("/admin/issues/v1-pay-502", "/admin/sessions/healthy-1")) {
      var answer = page.navigate(retroSpec.url(path + "?project=" + other).toString());
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(heading(page, "There is nothing here")).isVisible();
    }
  }

  @Test
  void anAdministratorMakesAProjectAndAKeyThatIsShownOnce(Page page) {
    page.navigate(retroSpec.url("/admin/projects").toString());
    signIn(page, retroSpec.export("RETROSPEC_USER"), retroSpec.export("RETROSPEC_PASSWORD"));
    String name = "Coffee " + UUID.randomUUID();
    page.getByLabel("Name").fill(name);
    page.getByLabel("Site").fill("coffee.example");
    button(page, "Create project").click();
    assertThat(heading(page, name)).isVisible();

    page.getByLabel("Label").fill("Web shop");
    button(page, "Create key").click();

    String key = page.locator("#new-key").textContent();
    assertThat(key).startsWith("rs_ingest_");
    assertThat(page.locator("#snippet")).containsText(key);

    page.reload();
    assertThat(page.locator("#new-key")).hasCount(0);
    assertThat(page.content()).doesNotContain(key);

    page.onDialog(dialog -> dialog.accept());
    button(page, "Revoke the key Web shop").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("The key is revoked");
    assertThat(page.getByText("Revoked", new Page.GetByTextOptions().setExact(true))).isVisible();
  }

  @Test
  void listsAThousandSessionsInHalfASecond(Page page) throws SQLException {
    try (StoredShop shop = shop(project)) {
      shop.withVisits(1_000);
    }
    open(page, viewer, "/admin/sessions");

    // The first ones warm the server up, and this machine may be busy: what counts is what it
    // costs.
    long fastest =
        IntStream.range(0, 20)
            .mapToLong(
                attempt -> {
                  long begun = System.nanoTime();
                  APIResponse answer = page.request().get(address("/admin/sessions?limit=1000"));
                  assertThat(answer.text()).contains("visit-940");
                  return System.nanoTime() - begun;
                })
            .min()
            .orElseThrow();

    assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofMillis(500));
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void everyPageIsAccessible(ColorScheme scheme, Browser browser) {
    try (BrowserContext reader =
        browser.newContext(new Browser.NewContextOptions().setColorScheme(scheme))) {
      Page page = reader.newPage();
      List<String> violations = new ArrayList<>();
      page.navigate(address("/admin/issues"));
      violations.addAll(violations(page, "sign-in"));
      signIn(page, retroSpec.export("RETROSPEC_USER"), retroSpec.export("RETROSPEC_PASSWORD"));
      for (String path : pages()) {
        page.navigate(address(path));
        violations.addAll(violations(page, path));
      }
      assertThat(violations).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"390, 844", "768, 1024", "1440, 900"})
  void noPageScrollsSideways(int width, int height, Browser browser) {
    try (BrowserContext reader =
        browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height))) {
      Page page = reader.newPage();
      open(page, developer, "/admin/issues");
      for (String path : pages()) {
        page.navigate(address(path));
        assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
            .as(path)
            .satisfies(beyond -> assertThat(((Number) beyond).intValue()).isLessThanOrEqualTo(0));
      }
    }
  }

  @Test
  void noPageBreaksItsOwnContentPolicy(Page page) {
    List<String> complaints = new ArrayList<>();
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            complaints.add(page.url() + ": " + message.text());
          }
        });
    open(page, developer, "/admin/issues");
    for (String path : pages()) {
      var answer = page.navigate(address(path));
      assertThat(answer.headerValue("Content-Security-Policy"))
          .as(path)
          .endsWith("script-src 'self'")
          .doesNotContain("unsafe");
    }
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/issues.xhtml", "/admin/nothing"})
  void whatIsNoPageIsNotFound(String path, Page page) {
    open(page, viewer, "/admin/issues");

    assertThat(page.navigate(address(path)).status()).isEqualTo(404);
    assertThat(heading(page, "There is nothing here")).isVisible();
  }

  @Test
  void remembersLightOrDark(Page page) {
    open(page, viewer, "/admin/issues");

    button(page, "Light or dark").click();
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");

    page.navigate(address("/admin/sessions"));
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
  }

  private List<String> pages() {
    return List.of(
        "/admin/issues",
        "/admin/issues?q=no-such-words",
        "/admin/issues/v1-pay-502",
        "/admin/sessions",
        "/admin/sessions/v1-pay-502-0",
        "/admin/projects",
        "/admin/projects/" + project,
        "/admin/nothing");
  }

  private static List<String> violations(Page page, String where) {
    // The player is a document of its own, tested where it is built.
    return new AxeBuilder(page)
        .exclude(List.of("iframe")).analyze().getViolations().stream()
            .map(rule -> where + ": " + described(rule))
            .toList();
  }

  private static String described(Rule rule) {
    return rule.getId()
        + " "
        + rule.getNodes().stream().map(node -> node.getHtml() + node.getFailureSummary()).toList();
  }

  private void open(Page page, String user, String path) {
    page.navigate(address(path));
    signIn(page, user, PASSWORD);
  }

  private static void signIn(Page page, String user, String password) {
    page.getByLabel("User name").fill(user);
    page.getByLabel("Password").fill(password);
    button(page, "Sign in").click();
  }

  private String address(String path) {
    return retroSpec.url(path + (path.contains("?") ? "&" : "?") + "project=" + project).toString();
  }

  private StoredShop shop(String id) throws SQLException {
    return new StoredShop(retroSpec.export("DATABASE_URL"), id);
  }

  private static Locator heading(Page page, String text) {
    return page.getByRole(AriaRole.HEADING, named(text));
  }

  private static Locator button(Page page, String text) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(text).setExact(true));
  }

  private static Page.GetByRoleOptions named(String text) {
    return new Page.GetByRoleOptions().setName(text);
  }

  private static Locator issue(Page page, String symptom) {
    return page.locator(".issue", new Page.LocatorOptions().setHasText(symptom));
  }

  private static Locator tab(Page page, String name) {
    return page.locator(".tabs a", new Page.LocatorOptions().setHasText(name));
  }
}
