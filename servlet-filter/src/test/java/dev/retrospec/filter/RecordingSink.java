package dev.retrospec.filter;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/** A RetroSpec server as far as the script tag sees it, on another origin than the page. */
final class RecordingSink implements AutoCloseable {

  private final HttpServer server;
  private final List<JsonNode> chunks = new CopyOnWriteArrayList<>();

  RecordingSink() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/sdk/", exchange -> answer(exchange, 200, script(exchange)));
    server.createContext("/v1/", this::onTold);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Stream<JsonNode> markers(String subkind) {
    return chunks.stream()
        .flatMap(chunk -> StreamSupport.stream(chunk.path("markers").spliterator(), false))
        .filter(marker -> marker.get("subkind").asText().equals(subkind));
  }

  private void onTold(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("OPTIONS")) {
      answer(exchange, 200, new byte[0]);
    } else if (path.endsWith("/config")) {
      answer(exchange, 200, "{\"enabled\":true,\"sampleRate\":1}".getBytes(StandardCharsets.UTF_8));
    } else {
      boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      InputStream sent = exchange.getRequestBody();
      chunks.add(new ObjectMapper().readTree(packed ? new GZIPInputStream(sent) : sent));
      answer(exchange, 202, "{\"accepted\":true}".getBytes(StandardCharsets.UTF_8));
    }
  }

  /** From the jar that the server's WAR carries. */
  private static byte[] script(HttpExchange exchange) throws IOException {
    String name = "/META-INF/resources" + exchange.getRequestURI().getPath();
    try (InputStream script = RecordingSink.class.getResourceAsStream(name)) {
      return requireNonNull(script, name).readAllBytes();
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    boolean isScript = exchange.getRequestURI().getPath().endsWith(".js");
    headers.set("Content-Type", isScript ? "text/javascript" : "application/json");
    headers.set("Access-Control-Allow-Origin", "*");
    headers.set("Access-Control-Allow-Headers", "X-Api-Key, Content-Type, Content-Encoding");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
