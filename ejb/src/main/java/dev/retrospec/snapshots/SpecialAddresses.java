package dev.retrospec.snapshots;

import java.net.InetAddress;
import java.util.List;

/**
 * Which IP addresses belong to the Internet at large and which to a machine, a company or a cloud's
 * own machinery: the registries of special-purpose addresses (RFC 6890 and IANA's updates), read so
 * that what is not certainly global is not.
 */
final class SpecialAddresses {

  private static final List<Network> NOT_GLOBAL_4 =
      networks(
          "0.0.0.0/8", // this host
          "10.0.0.0/8", // private
          "100.64.0.0/10", // carrier-grade NAT, and a cloud's metadata
          "127.0.0.0/8", // loopback
          "168.63.129.16/32", // a cloud's own address for its machines, though of a public block
          "169.254.0.0/16", // link-local, metadata
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments, metadata
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays, withdrawn
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/3"); // multicast, reserved, broadcast

  private static final Network GLOBAL_6 = Network.parse("2000::/3");

  private static final List<Network> NOT_GLOBAL_6 =
      networks(
          "2001::/23", // protocol assignments; Teredo, which wraps an IPv4 address
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4 wraps an IPv4 address
          "3fff::/20"); // documentation

  /** Only an entry that names the address itself opens these: no name may lead here by DNS. */
  private static final List<Network> NEVER_BY_NAME =
      networks(
          "0.0.0.0/8",
          "100.100.100.200/32",
          "168.63.129.16/32",
          "169.254.0.0/16",
          "192.0.0.0/24",
          "224.0.0.0/3",
          "::/128",
          "fd00:ec2::254/128",
          "fe80::/10",
          "ff00::/8");

  private SpecialAddresses() {}

  static boolean isGlobal(InetAddress address) {
    if (address.getAddress().length == 4) {
      return none(NOT_GLOBAL_4, address);
    }
    return GLOBAL_6.contains(address) && none(NOT_GLOBAL_6, address);
  }

  static boolean mayBeNamed(InetAddress address) {
    return none(NEVER_BY_NAME, address);
  }

  private static boolean none(List<Network> networks, InetAddress address) {
    return networks.stream().noneMatch(network -> network.contains(address));
  }

  private static List<Network> networks(String... texts) {
    return List.of(texts).stream().map(Network::parse).toList();
  }
}
