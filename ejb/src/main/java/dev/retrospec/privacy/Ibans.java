package dev.retrospec.privacy;

/**
 * Finds international bank account numbers (ISO 13616): country, two check digits, in one run or in
 * groups of four, of the length that the country uses (SWIFT's registry), with the right remainder.
 */
final class Ibans {

  private static final String LENGTHS =
      "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27"
          + " DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21"
          + " HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27"
          + " MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24"
          + " RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22"
          + " VG24 XK20 YE30";

  private static final byte[] LENGTH_BY_COUNTRY = lengths();

  private static final int GROUP = 4;

  private Ibans() {}

  private static byte[] lengths() {
    byte[] lengths = new byte[26 * 26];
    for (String entry : LENGTHS.split(" ")) {
      int country = (entry.charAt(0) - 'A') * 26 + entry.charAt(1) - 'A';
      lengths[country] = Byte.parseByte(entry.substring(2));
    }
    return lengths;
  }

  /**
   * @param digit the first digit of a run: the first check digit, if it is an account's
   * @param checked whether the remainder must be right
   */
  static long find(char[] text, int floor, int digit, int end, boolean checked) {
    int start = digit - 2;
    if (start < floor
        || digit + 1 >= end
        || !Chars.isAsciiLetter(text[start])
        || !Chars.isAsciiLetter(text[start + 1])
        || !Chars.isAsciiDigit(text[digit])
        || !Chars.isAsciiDigit(text[digit + 1])
        || (start > floor && Chars.isWord(text[start - 1]))) {
      return Span.NONE;
    }
    int length = LENGTH_BY_COUNTRY[letter(text[start]) * 26 + letter(text[start + 1])];
    int count = 0;
    int remainder = 0;
    int i = start;
    while (i < end && count < length) {
      char c = text[i];
      if (Chars.isWord(c) && c != '_') {
        remainder = count < GROUP ? 0 : with(remainder, c);
        count++;
        i++;
      } else if (Chars.isGroupSeparator(c)
          && count % GROUP == 0
          && count > 0
          && !Chars.isGroupSeparator(text[i - 1])) {
        i++;
      } else {
        return Span.NONE;
      }
    }
    if (length == 0 || count < length || (i < end && Chars.isWord(text[i]))) {
      return Span.NONE;
    }
    for (int k = start; k < start + GROUP; k++) {
      remainder = with(remainder, text[k]);
    }
    return !checked || remainder == 1 ? Span.of(start, i) : Span.NONE;
  }

  private static int letter(char c) {
    return (c | 0x20) - 'a';
  }

  private static int with(int remainder, char c) {
    return Chars.isAsciiDigit(c)
        ? (remainder * 10 + c - '0') % 97
        : (remainder * 100 + letter(c) + 10) % 97;
  }
}
