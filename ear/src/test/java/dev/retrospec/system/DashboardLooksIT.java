package dev.retrospec.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.retrospec.system.Dashboard.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every page: read by everybody, on every screen, under its content policy. */
@ExtendWith({RunningRetroSpec.class, Chromium.class})
class DashboardLooksIT {

  /** The dashboard's cards and the player share these, from one tokens.css. */
  private static final String LIGHT_SURFACE = "rgb(255, 255, 255)";

  private static final String DARK_SURFACE = "rgb(22, 26, 34)";

  private Dashboard dashboard;
  private StoredRuns.Ids ci;

  @BeforeEach
  void aShopWithVisitsAndRuns(RetroSpec running) throws SQLException {
    dashboard = Dashboard.withAWeekOfVisits(running);
    try (StoredShop shop = dashboard.shop()) {
      ci = new StoredRuns(shop, dashboard.project()).store();
    }
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
      page.navigate(dashboard.address("/admin/issues"));
      violations.addAll(violations(page, "sign-in"));
      dashboard.signInAsAdministrator(page);
      for (String path : pages()) {
        page.navigate(dashboard.address(path));
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
      dashboard.open(page, dashboard.developer(), "/admin/issues");
      for (String path : pages()) {
        page.navigate(dashboard.address(path));
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
    dashboard.open(page, dashboard.developer(), "/admin/issues");
    for (String path : pages()) {
      var answer = page.navigate(dashboard.address(path));
      assertThat(answer.headerValue("Content-Security-Policy"))
          .as(path)
          .endsWith("script-src 'self'")
          .doesNotContain("unsafe");
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void remembersLightOrDark(Page page) {
    dashboard.open(page, dashboard.viewer(), "/admin/sessions/v1-pay-502-0");
    assertThat(page.locator(".rail")).hasCSS("background-color", LIGHT_SURFACE);
    assertThat(replay(page)).hasCSS("background-color", LIGHT_SURFACE);

    button(page, "Light or dark").click();
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    assertThat(replay(page)).hasCSS("background-color", DARK_SURFACE);
    assertThat(page.locator(".rail")).hasCSS("background-color", DARK_SURFACE);

    page.reload();
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    assertThat(page.locator(".rail")).hasCSS("background-color", DARK_SURFACE);
    assertThat(replay(page)).hasCSS("background-color", DARK_SURFACE);
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void followsTheSystemUntilSomebodyChooses(ColorScheme scheme, Browser browser) {
    try (BrowserContext reader =
        browser.newContext(new Browser.NewContextOptions().setColorScheme(scheme))) {
      Page page = reader.newPage();
      dashboard.open(page, dashboard.viewer(), "/admin/sessions/v1-pay-502-0");

      assertThat(page.locator("html")).hasAttribute("data-theme", "system");
      String surface = scheme == ColorScheme.DARK ? DARK_SURFACE : LIGHT_SURFACE;
      assertThat(page.locator(".rail")).hasCSS("background-color", surface);
      assertThat(replay(page)).hasCSS("background-color", surface);
    }
  }

  /** The player's document within the page of a session. */
  private static Locator replay(Page page) {
    return page.frameLocator("iframe[title='Session replay']").locator("body");
  }

  private List<String> pages() {
    return List.of(
        "/admin/issues",
        "/admin/issues?q=no-such-words",
        "/admin/issues?by=release&trend=30d",
        "/admin/issues/v1-pay-502",
        "/admin/merge?key=v1-pay-502&key=v1-postcode&key=gone&q=search",
        "/admin/sessions",
        "/admin/sessions/v1-pay-502-0",
        "/admin/runs",
        "/admin/runs?q=no-such-words",
        "/admin/runs/" + ci.red(),
        "/admin/patterns",
        "/admin/patterns/" + ci.pattern(),
        "/admin/patterns/" + ci.undecided() + "?issue=gift&into=" + ci.pattern(),
        "/admin/tests",
        "/admin/tests?q=no-such-words",
        "/admin/tests/" + ci.voucherTest(),
        "/admin/alerts",
        "/admin/alerts/new",
        "/admin/projects",
        "/admin/projects/" + dashboard.project(),
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
}
