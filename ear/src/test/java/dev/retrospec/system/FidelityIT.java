package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ScreenshotAnimations;
import com.microsoft.playwright.options.ScreenshotCaret;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a visitor saw and what the player shows of that moment, picture against picture: recorded by
 * the SDK, scrubbed and stored by the server, played by the player. More kinds of pages are
 * compared without a server by {@code sdk/test/chromium/fidelity.test.ts}.
 */
@ExtendWith({RunningRetroSpec.class, Chromium.class})
class FidelityIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int WIDTH = 800;
  private static final int HEIGHT = 600;

  /** A page, what is done on it before the picture is taken, and its share of equal pixels. */
  private record Scene(String path, String body, String act) {}

  private static final List<Scene> SCENES =
      List.of(
          new Scene(
              "/form",
              """
              <h1>Order</h1><form class="box"><label>Name <input name="who"></label>
              <p><label><input type="checkbox" name="gift"> As a gift</label></p>
              <textarea name="note" rows="3"></textarea><button type="button">Send</button></form>
              """,
              """
              const [name, gift] = document.querySelectorAll('input');
              name.value = 'Ada'; name.dispatchEvent(new Event('input', { bubbles: true }));
              gift.click();
              document.querySelector('button').textContent = 'Sent';
              """),
          new Scene(
              "/table",
              "<table><tbody>%s</tbody></table>"
                  .formatted(
                      String.join(
                          "",
                          IntStream.range(0, 12)
                              .mapToObj(n -> "<tr><td>Item " + n + "</td><td>open</td></tr>")
                              .toList())),
              """
              const body = document.querySelector('tbody');
              body.append(...[...body.rows].reverse());
              body.rows[3].remove();
              body.rows[1].style.background = '#fd8';
              """),
          new Scene(
              "/components",
              "<fancy-card>Slotted <b>text</b></fancy-card><fancy-card>Second</fancy-card>",
              """
              const sheet = new CSSStyleSheet();
              sheet.replaceSync('.in { background: #fe9; padding: 10px; border-left: 6px solid #c60 }');
              customElements.define('fancy-card', class extends HTMLElement {
                connectedCallback() {
                  const root = this.attachShadow({ mode: 'open' });
                  root.adoptedStyleSheets = [sheet];
                  root.innerHTML = '<style>:host { display: block; margin: 8px }</style>'
                    + '<div class="in"><slot></slot></div>';
                }
              });
              """),
          new Scene(
              "/chart",
              """
              <svg width="400" height="220" viewBox="0 0 400 220"><defs><linearGradient id="g">
              <stop offset="0" stop-color="#08f"/><stop offset="1" stop-color="#f08"/>
              </linearGradient></defs><rect width="380" height="180" rx="20" fill="url(#g)"/>
              <text x="40" y="60" fill="#fff" font-size="24">Chart</text></svg>
              """,
              """
              const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
              for (const [name, value] of [['cx', 200], ['cy', 120], ['r', 18], ['fill', '#ff0']]) {
                dot.setAttribute(name, value);
              }
              document.querySelector('svg').append(dot);
              """));

  @Test
  void thePlayerShowsWhatTheVisitorSawAtThatMoment(
      RetroSpec retroSpec, Browser browser, BrowserContext developers) throws IOException {
    Customer customer = Customer.of(retroSpec);
    Map<String, String> bodies =
        Map.ofEntries(
            SCENES.stream()
                .map(scene -> Map.entry(scene.path(), scene.body()))
                .<Map.Entry<String, String>>toArray(Map.Entry[]::new));
    List<Double> shares = new ArrayList<>();
    try (PaintedSite site = new PaintedSite(retroSpec, customer, bodies)) {
      for (Scene scene : SCENES) {
        Seen seen = visit(browser, site, scene);
        JsonNode manifest = recordedUntilTheEnd(customer, seen.session());
        long moment =
            Duration.between(Instant.parse(manifest.path("startedAt").asText()), seen.at())
                .toMillis();
        String address =
            "/player/index.html?project=%s&session=%s&t=%d"
                .formatted(customer.projectId(), seen.session(), moment);
        BufferedImage shown = played(retroSpec, developers, address);

        double share = equalShare(seen.picture(), shown, seen.fields());
        shares.add(share);
        assertThat(share).as(scene.path()).isGreaterThan(0.995);
      }
    }
    assertThat(shares.stream().mapToDouble(share -> share).average().orElseThrow())
        .isGreaterThanOrEqualTo(0.999);
  }

  /** What the visitor saw, when, and where the fields are that look different on purpose. */
  private record Seen(
      String session, Instant at, BufferedImage picture, List<BoundingBox> fields) {}

  private static Seen visit(Browser browser, PaintedSite site, Scene scene) throws IOException {
    Browser.NewContextOptions size = new Browser.NewContextOptions().setViewportSize(WIDTH, HEIGHT);
    try (BrowserContext visitor = browser.newContext(size)) {
      Page page = visitor.newPage();
      page.navigate(site.url(scene.path()).toString());
      page.waitForFunction("() => window.retrospec.isRecording()");
      String session = (String) page.evaluate("() => window.retrospec.sessionId()");
      page.evaluate("() => window.retrospec.flush()");
      page.evaluate("() => { " + scene.act() + " }");
      BufferedImage picture =
          ImageIO.read(
              new ByteArrayInputStream(
                  page.screenshot(
                      new Page.ScreenshotOptions()
                          .setAnimations(ScreenshotAnimations.DISABLED)
                          .setCaret(ScreenshotCaret.HIDE))));
      List<BoundingBox> fields =
          page.locator("input, textarea").all().stream().map(Locator::boundingBox).toList();
      long at = ((Number) page.evaluate("() => Date.now()")).longValue();
      // What comes later must not be in the picture of that moment.
      page.evaluate(
          "() => new Promise((done) => setTimeout(() => {"
              + " document.body.style.background = '#802'; document.body.append('Too late');"
              + " window.retrospec.addCustomEvent('too late'); setTimeout(done, 100); }, 400))");
      page.evaluate("() => window.retrospec.flush()");
      return new Seen(session, Instant.ofEpochMilli(at), picture, fields);
    }
  }

  private static JsonNode recordedUntilTheEnd(Customer customer, String session) {
    String path = "/v1/sessions/" + session;
    await()
        .atMost(SOON)
        .until(
            () ->
                customer.api().get(path + "/timeline?kind=custom").json().path("events").size()
                    == 1);
    return customer.api().read(path + "/manifest");
  }

  /** The replay as large as it was recorded, without what the player draws over it. */
  private static BufferedImage played(
      RetroSpec retroSpec, BrowserContext developers, String address) throws IOException {
    try (Page player = developers.newPage()) {
      player.navigate(retroSpec.url("/admin/issues").toString());
      if (player.getByLabel("User name").isVisible()) {
        player.getByLabel("User name").fill(retroSpec.export("RETROSPEC_USER"));
        player.getByLabel("Password").fill(retroSpec.export("RETROSPEC_PASSWORD"));
        player.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
      }
      player.navigate(retroSpec.url(address).toString());
      Locator replay = player.locator(".stage[data-status=paused] .screen.is-shown iframe");
      replay.waitFor();
      player.addStyleTag(
          new Page.AddStyleTagOptions()
              .setContent(
                  ".stage { position: fixed !important; inset: 0 !important; z-index: 9 }"
                      + " .screen.is-shown { transform: none !important }"
                      + " .stage-banner, .replayer-mouse, .replayer-mouse-tail { display: none }"));
      return ImageIO.read(
          new ByteArrayInputStream(
              replay.screenshot(
                  new Locator.ScreenshotOptions()
                      .setAnimations(ScreenshotAnimations.DISABLED)
                      .setCaret(ScreenshotCaret.HIDE))));
    }
  }

  private static double equalShare(
      BufferedImage seen, BufferedImage shown, List<BoundingBox> fields) {
    assertThat(List.of(shown.getWidth(), shown.getHeight())).containsExactly(WIDTH, HEIGHT);
    for (BufferedImage picture : List.of(seen, shown)) {
      Graphics2D paint = picture.createGraphics();
      for (BoundingBox field : fields) {
        paint.fillRect((int) field.x, (int) field.y, (int) field.width + 1, (int) field.height + 1);
      }
      paint.dispose();
    }
    long equal =
        IntStream.range(0, WIDTH * HEIGHT)
            .filter(
                at -> seen.getRGB(at % WIDTH, at / WIDTH) == shown.getRGB(at % WIDTH, at / WIDTH))
            .count();
    return (double) equal / (WIDTH * HEIGHT);
  }
}
