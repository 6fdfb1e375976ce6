package dev.retrospec.platform.paging;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.time.StorableTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * A place in a list that is ordered by a time and then an id. As text it is opaque to clients and
 * safe in a URL.
 *
 * @param at to the microsecond, as PostgreSQL keeps it
 */
public record Cursor(Instant at, String id) {

  private static final int MAX_LENGTH = 512;

  public String encoded() {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
    byte[] plain = (micros + "|" + id).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
  }

  /**
   * @throws InvalidRequest when it is not a cursor that {@link #encoded} made
   */
  public static Cursor parse(String encoded) {
    try {
      if (encoded.length() > MAX_LENGTH) {
        throw new IllegalArgumentException("too long");
      }
      String plain = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
      int bar = plain.indexOf('|');
      long micros = Long.parseLong(plain, 0, bar, 10);
      Instant at = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
      if (!StorableTime.holds(at) || plain.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("no place in any list");
      }
      return new Cursor(at, plain.substring(bar + 1));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new InvalidRequest("cursor is not one that this list gave");
    }
  }
}
