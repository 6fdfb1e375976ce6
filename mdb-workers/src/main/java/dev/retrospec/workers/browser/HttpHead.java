package dev.retrospec.workers.browser;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The first line and the fields of an HTTP/1 message (RFC 9112), as far as a proxy has to know
 * them.
 *
 * @param start request or status line
 * @param fields as they came, without line ends
 */
record HttpHead(String start, List<String> fields) {

  private static final int MAX_BYTES = 64 * 1024;

  /** Between two hops only; each message gets a connection of its own. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authorization",
          "proxy-authenticate");

  /**
   * Reads up to the empty line and no byte further.
   *
   * @throws IOException when the peer is gone, or sends something else
   */
  static HttpHead read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(512);
    int matched = 0;
    while (matched < 4) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the connection ended before the message began");
      }
      head.write(next);
      matched = next == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : next == '\r' ? 1 : 0;
      if (head.size() > MAX_BYTES) {
        throw new IOException("a message's head is too long");
      }
    }
    // because ISO-8859-1 keeps every byte as it is
    List<String> lines = head.toString(StandardCharsets.ISO_8859_1).lines().toList();
    return new HttpHead(
        lines.get(0), lines.stream().skip(1).filter(line -> !line.isEmpty()).toList());
  }

  /** The request's method, target and version, or the response's version, status and reason. */
  String[] startWords() {
    return start.split(" ", 3);
  }

  /** An answer that another one follows; not the one that ends HTTP on this connection. */
  boolean isInterim() {
    String[] words = startWords();
    return words.length > 1 && words[1].startsWith("1") && !words[1].equals("101");
  }

  HttpHead withStart(String other) {
    return new HttpHead(other, fields);
  }

  /** As the next hop gets it: nothing comes after this message. */
  byte[] forNextHop() {
    String kept =
        fields.stream()
            .filter(field -> !HOP_BY_HOP.contains(nameOf(field)))
            .map(field -> field + "\r\n")
            .collect(Collectors.joining());
    return (start + "\r\n" + kept + "Connection: close\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Unchanged. */
  byte[] bytes() {
    return (start + "\r\n" + String.join("\r\n", fields) + "\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String nameOf(String field) {
    int colon = field.indexOf(':');
    return (colon < 0 ? field : field.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
  }
}
