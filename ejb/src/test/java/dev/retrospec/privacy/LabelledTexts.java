package dev.retrospec.privacy;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Texts of which it is known what is private in them: values made by the rules of those who issue
 * them, in the ways in which pages and logs write them, and look-alikes of the same length. The
 * same seed makes the same texts.
 */
final class LabelledTexts {

  /**
   * @param before what stands before the value
   * @param value what must go, or stay
   * @param isPrivate whether it must go
   */
  record Labelled(String before, String value, String after, boolean isPrivate) {
    String text() {
      return before + value + after;
    }
  }

  private static final List<String> BEFORE =
      List.of("", "Contact: ", "paid with ", "(", "from=", "\"", "see ", "—", "id ", "\t");
  private static final List<String> AFTER =
      List.of("", ".", ", thanks", ")", " is new", "\"", "; next", "\n", "!", " | 12");
  private static final List<String> SEPARATORS =
      List.of("", " ", "-", "\u00A0", "\u2009", "\u2011");
  private static final List<String> ISSUERS =
      List.of(
          "4:16", "4:13", "51:16", "55:16", "2221:16", "2720:16", "34:15", "37:15", "6011:16",
          "644:16", "65:16", "3528:16", "300:14", "36:14", "62:16", "62:19", "50:16", "67:16");
  private static final List<String> ACCOUNTS =
      List.of(
          "DE18n",
          "GB4a14n",
          "FR10n11c2n",
          "NL4a10n",
          "ES20n",
          "IT1a10n12c",
          "CH5n12c",
          "AT16n",
          "BE12n",
          "PL24n",
          "NO11n",
          "SE20n",
          "PT21n",
          "MT4a5n18c",
          "SA2n18c",
          "BR23n1a1c");

  private final Random random;

  LabelledTexts(long seed) {
    this.random = new Random(seed);
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String digits(int count) {
    return signs("0123456789", count);
  }

  private String signs(String of, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(of.charAt(random.nextInt(of.length())));
    }
    return text.toString();
  }

  private int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** A private value of this rule, where people and programs write one. */
  Labelled secret(ScrubRule rule) {
    String before = one(BEFORE);
    if (rule == ScrubRule.CVV) {
      before = one(List.of("CVV: ", "cvc=", "Security code ", "CVC2 ", "card code: "));
    } else if (rule == ScrubRule.EXPIRY) {
      before = one(List.of("exp ", "Expires ", "valid thru ", "expiry date: ", "MM/YY: "));
    }
    return new Labelled(before, value(rule), one(AFTER), true);
  }

  private String value(ScrubRule rule) {
    return switch (rule) {
      case CARD -> card();
      case IBAN -> account();
      case EMAIL -> email();
      case PHONE -> phone();
      case SSN -> {
        String sign = one(List.of("-", "-", "-", "."));
        yield between(100, 665) + sign + between(10, 99) + sign + between(1000, 9999);
      }
      case IP -> between(11, 126) + "." + octet() + "." + octet() + "." + between(10, 254);
      case JWT ->
          "eyJ" + base64(20) + ".eyJ" + base64(between(20, 80)) + "." + base64(between(30, 60));
      case KNOWN_SECRET -> known();
      case CVV -> digits(between(3, 4));
      case EXPIRY ->
          String.format(
              Locale.ROOT, "%02d/%s%d", between(1, 12), one(List.of("", "20")), between(26, 39));
      case CREDENTIAL -> signs("abcdefghijkmABCDEFGH", 6) + digits(6) + base64(12) + "9";
      default -> throw new IllegalArgumentException(rule.name());
    };
  }

  private String octet() {
    return Integer.toString(between(0, 255));
  }

  private String base64(int count) {
    return signs("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", count);
  }

  private String card() {
    String[] issuer = one(ISSUERS).split(":");
    int length = Integer.parseInt(issuer[1]);
    String body = issuer[0] + digits(length - 1 - issuer[0].length());
    for (int check = 0; check < 10; check++) {
      if (luhn(body + check) % 10 == 0) {
        return grouped(body + check, one(SEPARATORS));
      }
    }
    throw new IllegalStateException();
  }

  private static int luhn(String number) {
    int sum = 0;
    for (int i = 0; i < number.length(); i++) {
      int digit = number.charAt(number.length() - 1 - i) - '0';
      int doubled = i % 2 == 1 ? digit * 2 : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum;
  }

  private static String grouped(String text, String separator) {
    return text.replaceAll("(.{4})(?=.{3})", "$1" + separator);
  }

  private String account() {
    String format = one(ACCOUNTS);
    StringBuilder body = new StringBuilder();
    for (String part : format.substring(2).split("(?<=[nac])")) {
      int count = Integer.parseInt(part.substring(0, part.length() - 1));
      body.append(
          switch (part.charAt(part.length() - 1)) {
            case 'n' -> digits(count);
            case 'a' -> signs("ABCDEFGHIJKLMNOPQRSTUVWXYZ", count);
            default -> signs("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", count);
          });
    }
    String country = format.substring(0, 2);
    StringBuilder number = new StringBuilder();
    for (char c : (body + country + "00").toCharArray()) {
      number.append(Character.getNumericValue(c));
    }
    int check = 98 - new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue();
    String plain = country + String.format(Locale.ROOT, "%02d", check) + body;
    return random.nextBoolean() ? plain : plain.replaceAll("(.{4})(?=.)", "$1 ");
  }

  private String email() {
    String local =
        one(List.of("ann", "j.doe", "tim.o'brien", "müller", "x_y", "first+tag", "a1", "info"))
            + random.nextInt(1000);
    String sign = one(List.of("@", "@", "@", "@", "%40", "&#64;", "＠"));
    String domain =
        one(List.of("example.org", "mail.example.co.uk", "xn--mller-kva.xn--p1ai", "a.io"));
    return local + sign + domain;
  }

  private String phone() {
    return switch (random.nextInt(7)) {
      case 0 -> "+49 " + between(151, 179) + " " + digits(7);
      case 1 -> "+1 (" + between(201, 989) + ") " + between(200, 999) + "-" + digits(4);
      case 2 -> "(" + between(201, 989) + ") " + between(200, 999) + "-" + digits(4);
      case 3 -> between(201, 989) + "-" + between(200, 999) + "-" + digits(4);
      case 4 -> "+44 20 " + digits(4) + " " + digits(4);
      case 5 -> "0" + between(151, 179) + " " + digits(7);
      default -> "+33" + between(1, 9) + digits(8);
    };
  }

  private String known() {
    String letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    return switch (random.nextInt(7)) {
      case 0 ->
          one(List.of("AKIA", "ASIA", "ABIA")) + signs("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);
      case 1 -> "ghp_" + signs(letters, 36);
      case 2 -> "xoxb-" + digits(12) + "-" + signs(letters, 24);
      case 3 -> "sk_live_" + signs(letters, 24);
      case 4 -> "AIza" + signs(letters, 35);
      case 5 -> "glpat-" + signs(letters, 20);
      default -> "npm_" + signs(letters, 36);
    };
  }

  /** Something that looks like a value of the rule and is none. */
  Labelled lookAlike(ScrubRule rule) {
    List<Supplier<String>> made =
        switch (rule) {
          case CARD ->
              List.of(
                  () -> "1" + digits(15),
                  () -> Long.toString(1_600_000_000_000L + random.nextInt(400_000_000)),
                  () -> "9" + digits(17),
                  () -> digits(between(20, 24)),
                  () -> "ORD" + digits(16),
                  () -> "0." + digits(16));
          case IBAN ->
              List.of(
                  () -> "XX" + digits(20),
                  () -> "DE" + digits(10),
                  () -> "A1" + digits(18),
                  () -> signs("0123456789abcdef", 32));
          case EMAIL ->
              List.of(
                  () -> "logo@2x.png",
                  () -> "vue@3." + random.nextInt(9) + ".1",
                  () -> "user@localhost",
                  () -> "@ann" + random.nextInt(99),
                  () -> "4 @ 3.99");
          case PHONE ->
              List.of(
                  () -> "2026-11-" + between(10, 30),
                  () -> digits(10),
                  () -> between(1, 9) + "," + digits(3) + "," + digits(3) + ".99",
                  () -> "12:30:" + between(10, 59),
                  () -> "1." + digits(2) + "." + digits(3) + "." + digits(4),
                  () -> between(100, 999) + " " + between(100, 199) + " x");
          case SSN ->
              List.of(
                  () -> "9" + digits(2) + "-" + digits(2) + "-" + digits(4),
                  () -> "000-" + digits(2) + "-" + digits(4),
                  () -> digits(2) + "-" + digits(3) + "-" + digits(4),
                  () -> between(100, 500) + " " + between(10, 99) + " " + between(1000, 9000));
          case IP ->
              List.of(
                  () -> "127.0.0.1",
                  () -> "Chrome/" + between(100, 140) + ".0.0.0",
                  () -> "v10." + digits(1) + ".12.44",
                  () -> between(300, 999) + ".10.10.10",
                  () -> "1.2.3.4",
                  () -> between(10, 99) + ".5." + between(10, 99));
          case JWT ->
              List.of(() -> "eyJust.some.words", () -> base64(30), () -> "eyJ" + base64(40));
          case KNOWN_SECRET ->
              List.of(
                  () -> signs("0123456789abcdef", 40),
                  () -> "sk-fading-circle-" + random.nextInt(12),
                  () -> "AKIA" + signs("abcdefgh", 16),
                  () -> "npm_config_registry");
          default -> List.of(() -> digits(3), () -> "room " + digits(3));
        };
    return new Labelled(
        one(BEFORE), made.get(random.nextInt(made.size())).get(), one(AFTER), false);
  }
}
