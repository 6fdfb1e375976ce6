package dev.retrospec.system;

import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real Chromium: a {@link Browser} shared by the run, or a {@link BrowserContext} or
 * {@link Page} of the test's own (a visitor with empty cookies and storage).
 *
 * <p>It is the system's Chromium ({@code RETROSPEC_CHROMIUM}, else the usual places); nothing is
 * downloaded. Where there is none, the tests that need it are skipped and say so. Playwright is not
 * thread-safe: tests run one after the other.
 */
public final class Chromium implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(Chromium.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return List.of(Browser.class, BrowserContext.class, Page.class)
        .contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Browser browser = running(context).browser();
    Class<?> wanted = parameter.getParameter().getType();
    if (wanted == Browser.class) {
      return browser;
    }
    BrowserContext visitor =
        browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 800));
    // Closed after this test; a test may have several visitors.
    context.getStore(NAMESPACE).put(visitor, (AutoCloseable) visitor::close);
    return wanted == Page.class ? visitor.newPage() : visitor;
  }

  private static Running running(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Running.class, type -> launch(), Running.class);
  }

  private static Running launch() {
    Path executable = executable();
    // A limit of waits, not a wait: a busy machine may take seconds for a page.
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(arguments()));
    return new Running(playwright, browser);
  }

  private static List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-quic"));
    if ("root".equals(System.getProperty("user.name"))) {
      // Chromium refuses to start as root with its sandbox on.
      arguments.add("--no-sandbox");
    }
    return arguments;
  }

  /** The system's Chromium; the test is skipped where there is none. */
  static Path executable() {
    String chosen = System.getenv("RETROSPEC_CHROMIUM");
    return Stream.of(
            chosen == null ? "" : chosen,
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome")
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> abort("No Chromium: set RETROSPEC_CHROMIUM or install chromium"));
  }

  private record Running(Playwright playwright, Browser browser) implements AutoCloseable {

    @Override
    public void close() {
      browser.close();
      playwright.close();
    }
  }
}
