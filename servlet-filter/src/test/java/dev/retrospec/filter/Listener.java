package dev.retrospec.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Hears what the filter tells, on the wire. */
final class Listener implements AutoCloseable {

  private final HttpServer server;
  private final List<JsonNode> errors = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();

  Listener() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/server-errors",
        exchange -> {
          JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
          boolean refuses = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          if (!refuses) {
            keys.add(exchange.getRequestHeaders().getFirst("X-Retrospec-Key"));
            body.get("errors").forEach(errors::add);
          }
          exchange.sendResponseHeaders(refuses ? 503 : 202, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void isAwayFor(int requests) {
    refusals.set(requests);
  }

  List<JsonNode> errors() {
    return errors;
  }

  List<String> keys() {
    return keys;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
