package dev.retrospec.snapshots;

import dev.retrospec.platform.failure.InvalidRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where the browser may go for a project. Without entries: to every page on the Internet at large,
 * on ports 80 and 443. With entries: pages come from the entries only; what they fetch may come
 * from the Internet at large too. An address of a machine or a company is open only by an entry,
 * and those of a cloud's metadata only by an entry that names the address itself.
 */
public final class AddressRules {

  static final int MAX_ENTRIES = 100;

  private final List<AddressPattern> patterns;

  private AddressRules(List<AddressPattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /** No more than what a page on the Internet at large is asked at. */
  private static boolean isStandard(int port) {
    return port == 80 || port == 443;
  }

  /**
   * @throws InvalidRequest when one of them is not understood, or there are too many
   */
  public static AddressRules of(List<String> entries) {
    if (entries.size() > MAX_ENTRIES) {
      throw new InvalidRequest("there must be no more than " + MAX_ENTRIES + " addresses");
    }
    return new AddressRules(entries.stream().map(AddressPattern::parse).distinct().toList());
  }

  /** In one spelling, each once. */
  public List<String> entries() {
    return patterns.stream().map(AddressPattern::text).toList();
  }

  AddressRules and(AddressRules more) {
    return new AddressRules(
        Stream.concat(patterns.stream(), more.patterns.stream()).distinct().toList());
  }

  /**
   * Whether a connection may be made. Ask it for every one, with the very address that it then goes
   * to.
   *
   * @param host as the browser named it
   */
  public boolean reaches(String host, int port, InetAddress address) {
    return isListed(host, port, address)
        || (isStandard(port) && SpecialAddresses.isGlobal(address));
  }

  /** Whether a page may be shown that comes from there. */
  public boolean showsPage(String host, int port, InetAddress address) {
    return patterns.isEmpty() ? reaches(host, port, address) : isListed(host, port, address);
  }

  private boolean isListed(String host, int port, InetAddress address) {
    String name = host.toLowerCase(Locale.ROOT);
    return patterns.stream()
        .anyMatch(
            pattern ->
                pattern.holds(address, port)
                    || (pattern.names(name, port) && SpecialAddresses.mayBeNamed(address)));
  }
}
