package dev.retrospec.workers.browser;

import com.microsoft.playwright.Browser;
import java.io.IOException;

/** What is done with a browser. Leaves no context open. */
@FunctionalInterface
public interface BrowserTask<T> {

  T with(Browser browser) throws IOException;
}
