package dev.retrospec.system;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A customer's site on this machine whose pages have something to look at, and the snippet. */
final class PaintedSite extends LocalSite {

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

  private final String base;
  private final Customer customer;
  private final Map<String, String> bodies;

  /**
   * @param bodies what the pages show, by path
   */
  PaintedSite(RetroSpec retroSpec, Customer customer, Map<String, String> bodies)
      throws IOException {
    this.base = base(retroSpec);
    this.customer = customer;
    this.bodies = Map.copyOf(bodies);
    open();
  }

  @Override
  void answer(HttpExchange exchange, String path) throws IOException {
    String body = bodies.get(path);
    if (body == null) {
      send(exchange, 404);
      return;
    }
    String page = PAGE.formatted(base, customer.ingestKey(), customer.site(), body);
    send(exchange, 200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }
}
