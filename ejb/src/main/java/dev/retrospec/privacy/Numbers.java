package dev.retrospec.privacy;

/** What a digit can be the beginning of: tried from the surest rule to the least sure. */
final class Numbers {

  private Numbers() {}

  /**
   * @param begin where the text begins, for words before the number
   * @param floor nothing before this index may belong to the match
   * @param i the first digit of a run
   * @param read whether people read the text: else only numbers with check digits are looked for
   * @return where to go on, always after {@code i}
   */
  static int apply(
      ScrubPass pass, char[] text, int begin, int floor, int i, int end, boolean read) {
    boolean checked = pass.mode() == ScrubMode.BALANCED;
    if (i > floor && Chars.isWord(text[i - 1])) {
      long iban = Ibans.find(text, floor, i, end, checked);
      return iban == Span.NONE ? endOfRun(text, i, end) : pass.replace(ScrubRule.IBAN, iban, i);
    }
    boolean decimals = i - 2 >= floor && text[i - 1] == '.' && Chars.isDigit(text[i - 2]);
    if (!decimals) {
      boolean plus = i > floor && text[i - 1] == '+'; // because a card number has none
      int card = plus ? -1 : Cards.endAt(text, i, end, checked);
      if (card >= 0) {
        return pass.replace(ScrubRule.CARD, Span.of(i, card), i);
      }
      int next = read ? read(pass, text, begin, floor, i, end) : -1;
      if (next >= 0) {
        return next;
      }
    }
    return endOfRun(text, i, end);
  }

  /** -1 when it is none of those that only mean something to a reader. */
  private static int read(ScrubPass pass, char[] text, int begin, int floor, int i, int end) {
    long found = CardDetails.code(text, begin, i, end);
    if (found != Span.NONE) {
      return pass.replace(ScrubRule.CVV, found, i);
    }
    found = CardDetails.expiry(text, begin, i, end);
    if (found != Span.NONE) {
      return pass.replace(ScrubRule.EXPIRY, found, i);
    }
    found = SocialSecurity.find(text, begin, i, end, pass.mode());
    if (found != Span.NONE) {
      return pass.replace(ScrubRule.SSN, found, i);
    }
    found = IpAddresses.v4(text, begin, i, end, pass.mode());
    if (found != Span.NONE) {
      return pass.address(found, "0");
    }
    found = Phones.find(text, begin, floor, i, end, pass.mode());
    return found == Span.NONE ? -1 : pass.replace(ScrubRule.PHONE, found, i);
  }

  /** A run's other digits cannot begin a match, but an at-sign behind it can end one. */
  private static int endOfRun(char[] text, int i, int end) {
    int to = i + 1;
    while (to < end && Chars.isDigit(text[to])) {
      to++;
    }
    return to;
  }
}
