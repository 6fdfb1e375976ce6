package dev.retrospec.workers.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.ids.JobId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SnapshotId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.jobs.JobSignal;
import dev.retrospec.jobs.JobsEnqueued;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.projects.Projects;
import dev.retrospec.snapshots.AddressRules;
import dev.retrospec.snapshots.NewSnapshot;
import dev.retrospec.snapshots.SnapshotAddresses;
import dev.retrospec.snapshots.SnapshotArtifact;
import dev.retrospec.snapshots.SnapshotConfig;
import dev.retrospec.snapshots.SnapshotFailure;
import dev.retrospec.snapshots.SnapshotObjects;
import dev.retrospec.snapshots.SnapshotRequests;
import dev.retrospec.snapshots.SnapshotResults;
import dev.retrospec.snapshots.SnapshotStatus;
import dev.retrospec.snapshots.SnapshotView;
import dev.retrospec.snapshots.Snapshots;
import dev.retrospec.snapshots.Viewport;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import dev.retrospec.workers.browser.BrowserConfig;
import dev.retrospec.workers.browser.Canary;
import dev.retrospec.workers.browser.NameLookup;
import dev.retrospec.workers.browser.SupervisedBrowser;
import dev.retrospec.workers.runtime.Courtesy;
import dev.retrospec.workers.runtime.JobRun;
import dev.retrospec.workers.runtime.YieldConfig;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From the wish for a snapshot to what is stored, with a real Chromium, database and site. */
class SnapshotJobTest {

  private static final BrowserConfig CONFIG =
      BrowserConfig.from(
          Settings.of(name -> Optional.ofNullable(System.getenv(name))), System.getenv("PATH"));
  private static final SnapshotConfig CONFIG_OF_SNAPSHOTS =
      new SnapshotConfig(Duration.ofDays(30), AddressRules.of(List.of()), 5, "http://x");
  private static final SupervisedBrowser BROWSER = new SupervisedBrowser(CONFIG);

  private final TestDatabase database = TestDatabase.get();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final ProjectId project = database.newProject();
  private final TestRunId run = TestRunId.mint();
  private final Site site = new Site();
  private final MemoryArtifactStore store = new MemoryArtifactStore();
  private final Outbox outbox = new Outbox(database, clock, Map.of());
  private final Snapshots snapshots = new Snapshots(database.jdbi());
  private final SnapshotAddresses addresses =
      new SnapshotAddresses(
          database.jdbi(), new Projects(database.jdbi(), clock), CONFIG_OF_SNAPSHOTS, clock);
  private final SnapshotRequests requests =
      new SnapshotRequests(snapshots, addresses, outbox.queue, CONFIG_OF_SNAPSHOTS, clock);
  private final SnapshotResults results = new SnapshotResults(snapshots, clock);
  private final JobRun jobs =
      new JobRun(outbox.attempts, new Courtesy(() -> 0, new YieldConfig(1)), outbox.meters);

  @BeforeAll
  static void needsChromium() {
    assumeTrue(CONFIG.chromium().isPresent(), "Chromium is not installed");
  }

  @AfterAll
  static void endTheBrowser() {
    BROWSER.close();
  }

  @AfterEach
  void close() {
    site.close();
    database.jdbi().useHandle(handle -> handle.execute("delete from job"));
  }

  @Test
  void aPageBecomesFiveArtifactsWithoutItsSecrets() throws IOException {
    site.html(
            "/",
            """
            <!doctype html><html><head><title>Checkout</title><link rel="stylesheet" href="/a.css">
            <script>console.warn('cart of ann@example.com'); localStorage.x = 1;
            setTimeout(() => { throw new Error('total is undefined') }, 0);
            fetch('/api/pay?token=t0ken', {method:'POST', headers:{Authorization:'Bearer abc123def456'},
              body: JSON.stringify({password:'hunter2'})});
            </script></head><body style="margin:0"><h1>Pay</h1><div style="height:3000px;background:#f00"></div>
            <input type="password" value="hunter2"><input name="city" value="Bern"></body></html>
            """)
        .with("/a.css", exchange -> Site.send(exchange, 200, "text/css", "h1{color:#00f}"))
        .with(
            "/api/pay",
            exchange -> {
              exchange.getResponseHeaders().set("Set-Cookie", "sid=c00kie");
              Site.send(exchange, 500, "application/json", "{\"secret\":\"s3cr3t\",\"code\":7}");
            });

    SnapshotView taken = capture("/?preview=pr3view", null, Duration.ZERO);

    assertThat(taken.failure()).isNull();
    assertThat(taken.status()).isEqualTo(SnapshotStatus.READY);
    assertThat(taken.url()).endsWith("/?preview=[value]");
    assertThat(taken.userAgent()).contains("Chrome");
    assertThat(taken.takenAt()).isEqualTo(clock.instant());
    assertThat(taken.objects()).containsOnlyKeys(SnapshotArtifact.values());

    BufferedImage picture =
        ImageIO.read(new ByteArrayInputStream(content(taken, SnapshotArtifact.SCREENSHOT)));
    assertThat(picture.getWidth()).isEqualTo(800);
    assertThat(picture.getHeight()).isBetween(3_050, 3_300);
    assertThat(picture.getRGB(400, 1_500)).isEqualTo(0xFFFF0000);

    String html = text(taken, SnapshotArtifact.HTML);
    assertThat(html).contains("<h1>Pay</h1>", "value=\"Bern\"");
    String console = text(taken, SnapshotArtifact.CONSOLE);
    assertThat(console).contains("[warning] cart of [email]", "[ERROR]", "total is undefined");
    String har = text(taken, SnapshotArtifact.HAR);
    JsonNode entries = new ObjectMapper().readTree(har).at("/log/entries");
    assertThat(entries.findValuesAsText("url"))
        .anyMatch(url -> url.endsWith("/api/pay?token=[value]"));
    assertThat(entries.findValuesAsText("text")).anyMatch(body -> body.contains("\"code\":7"));
    assertThat(har).contains("h1{color:#00f}");
    JsonNode dom = new ObjectMapper().readTree(text(taken, SnapshotArtifact.DOM));
    assertThat(dom.at("/0/type").asInt()).isEqualTo(4);
    assertThat(dom.at("/0/data/width").asInt()).isEqualTo(800);
    assertThat(dom.at("/1/type").asInt()).isEqualTo(2);
    assertThat(dom.at("/1/data/node/childNodes").findValuesAsText("textContent")).contains("Pay");
    assertThat(dom.toString()).contains("rgb(0, 0, 255)");
    for (String one : List.of(html, console, har, dom.toString())) {
      assertThat(one)
          .doesNotContain(
              "hunter2", "t0ken", "abc123def456", "c00kie", "s3cr3t", "pr3view", "ann@");
    }
  }

  @Test
  void waitsForWhatItIsToldToWaitFor() throws IOException {
    site.html(
        "/",
        "<body><script>setTimeout(() => document.body.innerHTML = '<p id=late>there</p>', 1500)"
            + "</script></body>");

    assertThat(text(capture("/", "#late", Duration.ofSeconds(10)), SnapshotArtifact.HTML))
        .contains("there");
    SnapshotView without = capture("/", "#never", Duration.ofMillis(50));
    assertThat(without.status())
        .as("a page without it is a finding")
        .isEqualTo(SnapshotStatus.READY);
  }

  @Test
  void aPageThatFailsIsShownAsItFails() throws IOException {
    site.with("/", exchange -> Site.send(exchange, 500, "text/html", "<h1>Out of order</h1>"));

    assertThat(text(capture("/", null, Duration.ZERO), SnapshotArtifact.HTML))
        .contains("Out of order");
  }

  @Test
  void aPageThatDoesNotAnswerIsTriedThreeTimesAndThenFails() throws IOException {
    site.with("/", exchange -> exchange.close());

    SnapshotView failed = capture("/", null, Duration.ZERO);

    assertThat(failed.status()).isEqualTo(SnapshotStatus.FAILED);
    assertThat(failed.failureCode()).isEqualTo(SnapshotFailure.CAPTURE_FAILED);
    assertThat(failed.failure()).startsWith("the page did not load: net::ERR_");
    assertThat(site.visited().size()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aRedirectToWhereNoPageMayComeFromIsRefused() throws IOException {
    try (Canary canary = new Canary()) {
      site.with("/", Site.redirect("http://127.0.0.1:" + canary.port() + "/"))
          .html("/script", "<script>location = 'http://localhost:" + canary.port() + "/'</script>")
          .html(
              "/refresh",
              "<meta http-equiv=refresh content='0;url=http://[::1]:" + canary.port() + "/'>");

      for (String path : List.of("/", "/script", "/refresh")) {
        SnapshotView refused = capture(path, null, Duration.ofMillis(500));
        assertThat(refused.failureCode()).as(path).isEqualTo(SnapshotFailure.ADDRESS_REFUSED);
        assertThat(refused.objects()).isEmpty();
      }
      assertThat(canary.visits()).isZero();
    }
  }

  @Test
  void aPageThatRedirectsForEverFails() throws IOException {
    site.with("/", exchange -> Site.redirect("/" + System.nanoTime()).answer(exchange));

    SnapshotView failed = capture("/", null, Duration.ZERO);

    assertThat(failed.failureCode()).isEqualTo(SnapshotFailure.CAPTURE_FAILED);
    assertThat(failed.failure()).contains("redirected");
  }

  @Test
  void aSnapshotOfANameThatLeadsHereIsRefused() throws IOException {
    site.html("/", "secret");
    addresses.replace(project, List.of());
    SnapshotId id =
        requests.request(project, wanted("http://rebound.example/", null, Duration.ZERO));

    perform();

    assertThat(snapshots.find(project, id).orElseThrow().failureCode())
        .isEqualTo(SnapshotFailure.ADDRESS_REFUSED);
    assertThat(site.visited()).isEmpty();
  }

  @Test
  void whatAPageLogsInOneGoDoesNotReachTheServer() throws IOException {
    site.html("/", "<h1>Loud</h1><script>console.log('x'.repeat(20 * 1048576))</script>");

    assertThat(text(capture("/", null, Duration.ZERO), SnapshotArtifact.CONSOLE))
        .startsWith("[log] xxx")
        .hasSizeLessThan(30_000);
  }

  @Test
  void aDocumentWithoutEndIsRefusedAndTheNextPageIsCaptured() throws IOException {
    site.html(
            "/", "<body><script>document.body.setAttribute('data-long', 'y'.repeat(60e6))</script>")
        .html("/next", "<h1>Next</h1>");

    SnapshotView endless = capture("/", null, Duration.ZERO);

    assertThat(endless.failureCode()).isEqualTo(SnapshotFailure.CAPTURE_FAILED);
    assertThat(endless.failure()).contains("the page is too much");
    assertThat(text(capture("/next", null, Duration.ZERO), SnapshotArtifact.HTML)).contains("Next");
  }

  @Test
  void aPageThatTakesTheMachinesMemoryIsStopped() throws IOException {
    site.html(
        "/",
        "<script>kept = []; for (let i = 0; i < 60; i++) {"
            + " const more = new Uint8Array(50e6); more.fill(1); kept.push(more); }</script>");
    BrowserConfig frugal =
        new BrowserConfig(
            CONFIG.chromium(),
            CONFIG.driver(),
            CONFIG.node(),
            CONFIG.isSandboxed(),
            30_000_000,
            700_000_000);
    SnapshotId id = request("/", null, Duration.ofSeconds(5));

    jobs.run(lastJob(), job(new SupervisedBrowser(frugal)));

    SnapshotView failed = snapshots.find(project, id).orElseThrow();
    assertThat(failed.failureCode()).isEqualTo(SnapshotFailure.CAPTURE_FAILED);
    assertThat(failed.failure()).contains("SNAPSHOT_MAX_MEMORY");
  }

  @Test
  void withoutABrowserItSaysSo() throws IOException {
    site.html("/", "x");
    BrowserConfig none =
        new BrowserConfig(
            Optional.empty(), CONFIG.driver(), CONFIG.node(), false, 1_000_000, 1 << 30);
    SnapshotId id = request("/", null, Duration.ZERO);

    jobs.run(lastJob(), job(new SupervisedBrowser(none)));

    SnapshotView failed = snapshots.find(project, id).orElseThrow();
    assertThat(failed.failureCode()).isEqualTo(SnapshotFailure.NO_BROWSER);
    assertThat(failed.failure()).contains("RETROSPEC_CHROMIUM");
  }

  private SnapshotView capture(String path, @Nullable String selector, Duration patience)
      throws IOException {
    SnapshotId id = request(path, selector, patience);
    perform();
    return snapshots.find(project, id).orElseThrow();
  }

  private SnapshotId request(String path, @Nullable String selector, Duration patience) {
    addresses.replace(project, List.of("page.example:" + site.port()));
    return requests.request(
        project, wanted("http://page.example:" + site.port() + path, selector, patience));
  }

  private NewSnapshot wanted(String url, @Nullable String selector, Duration patience) {
    return new NewSnapshot(run, url, new Viewport(800, 600), selector, patience);
  }

  private void perform() {
    jobs.run(lastJob(), job(BROWSER));
  }

  private SnapshotJob job(SupervisedBrowser browser) {
    NameLookup names =
        host ->
            host.endsWith(".example")
                ? List.of(InetAddress.getByName("127.0.0.1"))
                : NameLookup.SYSTEM.addressesOf(host);
    return new SnapshotJob(
        results,
        addresses,
        browser,
        CONFIG,
        new CaptureConfig(Duration.ofSeconds(20)),
        names,
        store);
  }

  private JobId lastJob() {
    List<JobsEnqueued> fired = outbox.enqueued.fired();
    List<JobSignal> signals = fired.get(fired.size() - 1).signals();
    return signals.get(signals.size() - 1).id();
  }

  private String text(SnapshotView snapshot, SnapshotArtifact artifact) throws IOException {
    return new String(content(snapshot, artifact), StandardCharsets.UTF_8);
  }

  private byte[] content(SnapshotView snapshot, SnapshotArtifact artifact) throws IOException {
    assertThat(snapshot.failure()).isNull();
    try (InputStream stream =
        store.open(SnapshotObjects.key(project, snapshot.id(), artifact)).orElseThrow().stream()) {
      return stream.readAllBytes();
    }
  }
}
