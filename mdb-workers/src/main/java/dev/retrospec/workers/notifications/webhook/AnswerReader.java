package dev.retrospec.workers.notifications.webhook;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads one HTTP/1.1 answer of a connection that carries no other (RFC 9112), and of its body the
 * beginning. What follows a status that has been read is a courtesy: where it is cut short or makes
 * no sense, the status still counts.
 */
final class AnswerReader {

  /** Enough for what Slack repeats of a message. */
  private static final int MAX_BODY = 128 * 1024;

  private static final int MAX_LINE = 8 * 1024;
  private static final int MAX_HEADERS = 100;
  private static final int MAX_INTERIM = 10;

  private final InputStream in;

  private AnswerReader(InputStream in) {
    this.in = in;
  }

  /**
   * @throws IOException when no status came
   */
  static Answer read(InputStream in, long begunNanos) throws IOException {
    AnswerReader reader = new AnswerReader(new java.io.BufferedInputStream(in));
    for (int interim = 0; interim < MAX_INTERIM; interim++) {
      int status = status(reader.line());
      Map<String, String> headers = new LinkedHashMap<>();
      byte[] body = new byte[0];
      try {
        reader.headers(headers);
        if (status >= 200) {
          body = reader.body(headers);
        }
      } catch (IOException | NumberFormatException e) {
        if (status < 200) {
          throw new EOFException("no final status");
        }
      }
      if (status >= 200) {
        return new Answer(status, headers, body, (System.nanoTime() - begunNanos) / 1_000_000);
      }
    }
    throw new IOException("too many interim answers");
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] [1-5]\\d\\d( .*)?")) {
      throw new IOException("no HTTP answer");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private void headers(Map<String, String> headers) throws IOException {
    for (int i = 0; i < MAX_HEADERS; i++) {
      String line = line();
      if (line.isEmpty()) {
        return;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.putIfAbsent(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    throw new IOException("too many headers");
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if (headers
        .getOrDefault("transfer-encoding", "")
        .toLowerCase(Locale.ROOT)
        .contains("chunked")) {
      return chunked();
    }
    String length = headers.get("content-length");
    int wanted =
        length == null ? MAX_BODY : (int) Math.min(Long.parseLong(length.strip()), MAX_BODY);
    return some(Math.max(wanted, 0));
  }

  private byte[] chunked() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (all.size() < MAX_BODY) {
      int size = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
      if (size <= 0) {
        break;
      }
      all.writeBytes(some(Math.min(size, MAX_BODY - all.size())));
      if (all.size() < MAX_BODY) {
        line();
      }
    }
    return all.toByteArray();
  }

  /** As much as comes. */
  private byte[] some(int max) {
    byte[] read = new byte[max];
    int length = 0;
    try {
      while (length < max) {
        int more = in.read(read, length, max - length);
        if (more < 0) {
          break;
        }
        length += more;
      }
    } catch (IOException e) {
      // what has come has come
    }
    return Arrays.copyOf(read, length);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (line.size() <= MAX_LINE) {
      int one = in.read();
      if (one < 0) {
        throw new EOFException("the answer ended early");
      }
      if (one == '\n') {
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
      }
      line.write(one);
    }
    throw new IOException("a line of the answer is too long");
  }
}
