package dev.retrospec.assets;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept, told by the content's own first bytes (WHATWG "MIME Sniffing", sections 6.1 and
 * 6.4) and never by what a client says.
 */
public enum AssetType {
  PNG("image/png"),
  JPEG("image/jpeg"),
  GIF("image/gif"),
  WEBP("image/webp"),
  AVIF("image/avif"),
  ICON("image/x-icon"),
  SVG("image/svg+xml"),
  WOFF2("font/woff2"),
  WOFF("font/woff"),
  TRUE_TYPE("font/ttf"),
  OPEN_TYPE("font/otf");

  /** Where an SVG's root must begin: behind its prolog and comments. */
  private static final int LOOKED_AT = 1_024;

  private final String mediaType;

  AssetType(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /**
   * @return empty for what is not kept
   */
  public static Optional<AssetType> of(byte[] content) {
    String head =
        new String(content, 0, Math.min(content.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
    AssetType binary = binary(head);
    if (binary != null) {
      return Optional.of(binary);
    }
    String lower = head.toLowerCase(Locale.ROOT);
    boolean svg =
        lower.stripLeading().startsWith("<")
            && lower.contains("<svg")
            && !lower.contains("<html")
            && head.indexOf('\0') < 0;
    return svg ? Optional.of(SVG) : Optional.empty();
  }

  private static @Nullable AssetType binary(String head) {
    if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
      return PNG;
    }
    if (head.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
      return GIF;
    }
    if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
      return WEBP;
    }
    if (head.startsWith("ftypavif", 4) || head.startsWith("ftypavis", 4)) {
      return AVIF;
    }
    if (head.startsWith("\0\0\u0001\0")) {
      return ICON;
    }
    if (head.startsWith("wOF2")) {
      return WOFF2;
    }
    if (head.startsWith("wOFF")) {
      return WOFF;
    }
    if (head.startsWith("\0\u0001\0\0")) {
      return TRUE_TYPE;
    }
    return head.startsWith("OTTO") ? OPEN_TYPE : null;
  }
}
