package dev.retrospec.testruns.junit;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes XML of what tools write for XML: control characters (colours, above all), halves of
 * surrogate pairs and bytes that are no text are replaced, so that one coloured line does not lose
 * a whole report. An escape character becomes {@value #ESCAPE}, which {@link Ansi} knows.
 */
final class XmlText extends FilterReader {

  /** The picture of an escape character, which XML allows. */
  static final char ESCAPE = '\u241B';

  private static final char REPLACEMENT = '\uFFFD';
  private static final int DECLARATION = 256;
  private static final int LONGEST_REFERENCE = 10; // "&#1114111;"

  private static final Pattern ENCODING =
      Pattern.compile("^\\s*<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
  private static final Pattern REFERENCE = Pattern.compile("&#(?:x([0-9A-Fa-f]{1,6})|(\\d{1,7}));");

  private final char[] pending = new char[LONGEST_REFERENCE + 1];
  private int pendingAt;
  private int pendingEnd;
  private int peeked = -2;

  private XmlText(Reader in) {
    super(new BufferedReader(in));
  }

  /** The stream stays the caller's. */
  static Reader of(InputStream stream) throws IOException {
    PushbackInputStream in = new PushbackInputStream(stream, DECLARATION);
    byte[] start = in.readNBytes(DECLARATION);
    int mark = 0;
    Charset charset = StandardCharsets.UTF_8;
    if (startsWith(start, 0xEF, 0xBB, 0xBF)) {
      mark = 3;
    } else if (startsWith(start, 0xFE, 0xFF)) {
      mark = 2;
      charset = StandardCharsets.UTF_16BE;
    } else if (startsWith(start, 0xFF, 0xFE)) {
      mark = 2;
      charset = StandardCharsets.UTF_16LE;
    } else {
      charset = declared(new String(start, StandardCharsets.ISO_8859_1));
    }
    in.unread(start, mark, start.length - mark);
    return new XmlText(
        new InputStreamReader(
            in,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)));
  }

  private static boolean startsWith(byte[] bytes, int... wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static Charset declared(String start) {
    Matcher encoding = ENCODING.matcher(start);
    if (!encoding.find()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(encoding.group(1));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return StandardCharsets.UTF_8; // names and stacks are ASCII in most of them
    }
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int c = next();
      if (c < 0) {
        break;
      }
      target[offset + count++] = (char) c;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  @Override
  public int read() throws IOException {
    return next();
  }

  private int next() throws IOException {
    if (pendingAt < pendingEnd) {
      return pending[pendingAt++];
    }
    int c = raw();
    if (c == '&') {
      return reference();
    }
    if (c >= 0 && Character.isHighSurrogate((char) c)) {
      int low = raw();
      if (low >= 0 && Character.isLowSurrogate((char) low)) {
        hold(String.valueOf((char) low));
        return c;
      }
      peeked = low;
      return REPLACEMENT;
    }
    return c < 0 ? c : allowed((char) c);
  }

  /** Looks at what may be a character reference; anything else passes as it is. */
  private int reference() throws IOException {
    StringBuilder text = new StringBuilder(LONGEST_REFERENCE).append('&');
    while (text.length() < LONGEST_REFERENCE) {
      int c = raw();
      if (c < 0) {
        break;
      }
      if (text.length() == 1 && c != '#' || c == '&' || c == '<') {
        peeked = c;
        break;
      }
      text.append(allowed((char) c));
      if (c == ';') {
        break;
      }
    }
    Matcher reference = REFERENCE.matcher(text);
    if (reference.matches()) {
      int code =
          reference.group(1) != null
              ? Integer.parseInt(reference.group(1), 16)
              : Integer.parseInt(reference.group(2));
      if (!isXml(code)) {
        return code == 0x1B ? ESCAPE : REPLACEMENT;
      }
    }
    hold(text.substring(1));
    return '&';
  }

  private void hold(String text) {
    text.getChars(0, text.length(), pending, 0);
    pendingAt = 0;
    pendingEnd = text.length();
  }

  private int raw() throws IOException {
    if (peeked != -2) {
      int c = peeked;
      peeked = -2;
      return c;
    }
    return in.read();
  }

  private static char allowed(char c) {
    if (c >= 0x20 && c < 0xD800 || c == '\n' || c == '\r' || c == '\t') {
      return c;
    }
    return c == 0x1B ? ESCAPE : c >= 0xE000 && c < 0xFFFE ? c : REPLACEMENT;
  }

  private static boolean isXml(int code) {
    return code == 0x9
        || code == 0xA
        || code == 0xD
        || code >= 0x20 && code < 0xD800
        || code >= 0xE000 && code < 0xFFFE
        || code >= 0x10000 && code <= 0x10FFFF;
  }
}
