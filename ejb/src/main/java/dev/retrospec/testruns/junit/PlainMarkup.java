package dev.retrospec.testruns.junit;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Writes XML so that a parser needs little memory for it: CDATA sections become escaped text, which
 * comes out of a parser in pieces, where the JDK's keeps a section whole; comments and processing
 * instructions, which nobody reads, are left out. Refuses document types, and tags that are longer
 * than any tool writes.
 */
final class PlainMarkup extends FilterReader {

  /** A message attribute may hold a page of HTML. */
  private static final int MAX_TAG = 2_000_000;

  private enum Place {
    TEXT,
    TAG,
    CDATA
  }

  private final StringBuilder pending = new StringBuilder();
  private int pendingAt;
  private Place place = Place.TEXT;
  private int tagLength;
  private char quote;

  PlainMarkup(Reader in) {
    super(in);
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int c = read();
      if (c < 0) {
        break;
      }
      target[offset + count++] = (char) c;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  @Override
  public int read() throws IOException {
    while (true) {
      if (pendingAt < pending.length()) {
        return pending.charAt(pendingAt++);
      }
      pending.setLength(0);
      pendingAt = 0;
      int c = in.read();
      if (c < 0) {
        return -1;
      }
      switch (place) {
        case TEXT -> text((char) c);
        case TAG -> tag((char) c);
        case CDATA -> cdata((char) c);
      }
    }
  }

  private void text(char c) throws IOException {
    if (c != '<') {
      pending.append(c);
      return;
    }
    int next = in.read();
    if (next == '?') {
      skipTo('?', '>');
    } else if (next == '!') {
      declaration();
    } else {
      pending.append('<');
      place = Place.TAG;
      tagLength = 0;
      quote = 0;
      if (next >= 0) {
        tag((char) next);
      }
    }
  }

  private void declaration() throws IOException {
    int first = in.read();
    if (first == '-' && in.read() == '-') {
      skipTo('-', '-', '>');
      return;
    }
    if (first == '[') {
      for (char wanted : "CDATA[".toCharArray()) {
        if (in.read() != wanted) {
          throw new InvalidReport("the report is not well-formed XML");
        }
      }
      place = Place.CDATA;
      return;
    }
    throw new InvalidReport("a report must have no document type");
  }

  /** Reads until the given characters have come, of which all but the last are alike. */
  private void skipTo(char... end) throws IOException {
    int matched = 0;
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == end[matched]) {
        if (++matched == end.length) {
          return;
        }
      } else if (c != end[0] || matched < end.length - 1) {
        matched = c == end[0] ? 1 : 0;
      }
    }
  }

  private void tag(char c) {
    if (++tagLength > MAX_TAG) {
      throw new InvalidReport("the report has a tag of more than " + MAX_TAG + " characters");
    }
    pending.append(c);
    if (quote != 0) {
      quote = c == quote ? 0 : quote;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      place = Place.TEXT;
    }
  }

  private void cdata(char c) throws IOException {
    int brackets = 0;
    int next = c;
    while (next == ']' && brackets < 1_000) {
      brackets++;
      next = in.read();
    }
    if (next == '>' && brackets >= 2) {
      pending.append("]".repeat(brackets - 2));
      place = Place.TEXT;
      return;
    }
    pending.append("]".repeat(brackets));
    switch (next) {
      case '<' -> pending.append("&lt;");
      case '>' -> pending.append("&gt;");
      case '&' -> pending.append("&amp;");
      default -> {
        if (next >= 0) {
          pending.append((char) next);
        }
      }
    }
  }
}
