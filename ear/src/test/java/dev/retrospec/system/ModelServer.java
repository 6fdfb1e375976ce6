package dev.retrospec.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that speaks our own contract, and can be away, in a mood, or helpful. */
final class ModelServer implements AutoCloseable {

  /** What it answers. */
  enum Mood {
    AWAY,
    TALKING_RUBBISH,
    /** Names events that it was not shown. */
    INVENTING,
    HELPFUL
  }

  static final String CAUSE = "The payment provider was not reached in time";

  private final HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Mood mood = Mood.AWAY;

  private ModelServer(HttpServer server) {
    this.server = server;
  }

  static ModelServer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ModelServer model = new ModelServer(server);
    server.createContext("/", model::answer);
    server.start();
    return model;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/analyze";
  }

  void is(Mood next) {
    asked.set(0);
    mood = next;
  }

  /** Since its mood changed. */
  int timesAsked() {
    return asked.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    JsonNode question = Api.JSON.readTree(exchange.getRequestBody());
    String words =
        switch (mood) {
          case AWAY -> "";
          case TALKING_RUBBISH -> "Sure! Here is the JSON that you asked for: {\"symptom\": 7";
          case INVENTING -> answer("65535/9999").toString();
          case HELPFUL -> answer(question.at("/events/0/id").asText()).toString();
        };
    byte[] body = words.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(
        mood == Mood.AWAY ? 503 : 200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static ObjectNode answer(String evidence) {
    ObjectNode answer =
        Api.JSON
            .createObjectNode()
            .put("symptom", "Paying fails")
            .put("technicalRootCause", CAUSE)
            .put("suggestedFix", "Try once more, and tell the visitor")
            .put("confidence", 0.8);
    for (String statement : new String[] {"symptom", "technicalRootCause", "suggestedFix"}) {
      answer
          .withArray("evidence")
          .addObject()
          .put("statement", statement)
          .putArray("eventIds")
          .add(evidence);
    }
    return answer;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
