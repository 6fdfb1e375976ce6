package dev.retrospec.workers.browser;

import dev.retrospec.workers.browser.FilteringProxy.Reached;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the browser to the proxy: a tunnel, or one plain request with its answer. One
 * request only, so that each is vetted.
 */
final class ProxiedConnection {

  private static final Logger LOG = LoggerFactory.getLogger(ProxiedConnection.class);

  private static final int BUFFER = 16 * 1024;
  private static final int IDLE_TIMEOUT_MS = 60_000;
  private static final String PLAIN = "http://";

  private final FilteringProxy proxy;
  private final Socket client;

  ProxiedConnection(FilteringProxy proxy, Socket client) {
    this.proxy = proxy;
    this.client = client;
  }

  void serve() {
    proxy.opened(client);
    try {
      client.setSoTimeout(IDLE_TIMEOUT_MS);
      HttpHead request = HttpHead.read(client.getInputStream());
      String[] words = request.startWords();
      if (words.length != 3) {
        answer("400 Bad Request");
      } else if (words[0].equals("CONNECT")) {
        tunnel(Destination.ofAuthority(words[1], 443));
      } else if (words[1].regionMatches(true, 0, PLAIN, 0, PLAIN.length())) {
        forward(request, words);
      } else {
        answer("400 Bad Request");
      }
    } catch (IOException | RejectedExecutionException e) {
      LOG.debug("A connection of the browser ended early", e);
    } finally {
      proxy.ended(client);
    }
  }

  private void tunnel(Optional<Destination> destination) throws IOException {
    Optional<Socket> reached = reach(destination);
    if (reached.isPresent()) {
      try (Socket server = reached.get()) {
        answer("200 Connection Established");
        both(server);
      } finally {
        proxy.ended(reached.get());
      }
    }
  }

  private void forward(HttpHead request, String[] words) throws IOException {
    String rest = words[1].substring(PLAIN.length());
    int end = endOfAuthority(rest);
    Optional<Socket> reached = reach(Destination.ofAuthority(rest.substring(0, end), 80));
    if (reached.isEmpty()) {
      return;
    }
    String path = rest.substring(end);
    String target = path.startsWith("/") ? path : "/" + path;
    try (Socket server = reached.get()) {
      OutputStream out = server.getOutputStream();
      out.write(request.withStart(words[0] + " " + target + " HTTP/1.1").forNextHop());
      out.flush();
      proxy.inBackground(() -> pump(client, server, false));
      HttpHead response = HttpHead.read(server.getInputStream());
      while (response.isInterim()) {
        client.getOutputStream().write(response.bytes());
        response = HttpHead.read(server.getInputStream());
      }
      client.getOutputStream().write(response.forNextHop());
      pump(server, client, true);
    } finally {
      proxy.ended(reached.get());
    }
  }

  private static int endOfAuthority(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if ("/?#".indexOf(rest.charAt(i)) >= 0) {
        return i;
      }
    }
    return rest.length();
  }

  /** Answers the browser itself when there is no connection. */
  private Optional<Socket> reach(Optional<Destination> destination) throws IOException {
    if (destination.isEmpty()) {
      answer("400 Bad Request");
      return Optional.empty();
    }
    Reached reached = proxy.reach(destination.get());
    if (reached instanceof Reached.Connected connected) {
      proxy.opened(connected.socket());
      connected.socket().setSoTimeout(IDLE_TIMEOUT_MS);
      return Optional.of(connected.socket());
    }
    answer(reached instanceof Reached.Refused ? "403 Forbidden" : "502 Bad Gateway");
    return Optional.empty();
  }

  private void answer(String status) throws IOException {
    String fields = status.startsWith("200") ? "" : "Content-Length: 0\r\nConnection: close\r\n";
    OutputStream out = client.getOutputStream();
    out.write(
        ("HTTP/1.1 " + status + "\r\n" + fields + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private void both(Socket server) {
    proxy.inBackground(() -> pump(client, server, false));
    pump(server, client, true);
  }

  /** Until one side ends; a half-closed connection stays open the other way. */
  private void pump(Socket from, Socket to, boolean counted) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (counted && !proxy.count(read)) {
          return;
        }
        out.write(buffer, 0, read);
        out.flush();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      LOG.debug("A connection ended while bytes were under way", e);
    }
  }
}
