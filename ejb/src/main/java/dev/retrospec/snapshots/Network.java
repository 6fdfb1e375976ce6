package dev.retrospec.snapshots;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A block of IP addresses in CIDR notation; an address alone is a block of one.
 *
 * @param prefix the first address
 * @param length of the part that all its addresses share, in bits
 */
record Network(InetAddress prefix, int length) {

  private static final Pattern IPV4 =
      Pattern.compile(
          "(?:(?:0|1\\d{0,2}|2(?:[0-4]\\d?|5[0-5]?|[6-9])?|[3-9]\\d?)(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-f:.]{2,45}");

  /** Whether it is an address in its usual notation, and so needs no look-up. */
  static boolean isAddress(String text) {
    return IPV4.matcher(text).matches() || IPV6.matcher(text).matches();
  }

  /**
   * @throws IllegalArgumentException when it is no such block
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!isAddress(address)) {
      throw new IllegalArgumentException("not an IP address");
    }
    try {
      // No look-up: it is an address.
      InetAddress prefix = InetAddress.getByName(address);
      int bits = prefix.getAddress().length * Byte.SIZE;
      int length = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
      if (length < 0 || length > bits) {
        throw new IllegalArgumentException("not a length of a network");
      }
      return new Network(prefix, length);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an IP address", e);
    }
  }

  boolean contains(InetAddress address) {
    byte[] one = prefix.getAddress();
    byte[] other = address.getAddress();
    if (one.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < length; bit += Byte.SIZE) {
      int index = bit / Byte.SIZE;
      int mask = 0xFF << Math.max(0, Byte.SIZE - (length - bit));
      if (((one[index] ^ other[index]) & mask & 0xFF) != 0) {
        return false;
      }
    }
    return true;
  }
}
