package dev.retrospec.system;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
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
final class CanarySite extends LocalSite {

  private static final Pattern PLACE = Pattern.compile("\\{\\{(?:(mail|card):)?(\\w+)}}");

  private static final byte[] PICTURE =
      "<svg xmlns='http://www.w3.org/2000/svg' width='64' height='32'/>"
          .getBytes(StandardCharsets.UTF_8);

  private final Map<String, String> canaries = new TreeMap<>();
  private final byte[] page;
  private final byte[] answer;

  CanarySite(RetroSpec retroSpec, Customer customer, String pageName) throws IOException {
    String base = base(retroSpec);
    this.page =
        filled(
            resource(pageName)
                .replace("[base]", base)
                .replace("[key]", customer.ingestKey())
                .replace("[site]", customer.site()));
    this.answer = filled("{\"access_token\":\"{{answerSecret}}\",\"owner\":\"{{mail:answer}}\"}");
    open();
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

  @Override
  void answer(HttpExchange exchange, String path) throws IOException {
    if (path.equals("/checkout")) {
      send(exchange, 200, "text/html; charset=utf-8", page);
    } else if (path.endsWith(".svg")) {
      exchange.getResponseHeaders().set("Cache-Control", "public, max-age=600");
      send(exchange, 200, "image/svg+xml", PICTURE);
    } else if (path.startsWith("/api/")) {
      exchange.getResponseHeaders().set("X-Auth-Token", canary("answerHeader"));
      send(exchange, 500, "application/json", answer);
    } else {
      send(exchange, 404);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = CanarySite.class.getResourceAsStream("canaries/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
