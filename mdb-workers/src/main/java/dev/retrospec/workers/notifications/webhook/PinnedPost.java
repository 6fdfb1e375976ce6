package dev.retrospec.workers.notifications.webhook;

import dev.retrospec.workers.browser.NameLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts JSON to addresses that people have set, who are thereby not to make the server ask what
 * they cannot reach themselves:
 *
 * <ul>
 *   <li>A name is looked up once. Every address it has must be allowed, and the connection goes to
 *       one of these, whatever the name leads to a moment later (DNS rebinding).
 *   <li>Certificates are checked against the name.
 *   <li>No redirect is followed, no proxy asked, no cookie kept.
 *   <li>All together takes {@link #DEADLINE} at most, however slowly the other side drips, and of
 *       an answer only the beginning is read.
 * </ul>
 *
 * <p>A failure says whether anything was on its way. The JDK's client can neither be told an
 * address beside a name, nor says that.
 */
@ApplicationScoped
public class PinnedPost {

  /** More than these are never all away. */
  private static final int MAX_TRIED = 3;

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final NameLookup names;
  private final SSLSocketFactory tls;
  private final Duration deadline;

  public PinnedPost() {
    this(NameLookup.SYSTEM, (SSLSocketFactory) SSLSocketFactory.getDefault(), DEADLINE);
  }

  public PinnedPost(NameLookup names, SSLSocketFactory tls, Duration deadline) {
    this.names = names;
    this.tls = tls;
    this.deadline = deadline;
  }

  /**
   * Returns whatever the other server answers.
   *
   * @param headers beside those of every such request; without line breaks
   * @throws NotDelivered when no answer came, or none may be asked for there
   */
  public Answer post(URI url, Map<String, String> headers, String json, AddressPolicy policy) {
    long begun = System.nanoTime();
    boolean isTls = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() > 0 ? url.getPort() : isTls ? 443 : 80;
    String host = url.getHost().replaceAll("^\\[|]$", "");
    byte[] request = request(url, port, headers, json);
    List<InetAddress> addresses = allowed(host, port, policy);
    try (Line line = new Line()) {
      long left = deadline.toMillis() - Duration.ofNanos(System.nanoTime() - begun).toMillis();
      CompletableFuture<Void> guard =
          CompletableFuture.runAsync(
              line::close, CompletableFuture.delayedExecutor(left, TimeUnit.MILLISECONDS));
      try {
        Socket plain = line.to(inOrder(addresses), port);
        return exchange(isTls ? secured(plain, host, port) : plain, request, begun);
      } finally {
        guard.cancel(false);
      }
    } catch (IOException e) {
      throw NotDelivered.unsent("The other server cannot be reached", e);
    }
  }

  private static Answer exchange(Socket socket, byte[] request, long begun) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(request);
      out.flush();
      return AnswerReader.read(socket.getInputStream(), begun);
    } catch (IOException e) {
      throw NotDelivered.unanswered("The other server took the message and did not answer", e);
    }
  }

  private List<InetAddress> allowed(String host, int port, AddressPolicy policy) {
    List<InetAddress> addresses = lookedUp(host);
    // all of them, because a name with one good address and one bad is a trick
    if (addresses.isEmpty()
        || !addresses.stream().allMatch(address -> policy.reaches(host, port, address))) {
      throw NotDelivered.unsent(
          "The other server's name leads to an address that alerts may not be sent to", null);
    }
    return addresses;
  }

  /** On a thread of its own, because a name server that does not answer cannot be interrupted. */
  private List<InetAddress> lookedUp(String host) {
    FutureTask<List<InetAddress>> lookup = new FutureTask<>(() -> names.addressesOf(host));
    Thread thread = new Thread(lookup, "name-lookup");
    thread.setDaemon(true);
    thread.start();
    try {
      return lookup.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw NotDelivered.unsent("The other server's name is not known", unknown);
      }
      throw new IllegalStateException("Looking a name up failed", e);
    } catch (TimeoutException e) {
      throw NotDelivered.unsent("The other server's name was not found in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw NotDelivered.unsent("Looking the other server's name up was interrupted", e);
    }
  }

  /** Some of them, those of IPv4 first, because not every machine has a way to the others. */
  private static List<InetAddress> inOrder(List<InetAddress> addresses) {
    return addresses.stream()
        .sorted(Comparator.comparingInt(address -> address.getAddress().length))
        .limit(MAX_TRIED)
        .toList();
  }

  private Socket secured(Socket plain, String host, int port) throws IOException {
    SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate is of this name
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
    } catch (IOException e) {
      throw NotDelivered.unsent("No trusted connection to the other server can be made", e);
    }
    return socket;
  }

  private static byte[] request(URI url, int port, Map<String, String> headers, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    StringBuilder head = new StringBuilder("POST ").append(path);
    if (url.getRawQuery() != null) {
      head.append('?').append(url.getRawQuery());
    }
    head.append(" HTTP/1.1\r\nHost: ").append(url.getHost());
    if (url.getPort() > 0) {
      head.append(':').append(port);
    }
    head.append("\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ")
        .append(body.length)
        .append("\r\nUser-Agent: RetroSpec\r\nAccept: */*\r\nConnection: close\r\n");
    headers.forEach((name, value) -> head.append(line(name, value)));
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] request = java.util.Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    return request;
  }

  private static String line(String name, String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the header " + name.toLowerCase(Locale.ROOT) + " is more than a line");
    }
    return name + ": " + value + "\r\n";
  }
}
