package dev.retrospec.issues.suspects;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.ClusterDecisions;
import dev.retrospec.issues.suspects.SuspectPolicy.Fact;
import dev.retrospec.platform.json.Json;
import dev.retrospec.signatures.text.RouteShape;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the failing sessions of an issue share. Reads a bounded sample: the latest failing
 * sessions, and the latest sessions of the project that were on the same route and do not show the
 * failure.
 */
@ApplicationScoped
public class IssueSuspects {

  /** The latest; older ones may be of another release of the site. */
  static final int MAX_FAILING = 300;

  /** The latest of the project, on whatever route. */
  static final int MAX_LOOKED_AT = 3_000;

  /** Whose steps are read: each has hundreds of events. */
  private static final int MAX_STEPS_OF = 200;

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private static final String ROUTE =
      "select route from issue_cluster where project_id = :project and key = :key";

  private static final String FAILING =
      """
      select s.id, s.browser, s.os, s.device, s.release, s.environment,
             s.experiment::text as experiment
      from cluster_session cs
      join session s on s.project_id = cs.project_id and s.id = cs.session_id
      where cs.project_id = :project and cs.cluster_key = :key
      order by cs.created_at desc, s.id limit :limit
      """;

  private static final String HEALTHY =
      """
      with latest as (
        select s.project_id, s.id, s.route, s.browser, s.os, s.device, s.release, s.environment,
               s.experiment
        from session s where s.project_id = :project
        order by s.started_at desc, s.id desc limit :limit)
      select l.id, l.browser, l.os, l.device, l.release, l.environment,
             l.experiment::text as experiment, l.route,
             array(select left(p ->> 'url', 500) from jsonb_array_elements(i.pages) as p)
               as pages
      from latest l
      left join session_index i on i.project_id = l.project_id and i.session_id = l.id
      where not exists (select from cluster_session cs
        where cs.project_id = :project and cs.cluster_key = :key and cs.session_id = l.id)
      """;

  /** The last click before the failure, of each failing session. */
  private static final String STEP_BEFORE =
      """
      select f.session_id, e.text
      from cluster_session f
      cross join lateral (
        select left(text, 200) as text from session_event
        where project_id = f.project_id and session_id = f.session_id and kind = 'click'
          and text not like 'node %' and at <= f.first_observed_at
        order by at desc, chunk_seq desc, ordinal desc limit 1) e
      where f.project_id = :project and f.cluster_key = :key and f.session_id = any(:sessions)
      """;

  private static final String CLICKS =
      """
      select distinct session_id, left(text, 200) as text from session_event
      where project_id = :project and session_id = any(:sessions) and kind = 'click'
        and left(text, 200) = any(:labels)
      """;

  private final Jdbi jdbi;
  private final ClusterDecisions decisions;

  @Inject
  public IssueSuspects(Jdbi jdbi, ClusterDecisions decisions) {
    this.jdbi = jdbi;
    this.decisions = decisions;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueSuspects() {
    this(null, null);
  }

  /**
   * What was compared.
   *
   * @param failing sessions
   * @param healthy sessions on the same route
   * @param suspects the most telling first; empty when nothing stands out
   */
  public record Comparison(String route, int failing, int healthy, List<Suspect> suspects) {

    public Comparison {
      suspects = List.copyOf(suspects);
    }
  }

  /** Compares; nothing for a key that nothing is known of. */
  public Comparison of(ProjectId project, ClusterKey asked) {
    ClusterKey key = decisions.current(project, asked);
    return jdbi.withHandle(
        handle -> {
          String route =
              handle
                  .createQuery(ROUTE)
                  .bind("project", project)
                  .bind("key", key)
                  .mapTo(String.class)
                  .findOne()
                  .orElse("/");
          String shape = RouteShape.of(route);
          Map<String, Set<Fact>> failing = failing(handle, project, key);
          Map<String, Set<Fact>> healthy = healthy(handle, project, key, shape);
          // Of all others nothing is known of their steps: a list of its own for this fact.
          List<Suspect> suspects =
              new ArrayList<>(
                  SuspectPolicy.of(List.copyOf(failing.values()), List.copyOf(healthy.values())));
          suspects.addAll(steps(handle, project, key, failing.keySet(), healthy.keySet()));
          return new Comparison(shape, failing.size(), healthy.size(), suspects);
        });
  }

  private static Map<String, Set<Fact>> failing(Handle handle, ProjectId project, ClusterKey key) {
    Map<String, Set<Fact>> sessions = new LinkedHashMap<>();
    handle
        .createQuery(FAILING)
        .bind("project", project)
        .bind("key", key)
        .bind("limit", MAX_FAILING)
        .map((row, context) -> sessions.put(row.getString("id"), facts(row)))
        .list();
    return sessions;
  }

  private static Map<String, Set<Fact>> healthy(
      Handle handle, ProjectId project, ClusterKey key, String shape) {
    Map<String, Set<Fact>> sessions = new LinkedHashMap<>();
    handle
        .createQuery(HEALTHY)
        .bind("project", project)
        .bind("key", key)
        .bind("limit", MAX_LOOKED_AT)
        .map(
            (row, context) ->
                wasOn(row, shape) ? sessions.put(row.getString("id"), facts(row)) : null)
        .list();
    return sessions;
  }

  private static boolean wasOn(ResultSet row, String shape) throws SQLException {
    if (RouteShape.of(row.getString("route")).equals(shape)) {
      return true;
    }
    for (Object page : (Object[]) row.getArray("pages").getArray()) {
      if (RouteShape.of(String.valueOf(page)).equals(shape)) {
        return true;
      }
    }
    return false;
  }

  private static Set<Fact> facts(ResultSet row) throws SQLException {
    Set<Fact> facts = new HashSet<>();
    add(facts, "Browser", row.getString("browser"));
    add(facts, "System", row.getString("os"));
    add(facts, "Device", row.getString("device"));
    add(facts, "Release", row.getString("release"));
    add(facts, "Environment", row.getString("environment"));
    String experiment = row.getString("experiment");
    if (experiment != null) {
      Json.read(experiment, OBJECT)
          .forEach((name, variant) -> add(facts, "Experiment " + name, String.valueOf(variant)));
    }
    return facts;
  }

  private static void add(Set<Fact> facts, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      facts.add(new Fact(name, value));
    }
  }

  private static List<Suspect> steps(
      Handle handle, ProjectId project, ClusterKey key, Set<String> failing, Set<String> healthy) {
    Map<String, Set<Fact>> before = none(failing);
    Set<String> labels = new HashSet<>();
    handle
        .createQuery(STEP_BEFORE)
        .bind("project", project)
        .bind("key", key)
        .bindArray("sessions", String.class, List.copyOf(before.keySet()))
        .map(
            (row, context) -> {
              labels.add(row.getString("text"));
              return step(before, row);
            })
        .list();
    Map<String, Set<Fact>> beside = none(healthy);
    if (!labels.isEmpty()) {
      handle
          .createQuery(CLICKS)
          .bind("project", project)
          .bindArray("sessions", String.class, List.copyOf(beside.keySet()))
          .bindArray("labels", String.class, List.copyOf(labels))
          .map((row, context) -> step(beside, row))
          .list();
    }
    return SuspectPolicy.of(List.copyOf(before.values()), List.copyOf(beside.values()));
  }

  private static boolean step(Map<String, Set<Fact>> sessions, ResultSet row) throws SQLException {
    return sessions
        .getOrDefault(row.getString("session_id"), new HashSet<>())
        .add(new Fact("Step before", row.getString("text")));
  }

  private static Map<String, Set<Fact>> none(Set<String> sessions) {
    Map<String, Set<Fact>> facts = new HashMap<>();
    sessions.stream().limit(MAX_STEPS_OF).forEach(id -> facts.put(id, new HashSet<>()));
    return facts;
  }
}
