package dev.retrospec.system;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A customer's site on this machine: one page with the snippet that the dashboard shows, a form,
 * and a button whose handler fails while the page says "Paying…". A second later the page says
 * something else, so that a replay can be seen to stand at the moment of the failure. Its picture
 * is everybody's; its server fails to take orders and says under which id.
 */
final class CheckoutSite extends LocalSite {

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

  private final byte[] page;

  CheckoutSite(RetroSpec retroSpec, Customer customer) throws IOException {
    String base = base(retroSpec);
    this.page =
        PAGE.formatted(SNIPPET.formatted(base, customer.ingestKey(), customer.site()))
            .getBytes(StandardCharsets.UTF_8);
    open();
  }

  @Override
  void answer(HttpExchange exchange, String path) throws IOException {
    switch (path) {
      case "/checkout" -> send(exchange, 200, "text/html; charset=utf-8", page);
      case "/tea.svg" -> {
        exchange.getResponseHeaders().set("Cache-Control", "public, max-age=600");
        send(exchange, 200, "image/svg+xml", TEA);
      }
      case "/orders" -> {
        exchange.getResponseHeaders().set("X-Retrospec-Correlation", CORRELATION_ID);
        send(exchange, 500);
      }
      default -> send(exchange, 404);
    }
  }
}
