package dev.retrospec.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** A customer's site on this machine, from its construction until it is closed. */
abstract class LocalSite implements AutoCloseable {

  private final HttpServer server;

  LocalSite() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  /** What is asked for this path; the exchange is closed afterwards. */
  abstract void answer(HttpExchange exchange, String path) throws IOException;

  /** Answers from now on: a site is complete when it calls this, because a request may follow. */
  final void open() {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer(exchange, exchange.getRequestURI().getPath());
          }
        });
    server.start();
  }

  final URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Where the pages find RetroSpec, without a slash at the end. */
  static String base(RetroSpec retroSpec) {
    return retroSpec.url().toString().replaceAll("/$", "");
  }

  static void send(HttpExchange exchange, int status, String type, byte[] content)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, content.length);
    exchange.getResponseBody().write(content);
  }

  static void send(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }

  @Override
  public final void close() {
    server.stop(0);
  }
}
