package dev.retrospec.web.sessions;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * JSON on its way into a script element. {@code <} stands in JSON only inside of texts, where it
 * may be written as an escape: so nothing that was recorded can end the element or begin a comment.
 */
final class JsonInHtml extends FilterOutputStream {

  private static final byte[] ESCAPE = "\\u003c".getBytes(StandardCharsets.US_ASCII);

  JsonInHtml(OutputStream page) {
    super(page);
  }

  @Override
  public void write(int octet) throws IOException {
    if (octet == '<') {
      out.write(ESCAPE);
    } else {
      out.write(octet);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '<') {
        out.write(bytes, from, i - from);
        out.write(ESCAPE);
        from = i + 1;
      }
    }
    out.write(bytes, from, offset + length - from);
  }

  /** The page goes on after this. */
  @Override
  public void close() throws IOException {
    flush();
  }
}
