package dev.retrospec.bench.scenario;

import dev.retrospec.bench.load.HttpConnection;
import dev.retrospec.bench.load.Laps;
import dev.retrospec.bench.load.PatchedBytes;
import dev.retrospec.bench.load.Work;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chunks as the SDK sends them, compressed: each connection records one session after another,
 * {@value #CHUNKS_OF_A_SESSION} chunks each.
 */
final class Chunks {

  static final String CHUNK = "chunk";
  static final int CHUNKS_OF_A_SESSION = 10;

  private static final String[] BROWSERS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
        + " Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
        + " Version/18.5 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
        + " Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
  };

  private final Requests requests;
  private final String key;
  private final String tag;
  private final List<byte[]> bodies;
  private final double eventBytes;

  /**
   * @param size approximate bytes of event JSON in a chunk
   * @param variants how many different ones
   */
  Chunks(Requests requests, String key, String tag, int size, int variants, Instant now) {
    this.requests = requests;
    this.key = key;
    this.tag = tag;
    List<String> events =
        IntStream.range(0, variants)
            .mapToObj(seed -> Requests.events(size, seed, now.minusSeconds(60).toEpochMilli()))
            .toList();
    this.eventBytes =
        events.stream()
            .mapToInt(json -> json.getBytes(StandardCharsets.UTF_8).length)
            .average()
            .orElseThrow();
    this.bodies = new ArrayList<>();
    for (int i = 0; i < variants; i++) {
      bodies.add(Requests.gzip(envelope(events.get(i), BROWSERS[i % BROWSERS.length], now)));
    }
  }

  private static String envelope(String events, String browser, Instant now) {
    return "{\"session\":{\"site\":\"shop.example\",\"startedAt\":\""
        + now.minusSeconds(60)
        + "\",\"anonymousId\":\"visitor\",\"url\":\"https://shop.example/checkout/cart\","
        + "\"userAgent\":\""
        + browser
        + "\",\"viewport\":{\"width\":1440,\"height\":900}},\"windowId\":\"w1\","
        + "\"reason\":\"time\",\"events\":"
        + events
        + ",\"markers\":[],\"counters\":{\"dropped\":{},\"throttled\":0,\"masked\":12}}";
  }

  /** Bytes of event JSON in a chunk, on average. */
  double eventBytes() {
    return eventBytes;
  }

  /** Bytes of a request's body, on average. */
  double wireBytes() {
    return bodies.stream().mapToInt(body -> body.length).average().orElseThrow();
  }

  byte[] body(int variant) {
    return bodies.get(variant % bodies.size());
  }

  PatchedBytes head(String context, int sequence, int bodyLength) {
    return requests.head(
        "POST",
        context + "/v1/recordings/bench-" + tag + "-" + PatchedBytes.MARK + "/chunks/" + sequence,
        Requests.key(key) + "Content-Encoding: gzip\r\n",
        bodyLength);
  }

  /**
   * What one connection does: the next chunk of its session.
   *
   * @param context where the handler is; empty for RetroSpec
   */
  Work work(String context) {
    return new Recorder(context);
  }

  private final class Recorder implements Work {

    private final PatchedBytes[][] heads;
    private long session;
    private int sequence = CHUNKS_OF_A_SESSION;

    Recorder(String context) {
      heads = new PatchedBytes[CHUNKS_OF_A_SESSION][bodies.size()];
      for (int i = 0; i < CHUNKS_OF_A_SESSION; i++) {
        for (int body = 0; body < bodies.size(); body++) {
          heads[i][body] = head(context, i, bodies.get(body).length);
        }
      }
    }

    @Override
    public void once(HttpConnection connection, long number, Laps laps) throws IOException {
      if (sequence == CHUNKS_OF_A_SESSION) {
        session = number;
        sequence = 0;
      }
      int body = (int) (number % bodies.size());
      laps.timed(CHUNK, connection, heads[sequence][body].with(session), bodies.get(body), 202);
      sequence++;
    }
  }
}
