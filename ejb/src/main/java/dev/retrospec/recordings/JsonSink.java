package dev.retrospec.recordings;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON without white space. Smaller than a general generator: the caller is a parser's token
 * stream, so the nesting is right by construction. NUL and lone surrogates become U+FFFD, because
 * nothing behind this can store or show them.
 */
final class JsonSink {

  /** The most bytes that one character can become: <code>&#92;u001f</code>. */
  private static final int WIDEST = 6;

  /** 0 = as it is, 1 = written as a unicode escape, else the letter behind the backslash. */
  private static final byte[] ESCAPES = escapes();

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** Takes the bytes before the call returns. */
  @FunctionalInterface
  interface Target {
    void take(byte[] bytes, int offset, int count);
  }

  /**
   * Another string in the place of one that was written.
   *
   * @param from where it begins, counted from the first byte ever written
   * @param to where it ends
   */
  record Change(long from, long to, String instead) {}

  private final Target target;
  private final byte[] buffer;
  private int filled;
  private long flushed;
  private boolean comma;
  private int held = -1; // the first byte that must stay in the buffer
  private @Nullable Runnable whenFull;

  /**
   * @param buffer at least 64 bytes, which nobody else uses meanwhile
   */
  JsonSink(byte[] buffer, Target target) {
    this.buffer = buffer;
    this.target = target;
  }

  private static byte[] escapes() {
    byte[] escapes = new byte[128];
    Arrays.fill(escapes, 0, 0x20, (byte) 1);
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    escapes['\n'] = 'n';
    escapes['\r'] = 'r';
    escapes['\t'] = 't';
    escapes['\b'] = 'b';
    escapes['\f'] = 'f';
    return escapes;
  }

  /** Bytes written so far. */
  long length() {
    return flushed + filled;
  }

  /**
   * Keeps what is written from here on in the buffer, so that it can still be changed.
   *
   * @param whenFull releases it, because there is no more room
   */
  void hold(Runnable whenFull) {
    this.held = filled;
    this.whenFull = whenFull;
  }

  boolean isHolding() {
    return held >= 0;
  }

  /** Lets go what was held, with these changes in ascending order. */
  void release(List<Change> changes) {
    int start = held;
    held = -1;
    if (changes.isEmpty()) {
      return;
    }
    byte[] region = Arrays.copyOfRange(buffer, start, filled);
    long base = flushed + start;
    boolean before = comma;
    filled = start;
    int at = 0;
    for (Change change : changes) {
      at = raw(region, at, (int) (change.from() - base));
      comma = false;
      string(change.instead());
      at = (int) (change.to() - base);
    }
    raw(region, at, region.length);
    comma = before;
  }

  private int raw(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      ensure(1);
      int count = Math.min(to - i, buffer.length - filled);
      System.arraycopy(bytes, i, buffer, filled, count);
      filled += count;
      i += count;
    }
    return to;
  }

  void start(char bracket) {
    separate();
    buffer[filled++] = (byte) bracket;
    comma = false;
  }

  void end(char bracket) {
    ensure(1);
    buffer[filled++] = (byte) bracket;
    comma = true;
  }

  void name(FieldName name) {
    byte[] json = name.json();
    separate();
    if (json.length > buffer.length) {
      char[] chars = name.name().toCharArray();
      comma = false;
      name(chars, 0, chars.length);
      return;
    }
    ensure(json.length);
    System.arraycopy(json, 0, buffer, filled, json.length);
    filled += json.length;
    comma = false;
  }

  void name(String name) {
    name(FieldName.of(name));
  }

  void name(char[] chars, int offset, int count) {
    string(chars, offset, count);
    ensure(1);
    buffer[filled++] = ':';
    comma = false;
  }

  void string(String value) {
    char[] chars = value.toCharArray();
    string(chars, 0, chars.length);
  }

  void string(char[] chars, int offset, int count) {
    separate();
    buffer[filled++] = '"';
    int i = offset;
    int end = offset + count;
    while (i < end) {
      i = plain(chars, i, end);
      if (i < end) {
        ensure(WIDEST);
        char c = chars[i];
        if (c < 128) {
          if (ESCAPES[c] == 0) {
            continue; // because the buffer was full and has room again
          }
          escape(c);
        } else if (Character.isHighSurrogate(c)
            && i + 1 < end
            && Character.isLowSurrogate(chars[i + 1])) {
          pair(Character.toCodePoint(c, chars[++i]));
        } else {
          unit(Character.isSurrogate(c) ? '\uFFFD' : c);
        }
        i++;
      }
    }
    ensure(1);
    buffer[filled++] = '"';
  }

  /** Copies while characters are ASCII that needs no escape and the buffer has room. */
  private int plain(char[] chars, int from, int end) {
    byte[] target = buffer;
    int to = filled;
    int i = from;
    int stop = Math.min(end, from + target.length - to);
    while (i < stop) {
      char c = chars[i];
      if (c >= 128 || ESCAPES[c] != 0) {
        break;
      }
      target[to++] = (byte) c;
      i++;
    }
    filled = to;
    return i;
  }

  private void escape(char c) {
    if (c == 0) {
      unit('\uFFFD');
      return;
    }
    buffer[filled++] = '\\';
    if (ESCAPES[c] != 1) {
      buffer[filled++] = ESCAPES[c];
      return;
    }
    buffer[filled++] = 'u';
    buffer[filled++] = '0';
    buffer[filled++] = '0';
    buffer[filled++] = HEX[c >> 4];
    buffer[filled++] = HEX[c & 15];
  }

  private void unit(char c) {
    if (c < 0x800) {
      buffer[filled++] = (byte) (0xC0 | c >> 6);
    } else {
      buffer[filled++] = (byte) (0xE0 | c >> 12);
      buffer[filled++] = (byte) (0x80 | c >> 6 & 0x3F);
    }
    buffer[filled++] = (byte) (0x80 | c & 0x3F);
  }

  private void pair(int point) {
    buffer[filled++] = (byte) (0xF0 | point >> 18);
    buffer[filled++] = (byte) (0x80 | point >> 12 & 0x3F);
    buffer[filled++] = (byte) (0x80 | point >> 6 & 0x3F);
    buffer[filled++] = (byte) (0x80 | point & 0x3F);
  }

  /** A number or literal, in the characters it was read in: its precision is not ours to change. */
  void literal(char[] chars, int offset, int count) {
    separate();
    int i = offset;
    int end = offset + count;
    while (i < end) {
      ensure(1);
      int stop = Math.min(end, i + buffer.length - filled);
      int to = filled;
      while (i < stop) {
        buffer[to++] = (byte) chars[i++];
      }
      filled = to;
    }
  }

  void literal(String value) {
    separate();
    ensure(value.length());
    for (int i = 0; i < value.length(); i++) {
      buffer[filled++] = (byte) value.charAt(i);
    }
  }

  /** Hands everything to the frame. */
  void flush() {
    target.take(buffer, 0, filled);
    flushed += filled;
    filled = 0;
  }

  /** Leaves room for one more byte. */
  private void separate() {
    ensure(2);
    if (comma) {
      buffer[filled++] = ',';
    }
    comma = true;
  }

  private void ensure(int more) {
    if (buffer.length - filled < more) {
      makeRoom(more);
    }
  }

  private void makeRoom(int more) {
    if (held > 0) { // what stands before can go
      target.take(buffer, 0, held);
      flushed += held;
      filled -= held;
      System.arraycopy(buffer, held, buffer, 0, filled);
      held = 0;
      if (buffer.length - filled >= more) {
        return;
      }
    }
    if (held == 0 && whenFull != null) {
      whenFull.run();
      held = -1;
    }
    if (buffer.length - filled < more) {
      flush();
    }
  }
}
