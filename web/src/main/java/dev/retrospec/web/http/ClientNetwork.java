package dev.retrospec.web.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * Where a caller stands, for counting: an IPv4 address, or the /64 of an IPv6 address, since
 * whoever has one address of it has all 2^64 of them.
 */
final class ClientNetwork {

  private static final int NETWORK_BYTES = 8;

  private ClientNetwork() {}

  /**
   * @param address as the container names it; never looked up
   */
  static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    int zone = address.indexOf('%');
    try {
      InetAddress parsed = InetAddress.getByName(zone < 0 ? address : address.substring(0, zone));
      byte[] bytes = parsed.getAddress();
      return bytes.length <= NETWORK_BYTES // IPv4 in the clothes of IPv6
          ? parsed.getHostAddress()
          : HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES) + "/64";
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
