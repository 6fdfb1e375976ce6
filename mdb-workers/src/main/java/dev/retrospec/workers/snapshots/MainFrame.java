package dev.retrospec.workers.snapshots;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.snapshots.AddressNotAllowed;
import dev.retrospec.snapshots.PageAddress;
import dev.retrospec.workers.browser.FilteringProxy;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the page itself has been: its first address and every one that a redirect, a script or a
 * refresh led it to. Its proxy stops what may not be reached; this is about what may be shown.
 */
record MainFrame(FilteringProxy proxy) {

  /** Browsers follow twenty; an honest login needs four. */
  private static final int MAX_NAVIGATIONS = 10;

  /** What comes from the page itself and from no server. */
  private static final Pattern OF_NOBODY = Pattern.compile("(?i)(?:about|data|blob):");

  /**
   * @throws AddressNotAllowed when the page has been where no page may come from
   * @throws PageUnusable when it went on and on
   */
  void check(List<String> addresses) {
    if (addresses.size() > MAX_NAVIGATIONS) {
      throw new PageUnusable("the page was redirected more than " + MAX_NAVIGATIONS + " times");
    }
    for (String address : addresses) {
      if (OF_NOBODY.matcher(address).lookingAt()) {
        continue;
      }
      PageAddress page;
      try {
        page = PageAddress.of(address);
      } catch (InvalidRequest e) {
        throw new AddressNotAllowed("an address that is neither http nor https");
      }
      if (proxy.hasRefused(page.host(), page.port())
          || !proxy.showsPage(page.host(), page.port())) {
        throw new AddressNotAllowed(page.host());
      }
    }
  }
}
