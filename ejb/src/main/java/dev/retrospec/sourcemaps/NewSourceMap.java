package dev.retrospec.sourcemaps;

import dev.retrospec.ids.DebugId;
import dev.retrospec.platform.failure.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about the map that it uploads: a debug id, or a release with an address, or
 * all of them.
 *
 * @param debugId null: the one in the map's file, where it has one
 * @param release as the recorder is told it
 * @param url path or address of the script that the map belongs to
 */
public record NewSourceMap(
    @Nullable DebugId debugId, @Nullable String release, @Nullable String url) {

  private static final int MAX_RELEASE = 200;
  private static final int MAX_URL = 2_000;

  public NewSourceMap {
    release = bounded("release", release, MAX_RELEASE);
    url = bounded("url", url, MAX_URL);
  }

  /**
   * The same with the debug id that the file tells.
   *
   * @throws InvalidRequest when the client told another one, or nothing finds the map
   */
  NewSourceMap with(@Nullable String idInFile) {
    DebugId inFile = idInFile == null ? null : new DebugId(idInFile);
    if (debugId != null && inFile != null && !debugId.equals(inFile)) {
      throw new InvalidRequest("debugId is another one than the map's own");
    }
    DebugId id = debugId == null ? inFile : debugId;
    if (id == null && (release == null || url == null)) {
      throw new InvalidRequest("without a debug id, release and url are needed");
    }
    return new NewSourceMap(id, release, url);
  }

  /** The address without origin, query and what stands for an origin ({@code ~/}). */
  @Nullable String path() {
    if (url == null) {
      return null;
    }
    String plain = url.replaceFirst("[?#].*$", "").replace('\\', '/');
    return plain.replaceFirst("^(?:[A-Za-z][A-Za-z0-9+.-]*://[^/]*|~)?/*", "");
  }

  String fileName() {
    String path = path();
    return path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
  }

  private static @Nullable String bounded(String name, @Nullable String value, int most) {
    if (value == null || value.isBlank()) {
      return null;
    }
    String text = value.strip();
    if (text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidRequest(name + " must be at most " + most + " printable characters");
    }
    return text;
  }
}
