package dev.retrospec.sourcemaps;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SourceMapId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.sourcemaps.symbols.OriginalLines;
import dev.retrospec.sourcemaps.symbols.StackKey;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Stacks whose originals are known. All methods take part in the caller's transaction. */
@ApplicationScoped
public class OriginalStacks {

  /** What is looked up is of use, and so are its maps: both are written once a day at most. */
  private static final String LOOK_UP =
      """
      with found as (
        select stack_key, lines, maps, last_seen_at from original_stack
        where project_id = :project and stack_key = any(:keys)),
      old as (
        select o.stack_key from original_stack o
        join found f on f.stack_key = o.stack_key and f.last_seen_at < :fresh
        where o.project_id = :project
        for update of o skip locked),
      seen as (
        update original_stack o set last_seen_at = :now from old
        where o.project_id = :project and o.stack_key = old.stack_key),
      old_maps as (
        select m.id from source_map m
        where m.project_id = :project and m.last_seen_at < :fresh
          and m.id in (
            select unnest(maps) from found where found.stack_key in (select stack_key from old))
        for update skip locked),
      seen_maps as (
        update source_map m set last_seen_at = :now from old_maps
        where m.project_id = :project and m.id = old_maps.id)
      select stack_key, lines::text as lines from found
      """;

  private static final String KEEP =
      """
      insert into original_stack (project_id, stack_key, lines, complete, maps, last_seen_at)
      select :project, n.stack_key, cast(n.lines as jsonb), n.complete,
        coalesce(string_to_array(nullif(n.maps, ''), ' '), '{}'), :now
      from unnest(:keys, :lines, :complete, :maps) as n(stack_key, lines, complete, maps)
      on conflict (project_id, stack_key) do update
        set lines = excluded.lines, complete = excluded.complete, maps = excluded.maps,
          last_seen_at = excluded.last_seen_at
      """;

  /** Those that were seen longest ago; whoever is at one keeps it for now. */
  private static final String DROP =
      """
      delete from original_stack where project_id = :project and stack_key in (
        select stack_key from original_stack
        where project_id = :project and stack_key in (
          select stack_key from original_stack where project_id = :project
          order by last_seen_at desc, stack_key offset :max)
        order by stack_key for update skip locked)
      """;

  /** So many of those that may be kept come on top, for each node, before one looks again. */
  private static final int SLACK_PERCENT = 1;

  private final Jdbi jdbi;
  private final SourceMapConfig config;
  private final MeterRegistry meters;

  /** How many each project has kept since it was last looked whether they are too many. */
  private final Map<ProjectId, Integer> unlooked = new ConcurrentHashMap<>();

  @Inject
  public OriginalStacks(Jdbi jdbi, SourceMapConfig config, MeterRegistry meters) {
    this.jdbi = jdbi;
    this.config = config;
    this.meters = meters;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected OriginalStacks() {
    this(null, null, null);
  }

  /** One statement, however many; those that are not known are not in the answer. */
  public Map<StackKey, OriginalLines> lookUp(
      ProjectId project, Collection<StackKey> keys, Instant now) {
    Map<StackKey, OriginalLines> known = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(LOOK_UP)
                .bind("project", project)
                .bindArray("keys", String.class, keys.stream().map(StackKey::hex).toList())
                .bind("now", now)
                .bind("fresh", now.minus(SourceMaps.FRESH))
                .map(
                    (row, context) ->
                        known.put(
                            new StackKey(row.getString("stack_key")),
                            Json.read(row.getString("lines"), OriginalLines.class)))
                .list());
    return known;
  }

  /**
   * Remembers what maps made of stacks, in the place of what was known before. When there are too
   * many of a project, by a little, those that were seen longest ago are forgotten; they are read
   * again when they come again.
   */
  public void keep(ProjectId project, Collection<KnownStack> stacks, Instant now) {
    if (stacks.isEmpty()) {
      return;
    }
    // in one order everywhere, so that two jobs with the same stacks do not wait for each other
    List<KnownStack> ordered =
        stacks.stream().sorted((a, b) -> a.key().hex().compareTo(b.key().hex())).toList();
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(KEEP)
                .bind("project", project)
                .bind("now", now)
                .bindArray(
                    "keys", String.class, ordered.stream().map(it -> it.key().hex()).toList())
                .bindArray(
                    "lines",
                    String.class,
                    ordered.stream().map(it -> Json.write(it.lines())).toList())
                .bindArray(
                    "complete", Boolean.class, ordered.stream().map(KnownStack::complete).toList())
                .bindArray(
                    "maps", String.class, ordered.stream().map(OriginalStacks::maps).toList())
                .execute());
    int since = unlooked.merge(project, stacks.size(), Integer::sum);
    if (since > config.maxStacks() * SLACK_PERCENT / 100) {
      unlooked.remove(project);
      drop(project);
    }
  }

  /** Walks all of the project's: not for each job. */
  private void drop(ProjectId project) {
    int dropped =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(DROP)
                    .bind("project", project)
                    .bind("max", config.maxStacks())
                    .execute());
    meters.counter("retrospec.sourcemaps.stacks.dropped").increment(dropped);
  }

  private static @Nullable String maps(KnownStack stack) {
    return String.join(" ", stack.maps().stream().map(SourceMapId::value).toList());
  }

  /** A map has come that may tell what they lack. */
  void forgetIncomplete(ProjectId project) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from original_stack where project_id = :project and not complete")
                .bind("project", project)
                .execute());
  }

  void deleteUnseen(Instant before) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from original_stack where last_seen_at < :before")
                .bind("before", before)
                .execute());
  }
}
