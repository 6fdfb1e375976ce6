package dev.retrospec.sourcemaps;

import dev.retrospec.ids.DebugId;
import dev.retrospec.sourcemaps.symbols.StackText.Frame;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which map belongs to which script of a stack: the one with the script's debug id; where none has
 * told one, the one that was uploaded for its release and address. The longest address counts, so
 * that {@code admin/app.js} is not taken for {@code app.js}.
 */
public final class ScriptMaps {

  private final List<CoveringMap> maps;
  private final Map<String, String> debugIds;
  private final @Nullable String release;

  /**
   * @param maps the latest upload first
   * @param debugIds by the script's address, as the browser told them
   */
  public ScriptMaps(
      List<CoveringMap> maps, @Nullable Map<String, String> debugIds, @Nullable String release) {
    this.maps = List.copyOf(maps);
    this.debugIds = Objects.requireNonNullElse(debugIds, Map.of());
    this.release = release;
  }

  public Optional<CoveringMap> of(Frame frame) {
    String told = debugIdOf(frame);
    Optional<CoveringMap> sameBuild =
        maps.stream().filter(map -> told != null && told.equals(idOf(map))).findFirst();
    return sameBuild.isPresent()
        ? sameBuild
        : maps.stream()
            // one that tells another id is of another build
            .filter(map -> told == null || map.debugId() == null)
            .filter(map -> release != null && map.releases().contains(release))
            .filter(map -> isAt(frame, map.url()))
            .max(Comparator.comparingInt(map -> String.valueOf(map.url()).length()));
  }

  private @Nullable String debugIdOf(Frame frame) {
    String exact = debugIds.get(frame.url());
    if (exact != null) {
      return exact;
    }
    // what was scrubbed in the stack may stand otherwise in the address, or the reverse
    Set<String> ofSameFile =
        debugIds.entrySet().stream()
            .filter(
                entry ->
                    new Frame(false, null, entry.getKey(), 1, 1)
                        .fileName()
                        .equals(frame.fileName()))
            .map(Map.Entry::getValue)
            .collect(Collectors.toSet());
    return ofSameFile.size() == 1 ? ofSameFile.iterator().next() : null;
  }

  private static boolean isAt(Frame frame, @Nullable String path) {
    String script = frame.path();
    return path != null
        && !path.isEmpty()
        && (script.equals(path) || ("/" + script).endsWith("/" + path));
  }

  private static @Nullable String idOf(CoveringMap map) {
    DebugId id = map.debugId();
    return id == null ? null : id.value();
  }
}
