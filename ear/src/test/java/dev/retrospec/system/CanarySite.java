package dev.retrospec.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A site of which one page, in {@code canaries/}, holds a value of its own wherever a page, its
 * requests and its failures can hold what is somebody's. Where the page says {@code {{name}}}
 * stands a word that occurs nowhere else; {@code {{mail:name}}} is such a word as an e-mail
 * address, {@code {{card:name}}} the number of a card.
 */
final class CanarySite implements AutoCloseable {

  private static final Pattern PLACE = Pattern.compile("\\{\\{(?:(mail|card):)?(\\w+)}}");

  private static final byte[] PICTURE =
      "<svg xmlns='http://www.w3.org/2000/svg' width='64' height='32'/>"
          .getBytes(StandardCharsets.UTF_8);

  private final Map<String, String> canaries = new TreeMap<>();
  private final HttpServer server;
  private final byte[] page;
  private final byte[] answer;

  CanarySite(RetroSpec retroSpec, Customer customer, String pageName) throws IOException {
    String base = retroSpec.url().toString().replaceAll("/$", "");
    this.page =
        filled(
            resource(pageName)
                .replace("[base]", base)
                .replace("[key]", customer.ingestKey())
                .replace("[site]", customer.site()));
    this.answer = filled("{\"access_token\":\"{{answerSecret}}\",\"owner\":\"{{mail:answer}}\"}");
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** The value that stands, or is to be typed, in this place. */
  String canary(String name) {
    return canaries.computeIfAbsent(
        name, any -> "canary" + UUID.randomUUID().toString().replace("-", ""));
  }

  /** The number of a card, which passes the check of such numbers. */
  String card(String name) {
    return canaries.computeIfAbsent(name, any -> newCard());
  }

  /** All values by the place where they stand. */
  Map<String, String> canaries() {
    return Map.copyOf(canaries);
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private byte[] filled(String template) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place ->
                switch (place.group(1) == null ? "" : place.group(1)) {
                  case "mail" -> canary(place.group(2)) + "@mail.example";
                  case "card" -> card(place.group(2));
                  default -> canary(place.group(2));
                })
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String newCard() {
    String digits = "492918" + ThreadLocalRandom.current().nextLong(100_000_000L, 1_000_000_000L);
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      int doubled = i % 2 == 0 ? digit * 2 : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return digits + (10 - sum % 10) % 10;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/checkout")) {
        send(exchange, 200, "text/html; charset=utf-8", page);
      } else if (path.endsWith(".svg")) {
        exchange.getResponseHeaders().set("Cache-Control", "public, max-age=600");
        send(exchange, 200, "image/svg+xml", PICTURE);
      } else if (path.startsWith("/api/")) {
        exchange.getResponseHeaders().set("X-Auth-Token", canary("answerHeader"));
        send(exchange, 500, "application/json", answer);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] content)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, content.length);
    exchange.getResponseBody().write(content);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = CanarySite.class.getResourceAsStream("canaries/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
