package dev.retrospec.privacy;

/**
 * One pass of the scrub over many strings: counts what it finds and keeps one buffer for the
 * changed ones. Not safe for use by several threads; make one per recording.
 *
 * <p>The methods answer whether anything changed. If so, the new text is {@link #buffer()} from 0
 * to {@link #length()} until the next call; if not, nothing was copied and the caller's own
 * characters stand.
 */
public final class ScrubPass {

  /** What is private wherever it stands: in ids, paths and style sheets too. */
  private static final int EXACT = 0;

  private static final int PHONES = 1;
  private static final int URLS = 2;
  private static final int ALL = PHONES | URLS;

  private static final int DIGIT = 1;
  private static final int AT = 2;
  private static final int PERCENT = 3;
  private static final int COLON = 4;
  private static final int JWT_CAPITAL = 5;
  private static final int SCHEME_B = 6;
  private static final int SCHEME_K = 7;

  /** The prefilter: only these characters can be part of a match's first sign. */
  private static final byte[] TRIGGERS = triggers();

  private final long[] counts = new long[ScrubRule.values().length];
  private char[] out = new char[256];
  private int length;

  private char[] text = new char[0];
  private int floor; // nothing before it is part of a later match: it is behind a replacement
  private int copied; // all before it is in the buffer already

  private static byte[] triggers() {
    byte[] triggers = new byte[128];
    for (char c = '0'; c <= '9'; c++) {
      triggers[c] = DIGIT;
    }
    triggers['@'] = AT;
    triggers['%'] = PERCENT;
    triggers[':'] = COLON;
    triggers['J'] = JWT_CAPITAL;
    triggers['b'] = SCHEME_B;
    triggers['B'] = SCHEME_B;
    triggers['k'] = SCHEME_K;
    triggers['K'] = SCHEME_K;
    return triggers;
  }

  /** Scrubs free text: every rule. */
  public boolean text(char[] chars, int offset, int count) {
    return scanAll(chars, offset, count, ALL);
  }

  /** Scrubs an identifier or a style sheet: no telephones, no addresses' values. */
  public boolean identifier(char[] chars, int offset, int count) {
    return scanAll(chars, offset, count, EXACT);
  }

  /** Scrubs an address: values of unknown parameters, user-info, and anything that would run. */
  public boolean url(char[] chars, int offset, int count) {
    begin(chars, offset);
    Urls.scrub(this, chars, offset, offset + count);
    return finish(offset + count);
  }

  /** Scrubs a list of addresses with descriptors, as in {@code srcset}. */
  public boolean urlList(char[] chars, int offset, int count) {
    begin(chars, offset);
    int end = offset + count;
    int i = offset;
    while (i < end) {
      while (i < end && (Chars.isBlank(chars[i]) || chars[i] == ',')) {
        i++;
      }
      int start = i;
      while (i < end && !Chars.isBlank(chars[i])) {
        i++;
      }
      floor = Math.max(floor, start);
      Urls.scrub(this, chars, start, i);
    }
    return finish(end);
  }

  /** Counts a value that the caller itself left out or replaced. */
  public void count(ScrubRule rule) {
    counts[rule.ordinal()]++;
  }

  /** The changed text, from 0 to {@link #length()}; the array may be replaced by the next call. */
  public char[] buffer() {
    return out;
  }

  public int length() {
    return length;
  }

  public ScrubReport report() {
    return ScrubReport.of(counts);
  }

  private boolean scanAll(char[] chars, int offset, int count, int rules) {
    int end = offset + count;
    int i = firstTrigger(chars, offset, end);
    if (i == end) {
      return false;
    }
    begin(chars, offset);
    scan(i, end, rules);
    return finish(end);
  }

  private static int firstTrigger(char[] chars, int from, int end) {
    int i = from;
    while (i < end) {
      char c = chars[i];
      if (c < 128 ? TRIGGERS[c] != 0 : isForeignTrigger(c)) {
        return i;
      }
      i++;
    }
    return end;
  }

  private static boolean isForeignTrigger(char c) {
    return c == '\uFF20' || (c >= 0x660 && Character.isDigit(c));
  }

  private void begin(char[] chars, int offset) {
    text = chars;
    floor = offset;
    copied = offset;
    length = 0;
  }

  private boolean finish(int end) {
    boolean changed = length > 0;
    if (changed) {
      append(copied, end);
    }
    return changed;
  }

  /** Looks for everything that {@code rules} allow, from one index to another. */
  private void scan(int from, int end, int rules) {
    int i = firstTrigger(text, from, end);
    while (i < end) {
      char c = text[i];
      int trigger = c < 128 ? TRIGGERS[c] : c == '\uFF20' ? AT : DIGIT;
      i = firstTrigger(text, apply(trigger, i, end, rules), end);
    }
  }

  /** Within an address: what is private whatever it stands in. */
  void scanExact(int from, int end) {
    scan(from, end, EXACT);
  }

  /** The value of a harmless parameter: every rule but the one for addresses. */
  void scanValue(int from, int end) {
    scan(from, end, PHONES);
  }

  /**
   * @return where to go on, always after {@code i}
   */
  private int apply(int trigger, int i, int end, int rules) {
    return switch (trigger) {
      case DIGIT -> number(i, end, rules);
      case AT -> replace(ScrubRule.EMAIL, Emails.find(text, floor, i, 1, end), i);
      case PERCENT -> {
        boolean at = i + 2 < end && text[i + 1] == '4' && text[i + 2] == '0';
        long found = at ? Emails.find(text, floor, i, 3, end) : Span.NONE;
        yield replace(ScrubRule.EMAIL, found, i);
      }
      case COLON -> {
        boolean address =
            (rules & URLS) != 0 && i + 2 < end && text[i + 1] == '/' && text[i + 2] == '/';
        yield address ? Urls.scrubInText(this, text, i, end) : i + 1;
      }
      case JWT_CAPITAL -> replace(ScrubRule.JWT, Credentials.jwt(text, floor, i, end), i);
      case SCHEME_B -> credential(i, i, end);
      default -> credential(i, i - 2, end);
    };
  }

  private int credential(int i, int word, int end) {
    return replace(ScrubRule.CREDENTIAL, Credentials.afterScheme(text, floor, word, end), i);
  }

  private int number(int i, int end, int rules) {
    if (i > floor && Chars.isWord(text[i - 1])) {
      return endOfWord(i, end);
    }
    boolean decimals = i - 2 >= floor && text[i - 1] == '.' && Chars.isDigit(text[i - 2]);
    if (!decimals) {
      boolean plus = i > floor && text[i - 1] == '+'; // because a card number has none
      int card = plus ? -1 : Cards.endAt(text, i, end);
      if (card >= 0) {
        return replace(ScrubRule.CARD, Span.of(i, card), i);
      }
      if ((rules & PHONES) != 0) {
        long phone = Phones.find(text, floor, i, end);
        if (phone != Span.NONE) {
          return replace(ScrubRule.PHONE, phone, i);
        }
      }
    }
    return endOfWord(i, end);
  }

  /** A word's other digits cannot begin a match, but an at-sign behind it can end one. */
  private int endOfWord(int i, int end) {
    int to = i + 1;
    while (to < end && Chars.isDigit(text[to])) {
      to++;
    }
    return to;
  }

  private int replace(ScrubRule rule, long span, int otherwise) {
    if (span == Span.NONE) {
      return otherwise + 1;
    }
    replace(rule, Span.start(span), Span.end(span));
    return Math.max(otherwise + 1, Span.end(span));
  }

  /** Puts the rule's tag in place of these characters. */
  void replace(ScrubRule rule, int start, int end) {
    append(copied, start);
    String tag = rule.tag();
    ensure(tag.length());
    tag.getChars(0, tag.length(), out, length);
    length += tag.length();
    copied = end;
    floor = end;
    count(rule);
  }

  private void append(int from, int to) {
    ensure(to - from);
    System.arraycopy(text, from, out, length, to - from);
    length += to - from;
  }

  private void ensure(int more) {
    if (out.length - length < more) {
      char[] larger = new char[Math.max(out.length * 2, length + more)];
      System.arraycopy(out, 0, larger, 0, length);
      out = larger;
    }
  }
}
