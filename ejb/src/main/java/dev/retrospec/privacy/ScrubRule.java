package dev.retrospec.privacy;

import java.util.Locale;

/** One kind of thing that the scrub takes out, and what it leaves in its place. */
public enum ScrubRule {
  EMAIL("[email]"),
  CARD("[card]"),
  /** The three or four digits beside a card number, where a word says so. */
  CVV("[cvv]"),
  /** Month and year of a card, where a word says so. */
  EXPIRY("[expiry]"),
  IBAN("[iban]"),
  /** A social security number of the United States. */
  SSN("[ssn]"),
  PHONE("[phone]"),
  /** An internet address; balanced keeps the network: /24 of version 4, /48 of version 6. */
  IP("[ip]"),
  JWT("[jwt]"),
  /** A key that tells by its shape what it opens: of a well-known issuer, or a private one. */
  KNOWN_SECRET("[secret]"),
  /** The credential after {@code Bearer}, {@code Basic} or {@code Token}. */
  CREDENTIAL("[token]"),
  /** The value of a query or fragment parameter that is not known to be harmless. */
  URL_VALUE("[value]"),
  /** {@code user:password@} before a host. */
  URL_USER("[user]"),
  /** The value of a field whose name says that it is a secret, and of hidden or password inputs. */
  SECRET_FIELD("[secret]"),
  /** What would run when a forged recording is replayed: handlers, script addresses and text. */
  ACTIVE_CONTENT("about:blank");

  private final String tag;

  ScrubRule(String tag) {
    this.tag = tag;
  }

  /** The name in figures. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What stands where the match stood. */
  public String tag() {
    return tag;
  }
}
