package dev.retrospec.workers.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Playwright's driver and the Chromium that it started. Used by one thread at a time, except for
 * {@link #kill}, which any thread may call: Playwright waits for ever on a browser that hangs, and
 * only the end of its processes wakes it.
 */
final class BrowserProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BrowserProcess.class);

  /** The driver's own heap: a HAR holds what a page has fetched. */
  private static final String DRIVER_OPTIONS = "--max-old-space-size=512";

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

  private final Playwright playwright;
  private final Browser browser;
  private final List<ProcessHandle> processes;

  private BrowserProcess(Playwright playwright, Browser browser, List<ProcessHandle> processes) {
    this.playwright = playwright;
    this.browser = browser;
    this.processes = processes;
  }

  /**
   * @throws NoBrowser when there is none
   * @throws BrowserLost when it does not start
   */
  static BrowserProcess start(BrowserConfig config) {
    if (config.chromium().isEmpty()) {
      throw new NoBrowser("no Chromium was found: install it, or name one in RETROSPEC_CHROMIUM");
    }
    config
        .driver()
        .ifPresent(
            folder -> {
              if (!Files.isRegularFile(folder.resolve("package/cli.js"))) {
                throw new NoBrowser("PLAYWRIGHT_DRIVER_DIR holds no driver of Playwright");
              }
            });
    Set<ProcessHandle> before = children();
    Playwright playwright = null;
    try {
      playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment(config)));
      Browser browser = playwright.chromium().launch(options(config));
      Set<ProcessHandle> started = children();
      started.removeAll(before);
      return new BrowserProcess(playwright, browser, withDescendants(started));
    } catch (RuntimeException e) {
      if (playwright != null) {
        closeQuietly(playwright);
      }
      throw new BrowserLost("the browser did not start", e);
    }
  }

  private static Map<String, String> environment(BrowserConfig config) {
    Map<String, String> environment = new java.util.HashMap<>();
    environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    environment.put("NODE_OPTIONS", DRIVER_OPTIONS);
    config.node().ifPresent(node -> environment.put("PLAYWRIGHT_NODEJS_PATH", node.toString()));
    return environment;
  }

  private static BrowserType.LaunchOptions options(BrowserConfig config) {
    return new BrowserType.LaunchOptions()
        .setExecutablePath(config.chromium().orElseThrow())
        .setHeadless(true)
        .setChromiumSandbox(config.isSandboxed())
        // The server's environment holds its keys: they are no business of a page's process.
        .setEnv(Map.of("HOME", System.getProperty("java.io.tmpdir"), "LANG", "C.UTF-8"))
        .setArgs(ARGUMENTS);
  }

  private static Set<ProcessHandle> children() {
    return ProcessHandle.current()
        .children()
        .collect(Collectors.toCollection(java.util.HashSet::new));
  }

  /** Taken at once: when the driver is gone, its children are nobody's any more. */
  private static List<ProcessHandle> withDescendants(Set<ProcessHandle> started) {
    return started.stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .toList();
  }

  Browser browser() {
    return browser;
  }

  boolean isAlive() {
    return browser.isConnected() && processes.stream().anyMatch(ProcessHandle::isAlive);
  }

  long firstProcessId() {
    return processes.isEmpty() ? -1 : processes.get(0).pid();
  }

  /** Ends everything at once, and with it whatever waits for the browser. */
  void kill() {
    List<ProcessHandle> all = new ArrayList<>(processes);
    processes.forEach(process -> process.descendants().forEach(all::add));
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /** Asks it to end, and makes sure. */
  @Override
  public void close() {
    closeQuietly(playwright);
    kill();
  }

  private static void closeQuietly(Playwright playwright) {
    try {
      playwright.close();
    } catch (PlaywrightException e) {
      LOG.debug("The browser was gone before it was closed", e);
    }
  }
}
