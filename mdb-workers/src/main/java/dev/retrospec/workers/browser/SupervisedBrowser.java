package dev.retrospec.workers.browser;

import dev.retrospec.platform.json.Json;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The browsers of this server, one for each lane, in processes of their own for as long as one task
 * lasts: a program for Node.js that drives Chromium by Playwright, and Chromium. Nothing of what a
 * page does reaches this process but the files that the program writes; it is ended with all that
 * it started when it takes too long or too much memory.
 */
@ApplicationScoped
public class SupervisedBrowser {

  private static final List<String> ARGUMENTS =
      List.of(
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-quic",
          "--disable-domain-reliability",
          "--disable-gpu",
          "--no-pings",
          "--renderer-process-limit=4",
          "--js-flags=--max-old-space-size=512",
          // Names are resolved by the proxy, which is an address. A context without its proxy
          // reaches nothing.
          "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
          // No UDP around the proxy.
          "--force-webrtc-ip-handling-policy",
          "--webrtc-ip-handling-policy=disable_non_proxied_udp");

  private final BrowserConfig config;

  /** Fair, because jobs wait for it in the order in which they came. */
  private final Map<BrowserLane, Semaphore> turns = new EnumMap<>(BrowserLane.class);

  private final Set<BrowserProcess> running = ConcurrentHashMap.newKeySet();

  @Inject
  public SupervisedBrowser(BrowserConfig config) {
    this.config = config;
    for (BrowserLane lane : BrowserLane.values()) {
      turns.put(lane, new Semaphore(1, true));
    }
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected SupervisedBrowser() {
    this(null);
  }

  /** What the program finds in {@code command.json}. */
  private record Command(Browser browser, Object task) {}

  private record Browser(
      String playwright, String executablePath, boolean sandbox, List<String> args) {}

  /** As below, on the lane of captures and within their bounds. */
  public void run(Path folder, String program, Object task, Duration limit) throws IOException {
    run(
        BrowserLane.CAPTURE,
        folder,
        program,
        task,
        new BrowserBounds(limit, config.maxMemory(), "SNAPSHOT_MAX_MEMORY", () -> {}));
  }

  /**
   * Runs a program, alone on its lane, and waits for its end.
   *
   * @param folder where it runs, with {@code command.json}, of which {@code task} is a part; what
   *     it leaves is there afterwards
   * @param program a file of that folder
   * @param bounds beyond which it is killed
   * @throws NoBrowser when this installation has none
   * @throws BrowserLost when it ended without success
   * @throws BrowserExhausted when it had to be killed
   */
  public void run(BrowserLane lane, Path folder, String program, Object task, BrowserBounds bounds)
      throws IOException {
    Path chromium =
        config
            .chromium()
            .orElseThrow(
                () ->
                    new NoBrowser(
                        "no Chromium was found: install it, or name one in RETROSPEC_CHROMIUM"));
    Path node =
        config
            .node()
            .orElseThrow(
                () ->
                    new NoBrowser(
                        "no Node.js was found: install it, or name one in PLAYWRIGHT_NODEJS_PATH"));
    Path playwright =
        config
            .driver()
            .map(driver -> driver.resolve("package"))
            .filter(found -> Files.isRegularFile(found.resolve("index.js")))
            .orElseThrow(() -> new NoBrowser("PLAYWRIGHT_DRIVER_DIR holds no Playwright"));
    Browser browser =
        new Browser(
            playwright.toAbsolutePath().toString(),
            chromium.toString(),
            config.isSandboxed(),
            ARGUMENTS);
    Files.writeString(folder.resolve("command.json"), Json.write(new Command(browser, task)));
    Semaphore turn = turns.get(lane);
    try {
      turn.acquire();
      try (BrowserProcess process = BrowserProcess.start(node, folder, program)) {
        running.add(process);
        try {
          process.await(bounds);
        } finally {
          running.remove(process);
        }
      } finally {
        turn.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException("Ended meanwhile").initCause(e);
    }
  }

  /** Ends what runs, at the server's end. */
  @PreDestroy
  public void close() {
    running.forEach(BrowserProcess::close);
  }
}
