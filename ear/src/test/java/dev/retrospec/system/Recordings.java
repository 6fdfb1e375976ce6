package dev.retrospec.system;

/** Bodies as browsers send them, small. */
final class Recordings {

  private static final String EVENTS =
      """
      [{"type":4,"timestamp":1767268800000,
        "data":{"href":"https://shop.example/cart","width":1200,"height":800}},
       {"type":2,"timestamp":1767268800100,
        "data":{"node":{"type":0,"childNodes":[],"id":1},"initialOffset":{"top":0,"left":0}}},
       {"type":3,"timestamp":1767268801000,"data":{"source":1,"positions":[]}}]
      """;

  private Recordings() {}

  static String upload(String session) {
    return """
        {"sessionId":"%s","site":"shop.example","events":%s}"""
        .formatted(session, EVENTS);
  }

  /** A report with one failure; the same label is the same failure. */
  static String report(String session, String user, String label) {
    return """
        {"session":{"id":"%s","site":"shop.example","route":"/cart","userId":"%s",
          "startedAt":"2026-01-01T12:00:00Z","durationMs":1000},
         "markers":[{"id":"m1","clusterKey":"checkout","label":"%s","replayOffsetMs":900,
          "kind":"api_error"}]}"""
        .formatted(session, user, label);
  }

  static String chunk(String reason) {
    return """
        {"session":{"site":"shop.example","startedAt":"2026-01-01T12:00:00Z",
          "url":"https://shop.example/cart","userAgent":"test"},
         "windowId":"w1","reason":"%s","events":%s,"markers":[]}"""
        .formatted(reason, EVENTS);
  }
}
