package dev.retrospec.workers.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.snapshots.AddressRules;
import dev.retrospec.snapshots.NewSnapshot;
import dev.retrospec.snapshots.Viewport;
import dev.retrospec.workers.browser.BrowserConfig;
import dev.retrospec.workers.browser.Canary;
import dev.retrospec.workers.browser.FilteringProxy;
import dev.retrospec.workers.browser.NameLookup;
import dev.retrospec.workers.browser.SupervisedBrowser;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hostile page that tries to reach something on this machine in every way that a browser has:
 * each element, script call and header with each spelling of the address. Nothing may arrive.
 */
class EscapeTest {

  private static final BrowserConfig CONFIG =
      BrowserConfig.from(
          Settings.of(name -> Optional.ofNullable(System.getenv(name))), System.getenv("PATH"));

  private static final List<String> SPELLINGS =
      List.of(
          "127.0.0.1",
          "localhost",
          "sub.localhost",
          "127.1",
          "2130706433",
          "0x7f000001",
          "0177.0.0.1",
          "0.0.0.0",
          "[::1]",
          "[::ffff:127.0.0.1]",
          "rebound.example",
          "rebinding.example");

  /** Each with {@code URL} where the address goes. */
  private static final List<String> WAYS =
      List.of(
          "<img src=URL>",
          "<img srcset='URL 1x'>",
          "<picture><source srcset=URL><img></picture>",
          "<iframe src=URL></iframe>",
          "<iframe srcdoc='<img src=URL>'></iframe>",
          "<iframe src='data:text/html,<script>location=`URL`</script>'></iframe>",
          "<object data=URL></object>",
          "<embed src=URL>",
          "<video src=URL poster=URL autoplay></video>",
          "<audio src=URL preload=auto></audio>",
          "<video><track src=URL default kind=captions><source src=URL></video>",
          "<script src=URL></script>",
          "<script type=module>import 'URL'</script>",
          "<script>import('URL').catch(() => 0)</script>",
          "<link rel=stylesheet href=URL>",
          "<link rel=icon href=URL>",
          "<link rel=preload as=fetch href=URL>",
          "<link rel=prefetch href=URL>",
          "<link rel=preconnect href=URL>",
          "<link rel=dns-prefetch href=URL>",
          "<link rel=modulepreload href=URL>",
          "<link rel=manifest href=URL>",
          "<style>@import 'URL';</style>",
          "<div style='background:url(URL)'>x</div>",
          "<style>@font-face{font-family:f;src:url(URL)} b{font-family:f}</style><b>x</b>",
          "<svg><image href=URL /><use href='URL#a' /></svg>",
          "<svg><script href=URL /></svg>",
          "<form id=f action=URL target=t></form><iframe name=t></iframe><script>f.submit()</script>",
          "<script>fetch('URL', {mode: 'no-cors'}).catch(() => 0)</script>",
          "<script>x = new XMLHttpRequest(); x.open('GET', 'URL'); x.send()</script>",
          "<script>navigator.sendBeacon('URL', 'x')</script>",
          "<script>new EventSource('URL')</script>",
          "<script>new WebSocket('URL'.replace('http', 'ws'))</script>",
          "<script>new Worker(self.URL.createObjectURL(new Blob([`importScripts('URL')`])))</script>",
          "<script>new Worker(self.URL.createObjectURL(new Blob([`fetch('URL')`])))</script>",
          "<script>new SharedWorker('URL')</script>",
          "<script>window.open('URL')</script>",
          "<script>navigator.serviceWorker?.register('/sw.js')</script>",
          "<a id=a ping=URL href='#x'>x</a><script>a.click()</script>",
          "<script>new WebTransport('URL'.replace('http:', 'https:')).ready.catch(() => 0)</script>",
          "<script>p = new RTCPeerConnection({iceServers: [{urls: 'stun:HOST'}, {urls:"
              + " 'turn:HOST?transport=tcp', username: 'u', credential: 'c'}]});"
              + " p.createDataChannel('d'); p.createOffer().then(o => p.setLocalDescription(o))"
              + "</script>",
          "<iframe src='/redirect?URL'></iframe>",
          "<img src='/redirect?URL'>",
          "<script>fetch('/redirect?URL', {mode: 'no-cors'}).catch(() => 0)</script>",
          "<iframe srcdoc='<meta http-equiv=refresh content=\"0;url=URL\">'></iframe>",
          "<portal src=URL></portal>",
          "<fencedframe src=URL></fencedframe>",
          "<iframe src='view-source:URL'></iframe>",
          "<iframe src='file:///etc/passwd'></iframe>");

  @TempDir private Path folder;

  private final Site site = new Site();
  private final Map<String, AtomicInteger> lookedUp = new ConcurrentHashMap<>();

  @BeforeEach
  void needsChromium() {
    assumeTrue(CONFIG.chromium().isPresent(), "Chromium is not installed");
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void nothingOfAHostilePageArrives() throws Exception {
    try (Canary canary = new Canary()) {
      List<String> pages = new ArrayList<>();
      int ways = 0;
      for (String spelling : SPELLINGS) {
        StringBuilder html = new StringBuilder("<!doctype html><body>" + spelling);
        for (String way : WAYS) {
          String host = spelling + ":" + canary.port();
          html.append(
              way.replace("self.URL", "self.@")
                  .replace("URL", "http://" + host + "/" + ways++)
                  .replace("@", "URL")
                  .replace("HOST", host));
        }
        String path = "/" + pages.size();
        site.html(path, html.toString());
        pages.add(path);
      }
      site.with(
              "/redirect",
              exchange -> Site.redirect(exchange.getRequestURI().getQuery()).answer(exchange))
          .with(
              "/sw.js",
              exchange ->
                  Site.send(
                      exchange,
                      200,
                      "text/javascript",
                      "fetch('http://127.0.0.1:" + canary.port() + "/sw')"));

      captureAll(pages);
      int visits = canary.visits();
      String own = "http://127.0.0.1:" + canary.port() + "/";
      site.html("/control", "<img src=" + own + "1><script>fetch('" + own + "2')</script>");
      capture("/control", List.of("127.0.0.1:*"));

      assertThat(ways).isGreaterThanOrEqualTo(500);
      assertThat(site.visited()).as("the page itself was there").contains("/0", "/11");
      assertThat(visits).as("of %s ways", ways).isZero();
      assertThat(canary.visits()).as("once it is listed, it is reached").isGreaterThanOrEqualTo(2);
    }
  }

  /** Two at a time, because most of it is waiting: such pages are never quiet. */
  private void captureAll(List<String> paths) throws Exception {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      List<Callable<CapturedPage>> captures =
          paths.stream()
              .<Callable<CapturedPage>>map(path -> () -> capture(path, List.of()))
              .toList();
      for (Future<CapturedPage> captured : two.invokeAll(captures)) {
        captured.get();
      }
    } finally {
      two.shutdownNow();
    }
  }

  private CapturedPage capture(String path, List<String> more) throws IOException {
    List<String> listed = new ArrayList<>(more);
    listed.add("page.example:" + site.port());
    AddressRules rules = AddressRules.of(listed);
    NewSnapshot wanted =
        new NewSnapshot(
            TestRunId.mint(),
            "http://page.example:" + site.port() + path,
            new Viewport(800, 600),
            null,
            Duration.ofSeconds(1));
    try (FilteringProxy proxy = FilteringProxy.open(rules, lookUp(), CONFIG.maxBytes())) {
      Path own = Files.createDirectory(folder.resolve(path.substring(1)));
      return new PageCapture(
              new SupervisedBrowser(CONFIG), proxy, own, new CaptureConfig(Duration.ofSeconds(20)))
          .of(wanted);
    }
  }

  /** One name answers with a public address first and with this machine from then on. */
  private NameLookup lookUp() {
    return host ->
        switch (host) {
          case "page.example", "rebound.example" -> List.of(InetAddress.getByName("127.0.0.1"));
          case "rebinding.example" ->
              List.of(
                  InetAddress.getByName(
                      lookedUp.computeIfAbsent(host, any -> new AtomicInteger()).getAndIncrement()
                              == 0
                          ? "192.0.2.1"
                          : "127.0.0.1"));
          default -> NameLookup.SYSTEM.addressesOf(host);
        };
  }
}
