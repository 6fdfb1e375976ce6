package dev.retrospec.workers.snapshots;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;
import com.microsoft.playwright.options.ScreenshotCaret;

/** The picture of a whole page, as far down as memory allows. */
final class FullPage {

  /** Four bytes each in the browser, several times over. */
  private static final int MAX_PIXELS = 16_000_000;

  private static final int TIMEOUT_MS = 20_000;

  private FullPage() {}

  static byte[] screenshot(Page page) {
    int width = page.viewportSize().width;
    int height =
        ((Number)
                page.evaluate(
                    "() => Math.max(document.documentElement?.scrollHeight ?? 0,"
                        + " document.body?.scrollHeight ?? 0, innerHeight)"))
            .intValue();
    Page.ScreenshotOptions options =
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setAnimations(ScreenshotAnimations.DISABLED)
            .setCaret(ScreenshotCaret.HIDE)
            .setTimeout(TIMEOUT_MS);
    if ((long) width * height > MAX_PIXELS) {
      options.setClip(0, 0, width, MAX_PIXELS / width);
    }
    return page.screenshot(options);
  }
}
