package dev.retrospec.bench.load;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection that is kept alive and makes next to no garbage: java.net.http costs more
 * processor time for a small request than the server does, on the same cores. Opens when it is
 * first used, and again after a failure.
 */
public final class HttpConnection implements Closeable {

  private static final int TIMEOUT_MS = 60_000;
  private static final int SEND_BUFFER = 512 * 1024;

  private final InetSocketAddress address;
  private final byte[] sending = new byte[64 * 1024];
  private final byte[] received = new byte[32 * 1024];
  private int position;
  private int limit;
  private byte[] body = new byte[32 * 1024];
  private int bodyLength;
  private @Nullable Socket socket;

  public HttpConnection(URI server) {
    this.address = new InetSocketAddress(server.getHost(), server.getPort());
  }

  /**
   * Sends a request and reads the whole answer.
   *
   * @param head request line and headers, with the empty line that ends them
   * @return the answer's status
   * @throws IOException when the connection fails; the next request opens a new one
   */
  public int exchange(byte[] head, byte[] content) throws IOException {
    try {
      send(head, content, 0, content.length);
      return receive();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Sends the head and the first part of the content; {@link #finish} sends the rest. */
  public void begin(byte[] head, byte[] content, int until) throws IOException {
    send(head, content, 0, until);
  }

  /** The other half of {@link #begin}. */
  public int finish(byte[] content, int from) throws IOException {
    try {
      open().getOutputStream().write(content, from, content.length - from);
      return receive();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** The last answer's content. */
  public String content() {
    return new String(body, 0, bodyLength, StandardCharsets.UTF_8);
  }

  private void send(byte[] head, byte[] content, int from, int until) throws IOException {
    // Head and a small body in one packet, as a browser sends them.
    OutputStream out = open().getOutputStream();
    System.arraycopy(head, 0, sending, 0, head.length);
    int first = Math.min(until - from, sending.length - head.length);
    System.arraycopy(content, from, sending, head.length, first);
    out.write(sending, 0, head.length + first);
    if (from + first < until) {
      out.write(content, from + first, until - from - first);
    }
  }

  private Socket open() throws IOException {
    Socket open = socket;
    if (open == null) {
      open = new Socket();
      open.setTcpNoDelay(true);
      open.setSoTimeout(TIMEOUT_MS);
      open.setSendBufferSize(SEND_BUFFER);
      open.connect(address, TIMEOUT_MS);
      position = 0;
      limit = 0;
      socket = open;
    }
    return open;
  }

  private int receive() throws IOException {
    InputStream in = open().getInputStream();
    String head = head(in);
    int status = Integer.parseInt(head, 9, 12, 10);
    bodyLength = 0;
    if (head.contains("\r\ntransfer-encoding: chunked")) {
      for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
        take(in, size);
        line(in);
      }
      line(in);
    } else {
      take(in, contentLength(head));
    }
    if (head.contains("\r\nconnection: close")) {
      close();
    }
    return status;
  }

  private static int contentLength(String head) {
    String name = "\r\ncontent-length: ";
    int at = head.indexOf(name);
    return at < 0
        ? 0
        : Integer.parseInt(head, at + name.length(), head.indexOf('\r', at + name.length()), 10);
  }

  /** In lower case, with the empty line. */
  private String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder(512);
    while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) {
      head.append((char) read(in));
    }
    return head.toString().toLowerCase(Locale.ROOT);
  }

  private int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
  }

  private String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(16);
    for (int c = read(in); c != '\n'; c = read(in)) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private void take(InputStream in, int length) throws IOException {
    if (body.length < bodyLength + length) {
      body = Arrays.copyOf(body, Math.max(2 * body.length, bodyLength + length));
    }
    int left = length;
    while (left > 0) {
      if (position == limit) {
        fill(in);
      }
      int part = Math.min(left, limit - position);
      System.arraycopy(received, position, body, bodyLength, part);
      position += part;
      bodyLength += part;
      left -= part;
    }
  }

  private int read(InputStream in) throws IOException {
    if (position == limit) {
      fill(in);
    }
    return received[position++] & 0xff;
  }

  private void fill(InputStream in) throws IOException {
    int count = in.read(received);
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    position = 0;
    limit = count;
  }

  @Override
  public void close() throws IOException {
    Socket open = socket;
    socket = null;
    if (open != null) {
      open.close();
    }
  }
}
