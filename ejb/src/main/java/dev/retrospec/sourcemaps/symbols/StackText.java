package dev.retrospec.sourcemaps.symbols;

import dev.retrospec.signatures.stacks.JavaScriptFrames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A browser's stack, taken apart: what was thrown, in the engine's words, and the lines below.
 *
 * @param header empty where the engine begins with the first frame
 */
public record StackText(String header, List<Line> lines) {

  /** Deeper frames tell how one got there. */
  private static final int MAX_LINES = 100;

  private static final int MAX_LINE_LENGTH = 2_000;
  private static final int KEY_BYTES = 16;
  private static final String V8_CALL = "at ";

  /** Stands for a line that may hold what a visitor said. */
  private static final String WORDS = "~";

  private static final Pattern PLACE =
      Pattern.compile("^(?<url>.{1,1900}?):(?<line>\\d{1,8}):(?<column>\\d{1,8})$");

  /**
   * A line below the header.
   *
   * @param frame null where the line tells no place in a script
   */
  public record Line(String text, @Nullable Frame frame) {

    /** Whether it is no header of a cause, nor part of a message. */
    boolean isCall() {
      return frame != null || text.strip().startsWith(V8_CALL);
    }
  }

  /**
   * A call in a script.
   *
   * @param name as the engine tells it; null when it tells none
   * @param url as the engine tells it
   * @param line 1 and up
   * @param column 1 and up
   */
  public record Frame(boolean async, @Nullable String name, String url, int line, int column) {

    /** The last part of the path, without query. */
    public String fileName() {
      String path = path();
      return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Without origin and query. */
    public String path() {
      String plain = url.replaceFirst("[?#].*$", "");
      return plain.replaceFirst("^[a-z-]+:(?://[^/]*)?", "");
    }
  }

  public StackText {
    lines = List.copyOf(lines);
  }

  public static StackText of(String stack) {
    List<String> header = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (String text : stack.split("\n", -1)) {
      Frame frame = text.length() > MAX_LINE_LENGTH ? null : frame(text);
      if (frame == null && lines.isEmpty() && !text.strip().startsWith(V8_CALL)) {
        header.add(text);
      } else if (lines.size() < MAX_LINES && !text.isBlank()) {
        lines.add(new Line(text, frame));
      }
    }
    return new StackText(String.join("\n", header).strip(), lines);
  }

  private static @Nullable Frame frame(String text) {
    JavaScriptFrames.Line line = JavaScriptFrames.line(text);
    if (line == null) {
      return null;
    }
    Matcher place = PLACE.matcher(line.place());
    if (!place.matches()) {
      return null;
    }
    int at = Integer.parseInt(place.group("line"));
    int column = Integer.parseInt(place.group("column"));
    return at < 1
        ? null
        : new Frame(line.async(), line.name(), place.group("url"), at, Math.max(1, column));
  }

  /** The frames, topmost first. */
  public List<Frame> frames() {
    return lines.stream().map(Line::frame).filter(Objects::nonNull).toList();
  }

  /**
   * What makes two stacks the same: their lines, and the builds that they are of. Messages do not
   * count, since they differ from visitor to visitor.
   */
  public StackKey key(@Nullable String release, @Nullable Map<String, String> debugIds) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      lines.forEach(line -> add(digest, line.isCall() ? line.text : WORDS));
      add(digest, Objects.requireNonNullElse(release, ""));
      new TreeMap<>(Objects.requireNonNullElse(debugIds, Map.of()))
          .forEach(
              (url, id) -> {
                add(digest, url);
                add(digest, id);
              });
      return new StackKey(HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), KEY_BYTES)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
  }
}
