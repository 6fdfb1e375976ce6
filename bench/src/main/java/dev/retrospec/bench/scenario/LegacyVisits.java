package dev.retrospec.bench.scenario;

import dev.retrospec.bench.load.HttpConnection;
import dev.retrospec.bench.load.Laps;
import dev.retrospec.bench.load.PatchedBytes;
import dev.retrospec.bench.load.Work;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Visits as older clients report them: the whole recording, then what failed in it. Each visit is a
 * new session of a new person; every fourth shows one and the same popular failure, the others one
 * of {@value #FAILURES}; every second has a second marker.
 */
final class LegacyVisits {

  static final String UPLOAD = "upload";
  static final String INGEST = "ingest";
  static final int EVENT_BYTES = 20_000;
  static final int FAILURES = 40;

  private static final int RECORDINGS = 8;
  private static final long DURATION_MS = 45_000;

  private static final String[] KINDS = {
    "js_exception", "api_error", "validation_failed", "ui_no_effect"
  };
  private static final String[] THINGS = {
    "order",
    "voucher",
    "address",
    "basket",
    "payment",
    "delivery",
    "review",
    "search",
    "invoice",
    "account"
  };
  private static final String[] VERBS = {"confirm", "remove", "change", "load"};

  private final Requests requests;
  private final String key;
  private final String session;
  private final List<PatchedBytes> uploads;
  private final List<PatchedBytes> reports;

  /**
   * @param tag makes the session ids of this run new
   */
  LegacyVisits(Requests requests, String key, String tag, Instant now) {
    this.requests = requests;
    this.key = key;
    this.session = "bench-" + tag + "-" + PatchedBytes.MARK;
    Instant started = now.minusMillis(DURATION_MS);
    this.uploads =
        IntStream.range(0, RECORDINGS)
            .mapToObj(seed -> PatchedBytes.of(upload(seed, started.toEpochMilli())))
            .toList();
    this.reports =
        IntStream.range(0, FAILURES)
            .mapToObj(failure -> PatchedBytes.of(report(failure, started)))
            .toList();
  }

  /** The session id of one visit. */
  String session(long number) {
    return session.replace(PatchedBytes.MARK, String.format("%010d", number));
  }

  private String upload(int seed, long started) {
    return "{\"sessionId\":\""
        + session
        + "\",\"site\":\"shop.example\",\"events\":"
        + Requests.events(EVENT_BYTES, seed, started)
        + "}";
  }

  private String report(int failure, Instant started) {
    String first = marker(failure, 1);
    return "{\"session\":{\"id\":\""
        + session
        + "\",\"site\":\"shop.example\",\"route\":\"/checkout/"
        + THINGS[failure % THINGS.length]
        + "\",\"startedAt\":\""
        + started
        + "\",\"durationMs\":"
        + DURATION_MS
        + ",\"userId\":\"user-"
        + PatchedBytes.MARK
        + "\"},\"markers\":["
        + (failure % 2 == 0 ? first : first + "," + marker(failure, 2))
        + "]}";
  }

  private String marker(int failure, int nth) {
    String thing = THINGS[failure % THINGS.length];
    String verb = VERBS[failure / THINGS.length];
    String kind = KINDS[failure % KINDS.length];
    return "{\"id\":\"m"
        + nth
        + "-"
        + session
        + "\",\"clusterKey\":\""
        + verb
        + "-"
        + thing
        + (nth == 1 ? "" : "-again")
        + "\",\"label\":\"Could not "
        + verb
        + " the "
        + thing
        + (nth == 1 ? "" : " a second time")
        + "\",\"evidence\":\"POST /api/"
        + thing
        + " answered 503\",\"replayOffsetMs\":"
        + (1_000 + 500 * nth)
        + ",\"kind\":\""
        + kind
        + "\"}";
  }

  /** What one connection does: a visit. */
  Work work() {
    return new Visit(uploads, reports);
  }

  private final class Visit implements Work {

    private final List<PatchedBytes> uploads;
    private final List<PatchedBytes> uploadHeads;
    private final List<PatchedBytes> reports;
    private final List<PatchedBytes> reportHeads;

    Visit(List<PatchedBytes> uploads, List<PatchedBytes> reports) {
      this.uploads = uploads.stream().map(PatchedBytes::copy).toList();
      this.uploadHeads = heads("/v1/artifacts/session-events", uploads);
      this.reports = reports.stream().map(PatchedBytes::copy).toList();
      this.reportHeads = heads("/v1/ingest/session", reports);
    }

    private List<PatchedBytes> heads(String path, List<PatchedBytes> bodies) {
      return bodies.stream()
          .map(body -> requests.head("POST", path, Requests.key(key), body.length()))
          .toList();
    }

    @Override
    public void once(HttpConnection connection, long number, Laps laps) throws IOException {
      int recording = (int) (number % RECORDINGS);
      int failure = number % 4 == 0 ? 0 : (int) (number / 4 % FAILURES);
      boolean stored =
          laps.timed(
              UPLOAD,
              connection,
              uploadHeads.get(recording).with(number),
              uploads.get(recording).with(number),
              201);
      if (stored) {
        laps.timed(
            INGEST,
            connection,
            reportHeads.get(failure).with(number),
            reports.get(failure).with(number),
            202);
      }
    }
  }
}
