package dev.retrospec.workers.snapshots;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.HarContentPolicy;
import com.microsoft.playwright.options.HarMode;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import com.microsoft.playwright.options.WaitUntilState;
import dev.retrospec.snapshots.AddressNotAllowed;
import dev.retrospec.snapshots.NewSnapshot;
import dev.retrospec.snapshots.PageAddress;
import dev.retrospec.workers.browser.FilteringProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One capture in a browser that is there: a context of its own, up to three tries, five results.
 */
final class PageCapture {

  private static final Logger LOG = LoggerFactory.getLogger(PageCapture.class);

  /** Document 002: network calls are tried three times. */
  private static final int TRIES = 3;

  /** After the first try; twice that after the second. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** A page that polls is never quiet: it is shown as it is then. */
  private static final Duration QUIET = Duration.ofSeconds(5);

  /** For what comes after loading, whatever loading took. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(20);

  private static final Pattern NET_ERROR = Pattern.compile("net::ERR_[A-Z0-9_]+");

  private final Browser browser;
  private final FilteringProxy proxy;
  private final Path folder;
  private final CaptureConfig config;
  private final long begun = System.nanoTime();

  /**
   * @param folder empty; the HAR is written there
   */
  PageCapture(Browser browser, FilteringProxy proxy, Path folder, CaptureConfig config) {
    this.browser = browser;
    this.proxy = proxy;
    this.folder = folder;
    this.config = config;
  }

  /**
   * @throws AddressNotAllowed when the page, or what it led to, may not be shown
   * @throws PageUnusable when it did not load in three tries
   */
  CapturedPage of(NewSnapshot wanted) {
    Path har = folder.resolve("network.har");
    try (BrowserContext context = browser.newContext(options(wanted, har))) {
      ConsoleLines console = new ConsoleLines();
      Page page = loaded(context, wanted, console);
      byte[] screenshot = FullPage.screenshot(page);
      String userAgent = (String) page.evaluate("navigator.userAgent");
      String dom = (String) page.evaluate(DomScript.function());
      String html = page.content();
      context.close(); // writes the HAR
      return new CapturedPage(screenshot, html, har, console.text(), dom, userAgent);
    }
  }

  private Browser.NewContextOptions options(NewSnapshot wanted, Path har) {
    return new Browser.NewContextOptions()
        .setViewportSize(wanted.viewport().width(), wanted.viewport().height())
        .setProxy(proxy.address())
        // because what a service worker fetches is in no HAR
        .setServiceWorkers(ServiceWorkerPolicy.BLOCK)
        .setAcceptDownloads(false)
        .setPermissions(List.of())
        .setRecordHarPath(har)
        .setRecordHarMode(HarMode.FULL)
        .setRecordHarContent(HarContentPolicy.EMBED);
  }

  private Page loaded(BrowserContext context, NewSnapshot wanted, ConsoleLines console) {
    PlaywrightException last = null;
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      Page page = context.newPage();
      listen(page, console);
      MainFrame main = MainFrame.of(page, proxy);
      try {
        page.navigate(
            wanted.url(),
            new Page.NavigateOptions()
                .setWaitUntil(WaitUntilState.LOAD)
                .setTimeout(millis(loadingTime(wanted))));
        settle(page, wanted);
        main.check();
        checkSize();
        return page;
      } catch (PlaywrightException e) {
        main.check();
        checkSize();
        if (!browser.isConnected()) {
          throw e;
        }
        LOG.debug("The page did not load in try {}", attempt, e);
        last = e;
        if (attempt < TRIES) {
          page.waitForTimeout(millis(PAUSE.multipliedBy(attempt)));
        }
        page.close();
      }
    }
    throw new PageUnusable("the page did not load: " + reason(wanted, last), last);
  }

  /** Waits for what was asked for; a page without it is a finding, not a failure. */
  private static void settle(Page page, NewSnapshot wanted) {
    try {
      page.waitForLoadState(
          LoadState.NETWORKIDLE, new Page.WaitForLoadStateOptions().setTimeout(millis(QUIET)));
    } catch (TimeoutError e) {
      LOG.debug("The page keeps asking; it is captured as it is", e);
    }
    if (wanted.selector() == null) {
      if (!wanted.patience().isZero()) {
        page.waitForTimeout(millis(wanted.patience()));
      }
      return;
    }
    try {
      page.waitForSelector(
          wanted.selector(),
          new Page.WaitForSelectorOptions().setTimeout(Math.max(1, millis(wanted.patience()))));
    } catch (TimeoutError e) {
      LOG.debug("What was waited for did not come; the page is captured without it", e);
    }
  }

  private static void listen(Page page, ConsoleLines console) {
    page.onConsoleMessage(message -> console.message(message.type(), message.text()));
    page.onPageError(console::error);
    page.onDialog(dialog -> dialog.dismiss());
  }

  private void checkSize() {
    if (proxy.isExhausted()) {
      throw new PageUnusable("the page fetched more than SNAPSHOT_MAX_BYTES", null);
    }
  }

  /** What is left of the whole when the rest has had its share; at least a second. */
  private Duration loadingTime(NewSnapshot wanted) {
    Duration left =
        CaptureConfig.WHOLE
            .minusNanos(System.nanoTime() - begun)
            .minus(wanted.patience())
            .minus(AFTERWARDS);
    Duration bounded = left.compareTo(config.loading()) < 0 ? left : config.loading();
    return bounded.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : bounded;
  }

  private static double millis(Duration duration) {
    return duration.toMillis();
  }

  /** Chromium's name for it, such as {@code net::ERR_CONNECTION_REFUSED}; not Playwright's log. */
  private String reason(NewSnapshot wanted, @Nullable PlaywrightException e) {
    PageAddress page = PageAddress.of(wanted.url());
    if (proxy.foundNobodyAt(page.host(), page.port())) {
      return "nobody answers at " + page.host() + ", port " + page.port();
    }
    if (e instanceof TimeoutError) {
      return "it took too long";
    }
    String message = e == null || e.getMessage() == null ? "" : e.getMessage();
    Matcher name = NET_ERROR.matcher(message);
    return name.find() ? name.group() : "the browser could not show it";
  }
}
