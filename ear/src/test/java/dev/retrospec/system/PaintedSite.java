package dev.retrospec.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A customer's site on this machine whose pages have something to look at, and the snippet. */
final class PaintedSite implements AutoCloseable {

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>Painted</title>
          <script src="%1$s/sdk/retrospec.js"></script>
          <script>
            window.retrospec = RetroSpec.initRetrospec({
              apiBaseUrl: '%1$s', apiKey: '%2$s', site: '%3$s'
            });
          </script>
          <style>
            body { font: 16px/1.5 sans-serif; margin: 24px; color: #223 }
            td, th { border: 1px solid #889; padding: 4px 10px }
            .box { border: 2px solid #456; border-radius: 8px; padding: 12px }
          </style>
        </head>
        <body>%4$s</body>
      </html>
      """;

  private final HttpServer server;
  private final String base;
  private final Customer customer;
  private final Map<String, String> bodies;

  /**
   * @param bodies what the pages show, by path
   */
  PaintedSite(RetroSpec retroSpec, Customer customer, Map<String, String> bodies)
      throws IOException {
    this.base = retroSpec.url().toString().replaceAll("/$", "");
    this.customer = customer;
    this.bodies = Map.copyOf(bodies);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = bodies.get(exchange.getRequestURI().getPath());
      if (body == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] page =
          PAGE.formatted(base, customer.ingestKey(), customer.site(), body)
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.sendResponseHeaders(200, page.length);
      exchange.getResponseBody().write(page);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
