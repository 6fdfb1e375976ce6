package dev.retrospec.recommendations;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A file that a change touches.
 *
 * @param path after the change; before it, of a deleted file
 * @param addedLines 0 for a binary file
 */
public record ChangedFile(String path, Change change, int addedLines, int deletedLines) {

  /** What became of it. */
  public enum Change {
    ADDED,
    MODIFIED,
    DELETED,
    RENAMED;

    /** The name in JSON and SQL. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Without its folders. */
  public String baseName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The folder it stands in; empty at the top. */
  public String folder() {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** The base name without what is behind its first dot. */
  public String stem() {
    String base = baseName();
    int dot = base.indexOf('.', 1);
    return dot < 0 ? base : base.substring(0, dot);
  }
}
