package dev.retrospec.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A customer's site on this machine: one page with the snippet that the dashboard shows, a form,
 * and a button whose handler fails while the page says "Paying…". A second later the page says
 * something else, so that a replay can be seen to stand at the moment of the failure. Its picture
 * is everybody's; its server fails to take orders and says under which id.
 */
final class CheckoutSite implements AutoCloseable {

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>Checkout</title>
          %s
        </head>
        <body>
          <h1>Checkout</h1>
          <img id="tea" src="/tea.svg" alt="Tea">
          <p id="status">Ready</p>
          <label>E-mail <input id="email" type="email" autocomplete="email"></label>
          <label>Remark <textarea id="remark"></textarea></label>
          <label>Password <input id="password" type="password"></label>
          <button id="pay" type="button">Pay now</button>
          <button id="thank" type="button">Say thanks</button>
          <button id="order" type="button">Order</button>
          <script>
            const status = document.getElementById('status');
            const say = (text) => { status.textContent = text; };
            document.getElementById('pay').addEventListener('click', () => {
              say('Paying');
              setTimeout(() => say('Please start over'), 1500);
              const basket = {};
              basket.card.price.toFixed(2);
            });
            document.getElementById('order').addEventListener('click', () => fetch('/orders'));
            document.getElementById('thank').addEventListener('click', () => say('Last words'));
          </script>
        </body>
      </html>
      """;

  private static final byte[] TEA =
      "<svg xmlns='http://www.w3.org/2000/svg' width='64' height='32'/>"
          .getBytes(StandardCharsets.UTF_8);

  /** What the answer to an order carries. */
  static final String CORRELATION_ID = "theorderthatthewarehouserefused";

  private static final String SNIPPET =
      """
      <script src="%1$s/sdk/retrospec.js"></script>
      <script>
        window.retrospec = RetroSpec.initRetrospec({
          apiBaseUrl: '%1$s', apiKey: '%2$s', site: '%3$s', release: 'checkout-1.0'
        });
      </script>
      """;

  private final HttpServer server;
  private final byte[] page;

  CheckoutSite(RetroSpec retroSpec, Customer customer) throws IOException {
    String base = retroSpec.url().toString().replaceAll("/$", "");
    this.page =
        PAGE.formatted(SNIPPET.formatted(base, customer.ingestKey(), customer.site()))
            .getBytes(StandardCharsets.UTF_8);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/checkout" -> send(exchange, "text/html; charset=utf-8", page);
        case "/tea.svg" -> {
          exchange.getResponseHeaders().set("Cache-Control", "public, max-age=600");
          send(exchange, "image/svg+xml", TEA);
        }
        case "/orders" -> {
          exchange.getResponseHeaders().set("X-Retrospec-Correlation", CORRELATION_ID);
          exchange.sendResponseHeaders(500, -1);
        }
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static void send(HttpExchange exchange, String type, byte[] content) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
