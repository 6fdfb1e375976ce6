package dev.retrospec.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page of PrimeFaces on a real server, used in a real browser with the recorder and without. */
class PrimeFacesPageTest {

  /** Nothing is asked, nothing moves, and the page did not change for a while. */
  private static final String AT_REST =
      """
      () => {
        const busy = document.readyState !== 'complete' || !PrimeFaces.ajax.Queue.isEmpty()
          || $.active > 0 || $(':animated').length > 0
          || document.querySelector('[class*="-enter-active"], [class*="-leave-active"]')
          // PrimeFaces shows a button as loading for half a second at least.
          || document.querySelector('.ui-state-loading');
        const shown = document.documentElement.outerHTML;
        if (busy || window.shownAtRest?.shown !== shown) {
          window.shownAtRest = { shown, since: performance.now() };
        }
        return performance.now() - window.shownAtRest.since > 300;
      }
      """;

  /** All that stands in the page, but for the recorder's own tag. */
  private static final String SHOWN =
      """
      () => {
        const page = document.documentElement.cloneNode(true);
        page.querySelectorAll('script[src*="/sdk/retrospec"]').forEach((tag) => tag.remove());
        return page.outerHTML;
      }
      """;

  @TempDir static Path folder;

  private static Playwright playwright;
  private static Browser browser;
  private static Listener told;
  private static CustomerServer shop;
  private static RecordingSink recordings;

  @BeforeAll
  static void open() throws Exception {
    Path chromium =
        Stream.of(
                System.getenv("RETROSPEC_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/google-chrome")
            .filter(Objects::nonNull)
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElseGet(() -> abort("No Chromium: set RETROSPEC_CHROMIUM or install chromium"));
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
    told = new Listener();
    shop = new CustomerServer(folder, told.url(), "ingest-key-of-the-shop");
    recordings = new RecordingSink();
  }

  @AfterAll
  static void close() throws Exception {
    for (AutoCloseable open : new AutoCloseable[] {recordings, shop, told, browser, playwright}) {
      if (open != null) {
        open.close();
      }
    }
  }

  @Test
  void isTheSameWithTheRecorderAndWithoutAndItsFailureBehindStatus200IsTold() {
    Seen without = use(false);
    Seen recorded = use(true);

    assertThat(without.console()).anyMatch(line -> line.startsWith("log: answered 200"));
    assertThat(without.errors()).singleElement().asString().contains("a handler that breaks");
    assertThat(without.shown().get("sorted")).contains(">Oolong<").doesNotContain(">Rooibos<");
    assertThat(without.shown().get("next page")).contains(">Sencha<").doesNotContain(">Assam<");
    assertThat(without.shown().get("more rows")).contains(">Sencha<", ">Assam<");
    assertThat(without.shown().get("sent")).contains("Ada gets it on 2020-04-17 by courier");
    assertThat(recorded.console()).isEqualTo(without.console());
    assertThat(recorded.errors()).isEqualTo(without.errors());
    assertThat(recorded.shown().keySet()).isEqualTo(without.shown().keySet());
    recorded
        .shown()
        .forEach((step, page) -> assertThat(page).as(step).isEqualTo(without.shown().get(step)));

    JsonNode failure = awaitMarker("faces_error");
    assertThat(failure.get("label").asText()).startsWith("order:fail: IllegalStateException: ");
    assertThat(failure.at("/request/status").asInt()).isEqualTo(200);
    // In production Faces keeps the message from the browser; the filter tells it.
    JsonNode id = failure.at("/request/correlationId");
    await()
        .untilAsserted(
            () ->
                assertThat(told.errors())
                    .filteredOn(error -> error.get("correlationId").equals(id))
                    .singleElement()
                    .extracting(error -> error.get("message").asText())
                    .isEqualTo("the warehouse does not answer"));
    assertThat(awaitMarker("faces_message").get("label").asText())
        .isEqualTo("Rejected: order:send");
  }

  private static JsonNode awaitMarker(String subkind) {
    return await()
        .until(() -> recordings.markers(subkind).findFirst().orElse(null), Objects::nonNull);
  }

  private static Seen use(boolean recorded) {
    Seen seen = new Seen(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
    try (BrowserContext visitor = browser.newContext();
        Page page = visitor.newPage()) {
      page.onConsoleMessage(line -> seen.console().add(line.type() + ": " + line.text()));
      page.onPageError(seen.errors()::add);
      if (recorded) {
        visitor.addCookies(
            List.of(new Cookie("retrospec", recordings.url()).setUrl(shop.url("/"))));
      }
      page.navigate(shop.url("/teas.xhtml"));
      if (recorded) {
        page.waitForFunction("() => window.retrospec.isRecording()");
      }
      steps()
          .forEach(
              (name, step) -> {
                step.accept(page);
                page.waitForFunction(AT_REST);
                seen.shown().put(name, withoutSession((String) page.evaluate(SHOWN)));
              });
      if (recorded) {
        page.evaluate("window.retrospec.flush()");
      }
    }
    return seen;
  }

  private static Map<String, Consumer<Page>> steps() {
    Map<String, Consumer<Page>> steps = new LinkedHashMap<>();
    steps.put("opened", page -> page.waitForSelector("#list\\:teas_data"));
    steps.put("sorted", page -> page.click("#list\\:teas th >> nth=0"));
    steps.put("sorted by another column", page -> page.click("#list\\:teas th >> nth=1"));
    steps.put("next page", page -> page.click("#list\\:teas .ui-paginator-next"));
    steps.put(
        "more rows",
        page -> page.selectOption("#list\\:teas .ui-paginator-rpp-options >> nth=0", "5"));
    steps.put("rejected", page -> page.click("#order\\:send"));
    steps.put("named", page -> page.locator("#order\\:name").pressSequentially("Ada"));
    steps.put("selecting", page -> page.click("#order\\:how"));
    steps.put("selected", page -> page.click("#order\\:how_panel li[data-label=Courier]"));
    steps.put("picking a day", page -> page.click("#order\\:day_input"));
    steps.put("next month", page -> page.click(".ui-datepicker-next"));
    steps.put("picked a day", page -> page.click(".ui-datepicker-calendar a >> text=/^17$/"));
    steps.put("sent", page -> page.click("#order\\:send"));
    steps.put("dialog", page -> page.click("#show"));
    steps.put("dialog closed", page -> page.click("#terms .ui-dialog-titlebar-close"));
    steps.put("broken handler", page -> page.click("#break"));
    steps.put("failed on the server", page -> page.click("#order\\:fail"));
    return steps;
  }

  private static String withoutSession(String page) {
    return page.replaceAll(";jsessionid=\\w+", "")
        .replaceAll("(name=\"jakarta\\.faces\\.ViewState\"[^>]* value=\")[^\"]*", "$1");
  }

  /**
   * What whoever uses a page, or looks into its console, gets to see.
   *
   * @param shown the page's HTML by step
   */
  private record Seen(Map<String, String> shown, List<String> console, List<String> errors) {}
}
