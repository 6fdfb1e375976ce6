package dev.retrospec.workers.sourcemaps;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.ids.SourceMapId;
import dev.retrospec.issues.MarkerRegrouping;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.MarkerStacks;
import dev.retrospec.sessions.MarkerStacks.MarkerStack;
import dev.retrospec.sessions.MarkerStacks.Original;
import dev.retrospec.sourcemaps.CoveringMap;
import dev.retrospec.sourcemaps.KnownStack;
import dev.retrospec.sourcemaps.OriginalStacks;
import dev.retrospec.sourcemaps.ScriptMaps;
import dev.retrospec.sourcemaps.SourceMaps;
import dev.retrospec.sourcemaps.symbols.OriginalLines;
import dev.retrospec.sourcemaps.symbols.SourceMap;
import dev.retrospec.sourcemaps.symbols.StackKey;
import dev.retrospec.sourcemaps.symbols.StackText;
import dev.retrospec.sourcemaps.symbols.Symbolication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stacks of stored markers with the maps of their builds, remembers what they say, writes
 * it beside the markers, and has them grouped anew. Each step is a transaction of its own, in the
 * order in which a crash between two of them is healed by doing all again.
 */
@ApplicationScoped
public class StackReading {

  private final SourceMaps maps;
  private final MapCache cache;
  private final OriginalStacks stacks;
  private final MarkerStacks markers;
  private final MarkerRegrouping regrouping;
  private final Clock clock;

  @Inject
  public StackReading(
      SourceMaps maps,
      MapCache cache,
      OriginalStacks stacks,
      MarkerStacks markers,
      MarkerRegrouping regrouping,
      Clock clock) {
    this.maps = maps;
    this.cache = cache;
    this.stacks = stacks;
    this.markers = markers;
    this.regrouping = regrouping;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected StackReading() {
    this(null, null, null, null, null, null);
  }

  /** Call it without a transaction: it waits for the object store. */
  public void read(ProjectId project, List<MarkerStack> wanted) {
    Map<StackKey, KnownStack> known = new HashMap<>();
    List<Original> originals = new ArrayList<>();
    Map<SessionId, Set<MarkerId>> read = new LinkedHashMap<>();
    for (MarkerStack marker : wanted) {
      ErrorDetail error = marker.error();
      String stack = original(project, marker, error.stack(), known);
      String cause = original(project, marker, error.cause(), known);
      boolean isNews =
          stack != null && !stack.equals(error.originalStack())
              || cause != null && !cause.equals(error.originalCause());
      if (isNews) {
        originals.add(new Original(marker.session(), marker.id(), stack, cause));
      }
      if (stack != null || cause != null) {
        read.computeIfAbsent(marker.session(), any -> new HashSet<>()).add(marker.id());
      }
    }
    Set<SourceMapId> used = new HashSet<>();
    known.values().forEach(stack -> used.addAll(stack.maps()));
    maps.seen(project, used, clock.instant());
    stacks.keep(project, known.values(), clock.instant());
    markers.tell(project, originals);
    // Also those that are told already: their regrouping may have failed the last time.
    read.forEach((session, ids) -> regrouping.regroup(project, session, ids));
  }

  private @Nullable String original(
      ProjectId project,
      MarkerStack marker,
      @Nullable String told,
      Map<StackKey, KnownStack> known) {
    StackText text = StackText.of(Objects.requireNonNullElse(told, ""));
    if (text.frames().isEmpty()) {
      return null;
    }
    ErrorDetail error = marker.error();
    StackKey key = text.key(marker.release(), error.debugIds());
    return known
        .computeIfAbsent(key, fresh -> symbolicated(project, key, text, marker))
        .lines()
        .in(text, error.type(), error.message());
  }

  private KnownStack symbolicated(
      ProjectId project, StackKey key, StackText text, MarkerStack marker) {
    Map<String, String> debugIds = Objects.requireNonNullElse(marker.error().debugIds(), Map.of());
    List<CoveringMap> covering =
        maps.covering(
            project,
            Set.copyOf(debugIds.values()),
            marker.release(),
            text.frames().stream().map(StackText.Frame::fileName).collect(Collectors.toSet()));
    ScriptMaps scripts = new ScriptMaps(covering, debugIds, marker.release());
    Set<SourceMapId> used = new HashSet<>();
    OriginalLines lines =
        Symbolication.of(
            text,
            frame -> {
              Optional<CoveringMap> map = scripts.of(frame);
              Optional<SourceMap> opened = map.flatMap(it -> cache.get(it.objectKey()));
              opened.ifPresent(read -> used.add(map.orElseThrow().id()));
              return opened.orElse(null);
            });
    return new KnownStack(key, lines, lines.tellAllOf(text), used);
  }
}
