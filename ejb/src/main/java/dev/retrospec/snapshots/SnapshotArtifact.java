package dev.retrospec.snapshots;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a snapshot consists of. */
public enum SnapshotArtifact {
  /** The whole page as a picture, up to the height that {@code workers.snapshots} allows. */
  SCREENSHOT("screenshot.png", "image/png"),
  /** The document as it stood, without what looked secret. */
  HTML("page.html", "text/html; charset=utf-8"),
  /** HTTP Archive 1.2 of what the page fetched, without credentials. */
  HAR("network.har", "application/json"),
  /** One line per message: {@code [type] text}. */
  CONSOLE("console.log", "text/plain; charset=utf-8"),
  /** A JSON array of two rrweb events, page and full snapshot: our player shows it. */
  DOM("dom.json", "application/json");

  private final String fileName;
  private final String contentType;

  SnapshotArtifact(String fileName, String contentType) {
    this.fileName = fileName;
    this.contentType = contentType;
  }

  /** The name in JSON and in addresses. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String fileName() {
    return fileName;
  }

  public String contentType() {
    return contentType;
  }

  /** Empty when there is no such artifact. */
  public static Optional<SnapshotArtifact> fromWireName(String name) {
    return Arrays.stream(values()).filter(one -> one.wireName().equals(name)).findFirst();
  }
}
