package dev.retrospec.web.sessions;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One part of an object, as a video element asks for it (RFC 9110, section 14). Several parts at
 * once are answered with the whole, which a server may always do.
 *
 * @param first null for the last {@code last} bytes
 * @param last inclusive; null for everything from {@code first} on
 */
record RangeHeader(@Nullable Long first, @Nullable Long last) {

  private static final Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** Bytes of an object: from {@code offset}, {@code length} of them. */
  record Part(long offset, long length) {

    String contentRange(long size) {
      return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
    }
  }

  /** Empty when the header is absent, has several parts, or is not understood. */
  static Optional<RangeHeader> parse(@Nullable String header) {
    Matcher form = FORM.matcher(header == null ? "" : header.strip());
    if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
      return Optional.empty();
    }
    RangeHeader range = new RangeHeader(number(form.group(1)), number(form.group(2)));
    boolean isBackwards = range.first != null && range.last != null && range.last < range.first;
    return isBackwards ? Optional.empty() : Optional.of(range);
  }

  /** Empty when nothing of an object of this size is asked for: 416. */
  Optional<Part> of(long size) {
    if (first == null) {
      long count = Math.min(last == null ? 0 : last, size);
      return count == 0 ? Optional.empty() : Optional.of(new Part(size - count, count));
    }
    if (first >= size) {
      return Optional.empty();
    }
    long end = last == null ? size - 1 : Math.min(last, size - 1);
    return Optional.of(new Part(first, end - first + 1));
  }

  private static @Nullable Long number(String digits) {
    return digits.isEmpty() ? null : Long.valueOf(digits);
  }
}
