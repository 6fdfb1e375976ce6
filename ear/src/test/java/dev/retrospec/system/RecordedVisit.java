package dev.retrospec.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/**
 * What rrweb would have recorded of a visit to a small checkout page, without a browser: the page,
 * a click on "Pay", and what the page's script said in the console.
 *
 * @param sessionId as the client minted it
 */
record RecordedVisit(String sessionId, String site, Instant startedAt) {

  static final long DURATION_MS = 9_000;
  static final long FAILED_AT_MS = 4_000;

  private static final int META = 4;
  private static final int FULL_SNAPSHOT = 2;
  private static final int INCREMENTAL = 3;
  private static final int PLUGIN = 6;
  private static final int BUTTON_ID = 5;

  /** The whole visit, as older clients upload it. */
  ObjectNode upload() {
    ObjectNode body = Api.JSON.createObjectNode().put("sessionId", sessionId).put("site", site);
    body.set("events", events());
    return body;
  }

  /** The report that older clients send after it, about one failed request. */
  ObjectNode report(String eventsObjectKey, String userId) {
    ObjectNode body = Api.JSON.createObjectNode();
    body.putObject("session")
        .put("id", sessionId)
        .put("site", site)
        .put("route", "/checkout")
        .put("startedAt", startedAt.toString())
        .put("durationMs", DURATION_MS)
        .put("eventsObjectKey", eventsObjectKey)
        .put("userId", userId);
    body.putArray("markers").add(failedRequest());
    return body;
  }

  /** Chunk number {@code seq} as our own recorder sends it; the first one has the page in it. */
  ObjectNode chunk(int seq, String userId) {
    ObjectNode body = Api.JSON.createObjectNode().put("windowId", "window-1").put("reason", "time");
    body.putObject("session")
        .put("site", site)
        .put("startedAt", startedAt.toString())
        .put("userId", userId)
        .put("url", "https://" + site + "/checkout");
    ArrayNode events = body.putArray("events");
    if (seq == 0) {
      events.add(page()).add(fullSnapshot());
    }
    events.add(click(1_000L * (seq + 1)));
    return body;
  }

  /** The same, with a marker of its own. */
  ObjectNode failingChunk(int seq, String userId) {
    ObjectNode body = chunk(seq, userId).put("reason", "marker");
    ObjectNode marker = failedRequest().put("id", sessionId + "-marker-" + seq);
    body.putArray("markers").add(marker.put("replayOffsetMs", 1_000L * (seq + 1)));
    return body;
  }

  String chunkPath(int seq) {
    return "/v1/recordings/" + sessionId + "/chunks/" + seq;
  }

  String path() {
    return "/v1/sessions/" + sessionId;
  }

  /** A visit of half a minute ago, in whole milliseconds as browsers count. */
  static RecordedVisit of(String site) {
    long startedAt = Instant.now().minusSeconds(30).toEpochMilli();
    return new RecordedVisit(UUID.randomUUID().toString(), site, Instant.ofEpochMilli(startedAt));
  }

  ArrayNode events() {
    return Api.JSON
        .createArrayNode()
        .add(page())
        .add(fullSnapshot())
        .add(click(FAILED_AT_MS - 200))
        .add(consoleError(FAILED_AT_MS, "POST /api/pay 502"))
        .add(click(DURATION_MS));
  }

  private ObjectNode failedRequest() {
    return Api.JSON
        .createObjectNode()
        .put("id", sessionId + "-marker")
        .put("kind", "api_error")
        .put("clusterKey", "checkout-pay")
        .put("label", "POST /api/pay 502")
        .put("evidence", "HTTP 502 after 812 ms")
        .put("replayOffsetMs", FAILED_AT_MS);
  }

  private ObjectNode page() {
    ObjectNode event = event(META, 0);
    event
        .putObject("data")
        .put("href", "https://" + site + "/checkout")
        .put("width", 1280)
        .put("height", 800);
    return event;
  }

  private ObjectNode fullSnapshot() {
    ObjectNode button = element(BUTTON_ID, "button", text(6, "Pay now"));
    ObjectNode body = element(4, "body", button);
    ObjectNode html = element(3, "html", body);
    ObjectNode document = Api.JSON.createObjectNode().put("type", 0).put("id", 1);
    document.putArray("childNodes").add(html);
    ObjectNode event = event(FULL_SNAPSHOT, 10);
    ObjectNode data = event.putObject("data");
    data.set("node", document);
    data.putObject("initialOffset").put("left", 0).put("top", 0);
    return event;
  }

  private ObjectNode click(long atMs) {
    ObjectNode event = event(INCREMENTAL, atMs);
    event
        .putObject("data")
        .put("source", 2)
        .put("type", 2)
        .put("id", BUTTON_ID)
        .put("x", 40)
        .put("y", 20);
    return event;
  }

  private ObjectNode consoleError(long atMs, String text) {
    ObjectNode event = event(PLUGIN, atMs);
    ObjectNode data = event.putObject("data").put("plugin", "rrweb/console@1");
    ObjectNode line = data.putObject("payload").put("level", "error");
    line.putArray("trace");
    line.putArray("payload").add('"' + text + '"');
    return event;
  }

  private ObjectNode event(int type, long atMs) {
    return Api.JSON
        .createObjectNode()
        .put("type", type)
        .put("timestamp", startedAt.plusMillis(atMs).toEpochMilli());
  }

  private static ObjectNode element(int id, String name, JsonNode child) {
    ObjectNode node = Api.JSON.createObjectNode().put("type", 2).put("tagName", name).put("id", id);
    node.putObject("attributes");
    node.putArray("childNodes").add(child);
    return node;
  }

  private static ObjectNode text(int id, String content) {
    return Api.JSON.createObjectNode().put("type", 3).put("textContent", content).put("id", id);
  }
}
