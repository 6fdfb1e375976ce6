package dev.retrospec.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.sessions.MarkerStacks.MarkerStack;
import dev.retrospec.testing.TestDatabase;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A map that comes late finds its markers, and reads few others. */
class MarkerStacksTest {

  private static final String BUILD = "85314830-023f-4cf1-a267-535f4e37bb17";

  private final TestDatabase database = TestDatabase.get();
  private final ProjectId project = database.newProject();
  private final MarkerStacks stacks = new MarkerStacks(database.jdbi());

  @Test
  void markersAreFoundByTheirScriptsTheirReleaseAndThatOfTheirSession() {
    store("s1", "1.0", null, error(BUILD));
    store("s2", "1.0", "2.0", error(null));
    store("s3", "2.0", null, error(null));
    store("s4", "2.0", "1.0", error(null));
    store("s5", "1.0", "1.0", error(null));
    store("s6", null, null, "{\"type\":\"TypeError\"}");
    store("s7", "2.0", "2.0", "{\"stack\":\"x\",\"debugIds\":null}");

    assertThat(found(List.of(BUILD), List.of("2.0"), 10)).containsExactly("s1", "s2", "s3", "s7");
    assertThat(found(List.of(BUILD), List.of(), 10)).containsExactly("s1");
    assertThat(found(List.of(), List.of("1.0"), 10)).containsExactly("s1", "s4", "s5");
    assertThat(found(List.of(BUILD), List.of("1.0", "2.0"), 3)).containsExactly("s1", "s2", "s3");
  }

  @Test
  void markersOfOtherBuildsAreNotRead() {
    database
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  """
                  insert into session (project_id, id, site, route, started_at, ended_at,
                    duration_ms, created_at, release)
                  select ?, 'x' || n, 'shop.test', '/', now(), now(), 0, now(), '1.' || n % 400
                  from generate_series(1, 20000) n
                  """,
                  project);
              handle.execute(
                  """
                  insert into error_marker (project_id, session_id, id, kind, cluster_key, label,
                    route, replay_offset_ms, observed_at, release, error)
                  select ?, 'x' || n, 'm1', 'js_exception', 'v2-x', 'boom', '/', 0, now(),
                    case when n % 2 = 0 then '1.' || n % 400 end,
                    jsonb_build_object('stack', repeat('at a (app.js:1:1)', 20), 'debugIds',
                      jsonb_build_object('app.js', md5((n % 400)::text)::uuid::text))
                  from generate_series(1, 20000) n
                  """,
                  project);
            });
    store("s1", "9.0", null, error(BUILD));
    database.jdbi().useHandle(handle -> handle.execute("vacuum analyze error_marker"));
    database.jdbi().useHandle(handle -> handle.execute("vacuum analyze session"));

    long blocks =
        database.inTransaction(
            () -> {
              long before = blocks();
              assertThat(found(List.of(BUILD), List.of("9.0"), 200)).containsExactly("s1");
              return blocks() - before;
            });

    // most of them are the planner's; the query itself reads twenty, all markers are 10,000
    assertThat(blocks).isLessThan(1_000);
  }

  private List<String> found(Collection<String> debugIds, Collection<String> releases, int limit) {
    return stacks.ofBuilds(project, debugIds, releases, "", "", limit).stream()
        .peek(marker -> assertThat(marker.id()).isEqualTo(new MarkerId("m1")))
        .map(MarkerStack::session)
        .map(Object::toString)
        .toList();
  }

  private static String error(@Nullable String debugId) {
    return "{\"type\":\"TypeError\",\"stack\":\"at a (app.js:1:1)\""
        + (debugId == null ? "}" : ",\"debugIds\":{\"app.js\":\"" + debugId + "\"}}");
  }

  private void store(
      String session, @Nullable String ofSession, @Nullable String ofMarker, String error) {
    database
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  "insert into session (project_id, id, site, route, started_at, ended_at,"
                      + " duration_ms, created_at, release)"
                      + " values (?, ?, 'shop.test', '/', now(), now(), 0, now(), ?)",
                  project,
                  session,
                  ofSession);
              handle.execute(
                  "insert into error_marker (project_id, session_id, id, kind, cluster_key, label,"
                      + " route, replay_offset_ms, observed_at, release, error)"
                      + " values (?, ?, 'm1', 'js_exception', 'v2-x', 'boom', '/', 0, now(), ?,"
                      + " cast(? as jsonb))",
                  project,
                  session,
                  ofMarker,
                  error);
            });
  }

  /** Of this transaction so far: counted by the server itself, not by a clock. */
  private long blocks() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .select(
                        """
                        select coalesce(sum(pg_stat_get_xact_blocks_fetched(c.oid)), 0)::bigint
                        from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname = 'public' and c.relkind in ('r', 'i')
                        """)
                    .mapTo(Long.class)
                    .one());
  }
}
