package dev.retrospec.snapshots;

import dev.retrospec.platform.failure.InvalidRequest;
import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a list of addresses: {@code app.example.com}, {@code *.example.com} (its subdomains,
 * not itself), {@code 10.1.2.3}, {@code 10.1.0.0/16}, {@code [fd00::1]}, {@code [fd00::/8]}; each
 * with {@code :8443} for that port alone or {@code :*} for every port. Without a port: 80 and 443.
 *
 * @param text as it is stored and shown, in lower case
 * @param host of an entry that names a host
 * @param network of an entry that names addresses
 * @param port {@value #STANDARD}: 80 and 443; {@value #ANY}: every one
 */
record AddressPattern(String text, @Nullable String host, @Nullable Network network, int port) {

  static final int STANDARD = 0;
  static final int ANY = -1;

  private static final int MAX_LENGTH = 300;
  private static final int MAX_PORT = 65_535;
  private static final String SUBDOMAINS = "*.";

  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-f:./]+)]|([^\\[\\]:]+))(?::(\\*|\\d{1,5}))?");

  private static final Pattern HOST =
      Pattern.compile(
          "(?:\\*\\.)?[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
              + "(?:\\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*");

  /** What browsers take for an IPv4 address in one of its unusual notations. */
  private static final Pattern NUMERIC_HOST = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)");

  /**
   * @throws InvalidRequest when it is no such entry
   */
  static AddressPattern parse(String given) {
    String text = given.strip().toLowerCase(Locale.ROOT);
    Matcher form = FORM.matcher(text);
    if (text.length() > MAX_LENGTH || !form.matches()) {
      throw invalid();
    }
    int port = port(form.group(3));
    String address = form.group(1) != null ? form.group(1) : form.group(2);
    if (form.group(1) != null || Network.isAddress(beforeSlash(address))) {
      return new AddressPattern(text, null, network(address), port);
    }
    String host = ascii(address);
    if (!HOST.matcher(host).matches() || NUMERIC_HOST.matcher(host).matches()) {
      throw invalid();
    }
    return new AddressPattern(text, host, null, port);
  }

  private static String beforeSlash(String address) {
    int slash = address.indexOf('/');
    return slash < 0 ? address : address.substring(0, slash);
  }

  private static Network network(String address) {
    try {
      return Network.parse(address);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static int port(@Nullable String text) {
    if (text == null) {
      return STANDARD;
    }
    if (text.equals("*")) {
      return ANY;
    }
    int port = Integer.parseInt(text);
    if (port < 1 || port > MAX_PORT) {
      throw invalid();
    }
    return port;
  }

  private static String ascii(String host) {
    try {
      return host.startsWith(SUBDOMAINS)
          ? SUBDOMAINS + IDN.toASCII(host.substring(SUBDOMAINS.length()))
          : IDN.toASCII(host);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static InvalidRequest invalid() {
    return new InvalidRequest(
        "an address must be a host, *.domain, an IP address or a network such as 10.1.0.0/16,"
            + " with an optional :port or :*; IPv6 in [ ]");
  }

  boolean isNetwork() {
    return network != null;
  }

  /** Whether the host is the one of this entry, whatever its address is. */
  boolean names(String other, int otherPort) {
    if (host == null || !opens(otherPort)) {
      return false;
    }
    return host.startsWith(SUBDOMAINS)
        ? other.endsWith(host.substring(1)) && other.length() > host.length() - 1
        : other.equals(host);
  }

  /** Whether the address is one of this entry. */
  boolean holds(InetAddress address, int otherPort) {
    return network != null && opens(otherPort) && network.contains(address);
  }

  private boolean opens(int otherPort) {
    return switch (port) {
      case ANY -> true;
      case STANDARD -> otherPort == 80 || otherPort == 443;
      default -> otherPort == port;
    };
  }
}
