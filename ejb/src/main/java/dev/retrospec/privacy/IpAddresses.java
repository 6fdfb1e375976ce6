package dev.retrospec.privacy;

/**
 * Finds internet addresses that can belong to somebody: not loopback, not a mask, not a version in
 * four parts. What is found is the part that goes: all of it, or what is behind the network.
 */
final class IpAddresses {

  private static final int OCTETS = 4;
  private static final int GROUPS = 8;
  private static final int NETWORK_GROUPS = 3;

  private IpAddresses() {}

  /**
   * @param start first digit of a run; the caller has seen that no word character stands before it
   * @return all of the address in strict mode, else its last number unless that is zero
   */
  static long v4(char[] text, int begin, int start, int end, ScrubMode mode) {
    int i = start;
    int first = 0;
    int largest = 0;
    int last = start;
    for (int octet = 0; octet < OCTETS; octet++) {
      if (octet > 0) {
        if (i >= end || text[i] != '.') {
          return Span.NONE;
        }
        i++;
      }
      last = i;
      int value = 0;
      while (i < end && i - last < 4 && Chars.isAsciiDigit(text[i])) {
        value = value * 10 + text[i++] - '0';
      }
      boolean padded = i - last > 1 && text[last] == '0';
      if (i == last || value > 255 || padded) {
        return Span.NONE;
      }
      first = octet == 0 ? value : first;
      largest = Math.max(largest, value);
    }
    boolean goesOn = i + 1 < end && text[i] == '.' && Chars.isDigit(text[i + 1]);
    if (goesOn || (i < end && Chars.isWord(text[i])) || isNobodys(first, largest)) {
      return Span.NONE;
    }
    if (isVersion(text, begin, start) || (mode == ScrubMode.BALANCED && largest < 10)) {
      return Span.NONE;
    }
    if (mode == ScrubMode.STRICT) {
      return Span.of(start, i);
    }
    return i - last == 1 && text[last] == '0' ? Span.NONE : Span.of(last, i);
  }

  /** This host, this network, masks. */
  private static boolean isNobodys(int first, int largest) {
    return first == 0 || first == 127 || first == 255 || largest == 0;
  }

  /** {@code Chrome/120.0.0.0}, {@code version 1.2.3.40}. */
  private static boolean isVersion(char[] text, int begin, int start) {
    if (start == begin) {
      return false;
    }
    char before = text[start - 1];
    boolean product =
        before == '/' && start - 2 >= begin && Character.isLetterOrDigit(text[start - 2]);
    return product
        || before == '.'
        || before == '-'
        || Hints.VERSION.standBefore(text, begin, start);
  }

  /**
   * @param colon the first one
   * @return all of the address in strict mode, else what stands behind its first three groups
   */
  static long v6(char[] text, int floor, int colon, int end, ScrubMode mode) {
    int start = colon;
    while (start > floor && colon - start < 4 && isHex(text[start - 1])) {
      start--;
    }
    boolean touches = start > floor && (Chars.isWord(text[start - 1]) || text[start - 1] == ':');
    if (colon - start < 4 || touches || !isSomebodys(text, start)) {
      return Span.NONE;
    }
    int groups = 1;
    int gap = -1;
    int network = -1;
    int i = colon;
    while (i < end && text[i] == ':' && groups < GROUPS) {
      if (groups == NETWORK_GROUPS && network < 0) {
        network = i;
      }
      int from = i + 1;
      if (from < end && text[from] == ':') {
        if (gap >= 0) {
          return Span.NONE;
        }
        gap = i;
        from++;
      }
      int to = from;
      while (to < end && to - from < 4 && isHex(text[to])) {
        to++;
      }
      if (to == from) {
        i = gap == i ? from : i;
        break;
      }
      groups++;
      i = to;
    }
    boolean whole = gap >= 0 || groups == GROUPS;
    boolean ends = i >= end || (!Chars.isWord(text[i]) && text[i] != ':');
    if (!whole || !ends) {
      return Span.NONE;
    }
    if (mode == ScrubMode.STRICT) {
      return Span.of(start, i);
    }
    int kept = gap >= 0 && (network < 0 || gap < network) ? gap : network;
    return kept == gap && i == gap + 2 ? Span.NONE : Span.of(kept, i);
  }

  /** Global unicast, unique local, link-local. */
  private static boolean isSomebodys(char[] text, int start) {
    char first = (char) (text[start] | 0x20);
    char second = (char) (text[start + 1] | 0x20);
    return text[start] == '2'
        || text[start] == '3'
        || (first == 'f' && (second == 'c' || second == 'd' || second == 'e'));
  }

  private static boolean isHex(char c) {
    return Chars.isAsciiDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
  }
}
