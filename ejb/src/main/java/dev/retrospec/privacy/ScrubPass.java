package dev.retrospec.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** Numbers that mean something only where people read them: telephones, addresses of hosts. */
  private static final int NUMBERS = 1;

  private static final int URLS = 2;
  private static final int ALL = NUMBERS | URLS;

  /** What is looked for over the borders of nodes: numbers and signs that say enough themselves. */
  private static final Set<ScrubRule> ACROSS =
      EnumSet.of(
          ScrubRule.EMAIL,
          ScrubRule.CARD,
          ScrubRule.IBAN,
          ScrubRule.SSN,
          ScrubRule.PHONE,
          ScrubRule.JWT,
          ScrubRule.KNOWN_SECRET);

  /** A match that several neighbouring texts make together. */
  public record Across(ScrubRule rule, int start, int end) {}

  private final ScrubMode mode;
  private final boolean checked;
  private final long[] counts = new long[ScrubRule.values().length];
  private char[] out = new char[256];
  private int length;

  private char[] source = new char[0];
  private char[] text = new char[0]; // the source, or what it was folded to
  private @Nullable FoldedText folded; // made when a text first needs it
  private boolean isFolded;
  private int @Nullable [] cuts; // while only matches over one of them are looked for
  private final List<Across> across = new ArrayList<>();
  private int begin;
  private int floor; // nothing before it is part of a later match: it is behind a replacement
  private int copied; // all before it is in the buffer already

  ScrubPass(ScrubMode mode) {
    this.mode = mode;
    this.checked = mode == ScrubMode.BALANCED;
  }

  /** Scrubs free text: every rule. */
  public boolean text(char[] chars, int offset, int count) {
    return scanAll(chars, offset, count, ALL);
  }

  /** Scrubs an identifier or a style sheet: no telephones, no addresses' values. */
  public boolean identifier(char[] chars, int offset, int count) {
    return scanAll(chars, offset, count, EXACT);
  }

  /**
   * Scrubs what a program wrote, as a line of a log or a body: every rule, and values behind names
   * that say that they are secret.
   */
  public boolean log(char[] chars, int offset, int count) {
    if (!FieldName.mayStandIn(chars, offset, count)) {
      return text(chars, offset, count);
    }
    String written = new String(chars, offset, count);
    String unnamed = new NamedValues(written).redact();
    if (unnamed.equals(written)) {
      return text(chars, offset, count);
    }
    count(ScrubRule.SECRET_FIELD);
    char[] left = unnamed.toCharArray();
    if (!text(left, 0, left.length)) {
      out = left;
      length = left.length;
    }
    return true;
  }

  /**
   * What only several neighbouring texts together give away; each alone has been scrubbed already.
   *
   * @param chars the texts behind each other
   * @param starts where each of them begins, ascending
   * @return counted, in the order of the text, without overlaps
   */
  public List<Across> across(char[] chars, int[] starts) {
    across.clear();
    cuts = starts;
    scanAll(chars, 0, chars.length, NUMBERS);
    cuts = null;
    return List.copyOf(across);
  }

  private void collect(ScrubRule rule, int from, int to) {
    int start = isFolded ? folded.place(from) : from;
    int end = isFolded ? folded.place(to) : to;
    int next = Arrays.binarySearch(cuts, start + 1);
    int cut = next >= 0 ? next : -next - 1;
    boolean reaches = cut < cuts.length && cuts[cut] < end;
    boolean sure = rule != ScrubRule.PHONE || text[from] == '+';
    if (reaches && sure && ACROSS.contains(rule)) {
      across.add(new Across(rule, start, end));
      count(rule);
    }
  }

  /** Scrubs an address: values of unknown parameters, user-info, and anything that would run. */
  public boolean url(char[] chars, int offset, int count) {
    return url(chars, offset, count, false);
  }

  /** Scrubs the address of a page or of a request: tokens in its path, too. */
  public boolean pageUrl(char[] chars, int offset, int count) {
    return url(chars, offset, count, true);
  }

  private boolean url(char[] chars, int offset, int count, boolean page) {
    begin(chars, offset);
    Urls.scrub(this, chars, offset, offset + count, page);
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
      Urls.scrub(this, chars, start, i, false);
    }
    return finish(end);
  }

  /** Scrubs a style text: its addresses, each as one that stands alone. */
  public boolean style(char[] chars, int offset, int count) {
    begin(chars, offset);
    int end = offset + count;
    for (int i = offset; i < end; i++) {
      if (chars[i] == '(' && i - offset >= 3 && Chars.matches(chars, i - 3, i, "url")) {
        int start = StyleAddress.start(chars, i + 1, end);
        int to = StyleAddress.end(chars, start, end);
        floor = Math.max(floor, start);
        Urls.scrub(this, chars, start, to, false);
        i = Math.max(i, to - 1);
      }
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

  ScrubMode mode() {
    return mode;
  }

  private boolean scanAll(char[] chars, int offset, int count, int rules) {
    int end = offset + count;
    int i = Triggers.first(chars, offset, end);
    if (i == end) {
      return false;
    }
    begin(chars, offset);
    if (FoldedText.isNeeded(chars, offset, end)) {
      folded = folded == null ? new FoldedText() : folded;
      folded.fold(chars, offset, end);
      text = folded.chars();
      isFolded = true;
      begin = floor = copied = i = 0;
      end = folded.length();
    }
    scan(i, end, rules);
    return finish(end);
  }

  private void begin(char[] chars, int offset) {
    source = chars;
    text = chars;
    isFolded = false;
    begin = offset;
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
    int i = Triggers.first(text, from, end);
    while (i < end) {
      i = Triggers.first(text, apply(Triggers.kind(text[i]), i, end, rules), end);
    }
  }

  /** Within an address: what is private whatever it stands in. */
  void scanExact(int from, int end) {
    scan(from, end, EXACT);
  }

  /** The value of a harmless parameter: every rule but the one for addresses. */
  void scanValue(int from, int end) {
    scan(from, end, NUMBERS);
  }

  /**
   * @return where to go on, always after {@code i}
   */
  private int apply(int trigger, int i, int end, int rules) {
    return switch (trigger) {
      case Triggers.DIGIT ->
          Numbers.apply(this, text, begin, floor, i, end, (rules & NUMBERS) != 0);
      case Triggers.TOKEN -> known(i, end);
      case Triggers.AT -> {
        int sign = Emails.signAt(text, i, end);
        long found = sign == 0 ? Span.NONE : Emails.find(text, floor, i, sign, end);
        yield replace(ScrubRule.EMAIL, found, i);
      }
      case Triggers.COLON -> colon(i, end, rules);
      case Triggers.JWT_CAPITAL -> replace(ScrubRule.JWT, Credentials.jwt(text, floor, i, end), i);
      case Triggers.SCHEME_B -> credential(i, i, end);
      default -> credential(i, i - 2, end);
    };
  }

  private int known(int i, int end) {
    boolean key = text[i] == '-' && i + 1 < end && text[i + 1] == '-';
    long found = key ? PrivateKeys.find(text, i, end) : TokenShapes.find(text, floor, i, end);
    return replace(ScrubRule.KNOWN_SECRET, found, i);
  }

  private int colon(int i, int end, int rules) {
    boolean slashes = i + 2 < end && text[i + 1] == '/' && text[i + 2] == '/';
    if ((rules & URLS) != 0 && slashes) {
      return Urls.scrubInText(this, text, i, end);
    }
    boolean possible = (rules & NUMBERS) != 0 && !slashes;
    long address = possible ? IpAddresses.v6(text, floor, i, end, mode) : Span.NONE;
    return address == Span.NONE ? i + 1 : address(address, "::");
  }

  /** What stands behind the network becomes nothing; in strict mode the whole becomes the tag. */
  int address(long found, String host) {
    String instead = checked ? host : ScrubRule.IP.tag();
    replace(ScrubRule.IP, Span.start(found), Span.end(found), instead);
    return Span.end(found);
  }

  private int credential(int i, int word, int end) {
    return replace(ScrubRule.CREDENTIAL, Credentials.afterScheme(text, floor, word, end), i);
  }

  /** Where to go on: behind the match, or behind what gave rise to looking. */
  int replace(ScrubRule rule, long span, int otherwise) {
    if (span == Span.NONE) {
      return otherwise + 1;
    }
    replace(rule, Span.start(span), Span.end(span));
    return Math.max(otherwise + 1, Span.end(span));
  }

  /** Puts the rule's tag in place of these characters. */
  void replace(ScrubRule rule, int start, int end) {
    replace(rule, start, end, rule.tag());
  }

  private void replace(ScrubRule rule, int start, int end, String tag) {
    if (cuts != null) {
      collect(rule, start, end);
      floor = end;
      return;
    }
    append(copied, start);
    ensure(tag.length());
    tag.getChars(0, tag.length(), out, length);
    length += tag.length();
    copied = end;
    floor = end;
    count(rule);
  }

  private void append(int from, int to) {
    int start = isFolded ? folded.place(from) : from;
    int end = isFolded ? folded.place(to) : to;
    ensure(end - start);
    System.arraycopy(source, start, out, length, end - start);
    length += end - start;
  }

  private void ensure(int more) {
    if (out.length - length < more) {
      char[] larger = new char[Math.max(out.length * 2, length + more)];
      System.arraycopy(out, 0, larger, 0, length);
      out = larger;
    }
  }
}
