package dev.retrospec.workers.browser;

import dev.retrospec.platform.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which browser, and how much it may take.
 *
 * @param chromium the executable; empty: there is none, and nothing is captured
 * @param driver the folder that holds Playwright for Node.js as {@code package}
 * @param node the executable of Node.js
 * @param isSandboxed whether Chromium's own sandbox is on; it cannot be for root
 * @param maxBytes what one page may fetch altogether
 * @param maxMemory bytes that the browser may hold for one page
 */
public record BrowserConfig(
    Optional<Path> chromium,
    Optional<Path> driver,
    Optional<Path> node,
    boolean isSandboxed,
    long maxBytes,
    long maxMemory) {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private static final long MEBIBYTE = 1024L * 1024;

  /**
   * @param path the search path for executables, as in {@code PATH}
   */
  public static BrowserConfig from(Settings settings, String path) {
    return new BrowserConfig(
        executable(path, settings.text("RETROSPEC_CHROMIUM").map(List::of).orElse(NAMES)),
        settings.text("PLAYWRIGHT_DRIVER_DIR").map(Path::of),
        executable(
            path, settings.text("PLAYWRIGHT_NODEJS_PATH").map(List::of).orElse(List.of("node"))),
        settings.flag("SNAPSHOT_BROWSER_SANDBOX", !"root".equals(System.getProperty("user.name"))),
        settings.bytes("SNAPSHOT_MAX_BYTES", 30 * MEBIBYTE, MEBIBYTE, 512 * MEBIBYTE),
        settings.bytes("SNAPSHOT_MAX_MEMORY", 2048 * MEBIBYTE, 256 * MEBIBYTE, 65_536 * MEBIBYTE));
  }

  /** The first of these programs that is there: by its path, or along the search path. */
  public static Optional<Path> executable(String path, List<String> names) {
    return names.stream()
        .flatMap(
            name ->
                name.contains("/")
                    ? Stream.of(Path.of(name))
                    : Stream.of(path.split(":"))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
