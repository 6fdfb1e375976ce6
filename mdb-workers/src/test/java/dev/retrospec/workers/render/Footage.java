package dev.retrospec.workers.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Recordings of a page of 640 by 360 whose colour tells the time. */
final class Footage {

  static final String RED = "#ff0000";
  static final String GREEN = "#00ff00";
  static final String BLUE = "#0000ff";

  private final long zero;
  private final List<String> events = new ArrayList<>();

  private Footage(Instant start) {
    this.zero = start.toEpochMilli();
  }

  /** A page of this colour, with nothing in it. */
  static Footage of(Instant start, String colour) {
    return of(start, colour, "", "");
  }

  /**
   * @param head nodes of rrweb's tree, with ids from 100 on; may be blank
   * @param body the same
   */
  static Footage of(Instant start, String colour, String head, String body) {
    Footage footage = new Footage(start);
    footage.event(4, "{\"href\":\"https://shop.example/\",\"width\":640,\"height\":360}", 0);
    footage.event(
        2,
        "{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[{\"type\":2,\"tagName\":\"html\",\"id\":2,"
            + "\"attributes\":{},\"childNodes\":[{\"type\":2,\"tagName\":\"head\",\"id\":3,"
            + "\"attributes\":{},\"childNodes\":["
            + head
            + "]},{\"type\":2,\"tagName\":\"body\",\"id\":4,\"attributes\":{\"style\":\"margin:0;"
            + "background:"
            + colour
            + "\"},\"childNodes\":["
            + body
            + "]}]}]},\"initialOffset\":{\"left\":0,\"top\":0}}",
        0);
    return footage;
  }

  Footage turns(String colour, long atMs) {
    return event(
        3,
        "{\"source\":0,\"texts\":[],\"removes\":[],\"adds\":[],\"attributes\":[{\"id\":4,"
            + "\"attributes\":{\"style\":\"margin:0;background:"
            + colour
            + "\"}}]}",
        atMs);
  }

  /** Colours that follow one another so fast that each picture is a new one. */
  Footage flickersUntil(long endMs) {
    for (long ms = 50; ms < endMs; ms += 50) {
      turns(ms % 100 == 0 ? "#101010" : "#f0f0f0", ms);
    }
    return this;
  }

  Footage moves(int x, int y, long atMs) {
    return event(
        3,
        "{\"source\":1,\"positions\":[{\"x\":%d,\"y\":%d,\"id\":4,\"timeOffset\":0}]}"
            .formatted(x, y),
        atMs);
  }

  private Footage event(int type, String data, long atMs) {
    events.add("{\"type\":%d,\"data\":%s,\"timestamp\":%d}".formatted(type, data, zero + atMs));
    return this;
  }

  String json() {
    return "[" + String.join(",", events) + "]";
  }
}
