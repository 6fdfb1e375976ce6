package dev.retrospec.workers.snapshots;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What runs in a page to read its DOM as rrweb does; bundled by the build from {@code sdk}. */
final class DomScript {

  private static final String FILE = "dom-snapshot.js";

  private DomScript() {}

  /** A function that returns two events as JSON. */
  static String function() {
    try (InputStream script = DomScript.class.getResourceAsStream(FILE)) {
      if (script == null) {
        throw new IllegalStateException("The build has left out " + FILE);
      }
      return "() => { "
          + new String(script.readAllBytes(), StandardCharsets.UTF_8)
          + "\nreturn domSnapshot.take(); }";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
