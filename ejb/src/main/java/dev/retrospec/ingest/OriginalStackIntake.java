package dev.retrospec.ingest;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sourcemaps.OriginalStacks;
import dev.retrospec.sourcemaps.ProjectsWithMaps;
import dev.retrospec.sourcemaps.symbols.OriginalLines;
import dev.retrospec.sourcemaps.symbols.StackKey;
import dev.retrospec.sourcemaps.symbols.StackText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives markers the originals of their stacks, where these were seen before: one look-up for all of
 * a request, and none for projects without source maps.
 */
@ApplicationScoped
class OriginalStackIntake {

  private final ProjectsWithMaps projects;
  private final OriginalStacks stacks;
  private final Clock clock;

  @Inject
  OriginalStackIntake(ProjectsWithMaps projects, OriginalStacks stacks, Clock clock) {
    this.projects = projects;
    this.stacks = stacks;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected OriginalStackIntake() {
    this(null, null, null);
  }

  /**
   * The markers in their order.
   *
   * @param unknown those whose stacks a worker has to read
   */
  record Read(List<ObservedMarker> markers, Set<MarkerId> unknown) {}

  /** A stack, taken apart. */
  private record Stack(StackText text, StackKey key) {

    @Nullable String original(Map<StackKey, OriginalLines> known, ErrorDetail error) {
      OriginalLines lines = known.get(key);
      return lines == null ? null : lines.in(text, error.type(), error.message());
    }
  }

  /** What a marker tells. */
  private record Told(@Nullable Stack stack, @Nullable Stack cause) {

    List<StackKey> keys() {
      return Stream.of(stack, cause).filter(Objects::nonNull).map(Stack::key).toList();
    }
  }

  /** A release that somebody visits keeps its maps. In the caller's transaction. */
  void visited(ProjectId project, @Nullable String release) {
    if (release != null) {
      projects.visited(project, release);
    }
  }

  /** In the caller's transaction. */
  Read read(ProjectId project, @Nullable String release, List<ObservedMarker> observed) {
    Map<MarkerId, Told> told = projects.include(project) ? told(release, observed) : Map.of();
    if (told.isEmpty()) {
      return new Read(observed, Set.of());
    }
    Set<StackKey> keys =
        told.values().stream().flatMap(one -> one.keys().stream()).collect(Collectors.toSet());
    Map<StackKey, OriginalLines> known = stacks.lookUp(project, keys, clock.instant());
    return new Read(
        observed.stream().map(marker -> read(marker, told.get(marker.id()), known)).toList(),
        told.entrySet().stream()
            .filter(entry -> !known.keySet().containsAll(entry.getValue().keys()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()));
  }

  private static ObservedMarker read(
      ObservedMarker marker, @Nullable Told told, Map<StackKey, OriginalLines> known) {
    ErrorDetail error = marker.error();
    return told == null || error == null
        ? marker
        : marker.withError(
            error.withOriginals(
                told.stack == null ? null : told.stack.original(known, error),
                told.cause == null ? null : told.cause.original(known, error)));
  }

  private static Map<MarkerId, Told> told(@Nullable String release, List<ObservedMarker> observed) {
    Map<MarkerId, Told> told = new LinkedHashMap<>();
    for (ObservedMarker marker : observed) {
      ErrorDetail error = marker.error();
      // without a debug id and a release nothing could find its maps
      if (error != null && error.stack() != null && (error.debugIds() != null || release != null)) {
        Told one =
            new Told(stack(error.stack(), release, error), stack(error.cause(), release, error));
        if (!one.keys().isEmpty()) {
          told.put(marker.id(), one);
        }
      }
    }
    return told;
  }

  private static @Nullable Stack stack(
      @Nullable String text, @Nullable String release, ErrorDetail error) {
    StackText stack = StackText.of(text == null ? "" : text);
    return stack.frames().isEmpty() ? null : new Stack(stack, stack.key(release, error.debugIds()));
  }
}
