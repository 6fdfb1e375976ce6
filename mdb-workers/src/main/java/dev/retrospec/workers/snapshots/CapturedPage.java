package dev.retrospec.workers.snapshots;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the browser left in a folder, as it left it: nothing of this is stored before it is
 * redacted, except for the picture. A page decides how much it is, so each file has a bound.
 */
record CapturedPage(Path folder, String userAgent) {

  private static final int MEBIBYTE = 1 << 20;

  /** PNG. */
  byte[] screenshot() throws IOException {
    return Files.readAllBytes(file(folder, "screenshot.png", 32 * MEBIBYTE));
  }

  /** The document as it stood. */
  String html() throws IOException {
    return text(folder, "page.html", 12 * MEBIBYTE);
  }

  /** One message per line. */
  String console() throws IOException {
    return text(folder, "console.log", 8 * MEBIBYTE);
  }

  /** A JSON array of rrweb events. */
  InputStream dom() throws IOException {
    return Files.newInputStream(file(folder, "dom.json", 24 * MEBIBYTE));
  }

  /** Without bodies: these are files beside it. */
  Path har() throws IOException {
    return file(folder, "har/network.har", 24 * MEBIBYTE);
  }

  static String text(Path folder, String name, int maxBytes) throws IOException {
    return new String(Files.readAllBytes(file(folder, name, maxBytes)), StandardCharsets.UTF_8);
  }

  private static Path file(Path folder, String name, int maxBytes) throws IOException {
    Path file = folder.resolve(name);
    if (Files.size(file) > maxBytes) {
      throw new PageUnusable(
          "the page is too much: " + name + " has more than " + maxBytes / MEBIBYTE + " MiB");
    }
    return file;
  }
}
