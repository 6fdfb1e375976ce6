package dev.retrospec.bench.scenario;

import dev.retrospec.bench.load.PatchedBytes;
import dev.retrospec.fixture.RrwebFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** The requests of RetroSpec's API as clients send them. */
final class Requests {

  private static final Pattern TIMESTAMP = Pattern.compile("(?<=\"timestamp\":)\\d{13}");

  private final URI server;

  Requests(URI server) {
    this.server = server;
  }

  /** Request line and headers; {@link PatchedBytes#MARK} may stand in the path. */
  PatchedBytes head(String method, String path, String headers, int length) {
    return PatchedBytes.of(
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + server.getAuthority()
            + "\r\n"
            + headers
            + "Content-Type: application/json\r\nContent-Length: "
            + length
            + "\r\n\r\n");
  }

  static String key(String key) {
    return "X-Retrospec-Key: " + key + "\r\n";
  }

  /** An array of rrweb events, the first of them at the given time. */
  static String events(int bytes, long seed, long startMillis) {
    String events = RrwebFixture.events(bytes, seed);
    long[] shift = {Long.MIN_VALUE};
    return TIMESTAMP
        .matcher(events)
        .replaceAll(
            (MatchResult found) -> {
              long at = Long.parseLong(found.group());
              if (shift[0] == Long.MIN_VALUE) {
                shift[0] = startMillis - at;
              }
              return Long.toString(at + shift[0]);
            });
  }

  /** As a browser's CompressionStream does it. */
  static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }
}
