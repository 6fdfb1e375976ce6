package dev.retrospec.notifications;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as people write them, bare or behind a name as Git has them. */
public final class MailAddress {

  /** No quoting, no comments, no routes: nobody has such an address, and headers stay safe. */
  private static final Pattern ONE =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250})");

  private static final Pattern NAMED = Pattern.compile("[^<>]{0,200}<([^<>\\s]{3,320})>\\s*");

  private MailAddress() {}

  public static boolean isOne(String text) {
    return text.length() <= 320 && ONE.matcher(text).matches();
  }

  /** The address in {@code ada@example.com} or {@code Ada <ada@example.com>}. */
  static Optional<String> of(String author) {
    String text = author.strip();
    var named = NAMED.matcher(text);
    return Optional.of(named.matches() ? named.group(1) : text)
        .filter(MailAddress::isOne)
        // GitHub's stand-in for people who hide theirs; mail to it comes back
        .filter(address -> !domain(address).equals("users.noreply.github.com"));
  }

  public static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }
}
