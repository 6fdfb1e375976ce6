package dev.retrospec.privacy;

/**
 * Finds payment card numbers: 13 to 19 digits, in one run or in groups with one separator each,
 * with a known issuer prefix of the right length, not one digit repeated, and a right check digit
 * (Luhn, ISO/IEC 7812-1) unless the shape is enough.
 */
final class Cards {

  private static final int SHORTEST = 13;
  private static final int LONGEST = 19;
  private static final int SHORTEST_GROUP = 3;
  private static final int LONGEST_LAST_GROUP = 6;

  private Cards() {}

  /**
   * @param start first digit of a run; the caller has seen that no word character stands before it
   * @param checked whether the check digit must be right
   * @return the end of the card number that begins here, or -1
   */
  static int endAt(char[] text, int start, int end, boolean checked) {
    int sum =
        0; // of the Luhn digits, both ways of doubling, because the parity is known at the end
    int other = 0;
    int prefix = 0;
    int count = 0;
    int group = 0;
    boolean regular = true; // groups of four, or the 4-6-5 of American Express
    int groups = 0;
    int found = -1;
    boolean repeated = true;
    int first = Chars.digit(text[start]);
    int i = start;
    while (i < end) {
      int digit = Chars.digit(text[i]);
      if (digit >= 0) {
        if (++count > LONGEST) {
          return found;
        }
        group++;
        repeated &= digit == first;
        prefix = count <= 6 ? prefix * 10 + digit : prefix;
        int swapped = other + digit;
        other = sum + doubled(digit);
        sum = swapped;
        i++;
        continue;
      }
      if (isComplete(count, checked ? sum : 0, prefix, repeated)
          && endsHere(text, i, end)
          && (!checked || groups == 0 || (regular && group <= LONGEST_LAST_GROUP))) {
        found = i;
      }
      boolean goesOn =
          Chars.isGroupSeparator(text[i])
              && group >= SHORTEST_GROUP
              && i + 1 < end
              && Chars.isDigit(text[i + 1]);
      if (!goesOn) {
        return found;
      }
      groups++;
      regular &= group == 4 || (group == 6 && groups == 2);
      group = 0;
      i++;
    }
    boolean shaped = !checked || groups == 0 || (regular && group <= LONGEST_LAST_GROUP);
    return shaped && isComplete(count, checked ? sum : 0, prefix, repeated) ? end : found;
  }

  private static int doubled(int digit) {
    return digit < 5 ? 2 * digit : 2 * digit - 9;
  }

  private static boolean endsHere(char[] text, int i, int end) {
    return i >= end || !Chars.isWord(text[i]);
  }

  private static boolean isComplete(int count, int luhn, int prefix, boolean repeated) {
    return count >= SHORTEST && luhn % 10 == 0 && !repeated && isIssued(prefix, count);
  }

  /** Issuer prefixes and the lengths they are issued in. */
  private static boolean isIssued(int prefix6, int length) {
    int two = prefix6 / 10_000;
    int three = prefix6 / 1_000;
    int four = prefix6 / 100;
    if (two / 10 == 4) { // Visa
      return length == 13 || length == 16 || length == 19;
    }
    if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) { // Mastercard
      return length == 16;
    }
    if (two == 34 || two == 37) { // American Express
      return length == 15;
    }
    if ((three >= 300 && three <= 305) || two == 36 || two == 38 || two == 39) { // Diners Club
      return length >= 14;
    }
    if (four >= 3528 && four <= 3589) { // JCB
      return length >= 16;
    }
    if (four == 6011 || (three >= 644 && three <= 649) || two == 65 || two == 62) {
      return length >= 16; // Discover, UnionPay
    }
    return two == 50 || (two >= 56 && two <= 69); // Maestro and what is issued in its ranges
  }
}
