package dev.retrospec.workers.snapshots;

import dev.retrospec.platform.json.Json;
import dev.retrospec.snapshots.AddressNotAllowed;
import dev.retrospec.snapshots.NewSnapshot;
import dev.retrospec.snapshots.PageAddress;
import dev.retrospec.snapshots.Viewport;
import dev.retrospec.workers.browser.FilteringProxy;
import dev.retrospec.workers.browser.SupervisedBrowser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One capture: has {@code capture.mjs} (bundled by the build from {@code sdk/capture}) done in the
 * browser's process, and decides whether what it brought may be kept.
 */
final class PageCapture {

  private static final String PROGRAM = "capture.mjs";
  private static final String IN_PAGE = "dom-snapshot.js";
  private static final int MAX_OUTCOME = 1 << 20;

  private final SupervisedBrowser browser;
  private final FilteringProxy proxy;
  private final Path folder;
  private final CaptureConfig config;

  /**
   * @param folder empty; the results are written there
   */
  PageCapture(SupervisedBrowser browser, FilteringProxy proxy, Path folder, CaptureConfig config) {
    this.browser = browser;
    this.proxy = proxy;
    this.folder = folder;
    this.config = config;
  }

  /** Durations in milliseconds. */
  private record Task(
      String url,
      Viewport viewport,
      String proxy,
      @Nullable String selector,
      long patience,
      long loading,
      long whole) {}

  private record Outcome(
      boolean isCaptured,
      List<String> addresses,
      @Nullable String userAgent,
      @Nullable String reason) {}

  /**
   * @throws AddressNotAllowed when the page, or what it led to, may not be shown
   * @throws PageUnusable when it did not load in three tries, or is too much
   */
  CapturedPage of(NewSnapshot wanted) throws IOException {
    copy(PROGRAM);
    copy(IN_PAGE);
    Task task =
        new Task(
            wanted.url(),
            wanted.viewport(),
            proxy.address(),
            wanted.selector(),
            wanted.patience().toMillis(),
            config.loading().toMillis(),
            CaptureConfig.WHOLE.toMillis());
    browser.run(folder, PROGRAM, task, CaptureConfig.WHOLE);
    Outcome outcome =
        Json.read(CapturedPage.text(folder, "outcome.json", MAX_OUTCOME), Outcome.class);
    new MainFrame(proxy).check(outcome.addresses());
    if (proxy.isExhausted()) {
      throw new PageUnusable("the page fetched more than SNAPSHOT_MAX_BYTES");
    }
    if (!outcome.isCaptured()) {
      throw new PageUnusable("the page did not load: " + reason(wanted, outcome.reason()));
    }
    return new CapturedPage(folder, Objects.requireNonNull(outcome.userAgent()));
  }

  private void copy(String resource) throws IOException {
    try (InputStream content = PageCapture.class.getResourceAsStream(resource)) {
      if (content == null) {
        throw new IllegalStateException("The build has left out " + resource);
      }
      Files.copy(content, folder.resolve(resource));
    }
  }

  private String reason(NewSnapshot wanted, @Nullable String told) {
    PageAddress page = PageAddress.of(wanted.url());
    if (proxy.foundNobodyAt(page.host(), page.port())) {
      return "nobody answers at " + page.host() + ", port " + page.port();
    }
    if (told == null || told.isEmpty()) {
      return "the browser could not show it";
    }
    return told.equals("timeout") ? "it took too long" : told;
  }
}
