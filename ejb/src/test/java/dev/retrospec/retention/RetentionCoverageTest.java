package dev.retrospec.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing that belongs to a session can be added to the schema and forgotten by the cleanup. */
class RetentionCoverageTest {

  /** Tables that name a session and do not go with its row by themselves, and who sees to them. */
  private static final Map<String, String> SEEN_TO =
      Map.ofEntries(
          Map.entry("recording_chunk", "RecordingData"),
          Map.entry("recording_payload", "RecordingData"),
          Map.entry("session_asset", "AssetData"),
          Map.entry("session_key", "RecordingData"),
          Map.entry("packing_claim", "RecordingData"),
          Map.entry("erased_session", "ErasedSessions: it is there to outlive the session"),
          Map.entry("cluster_session", "IssueData"),
          Map.entry("cluster_pin", "IssueData, when it is as old as a session may become"),
          Map.entry(
              "issue_feedback", "IssueData, with its issue: what people said outlives the session"),
          Map.entry("issue_exposure_session", "Exposures"),
          Map.entry("issue_exposure_due", "Exposures"),
          Map.entry("alert_rule_event", "AlertData, as old as messages may become"),
          Map.entry("rule_alert", "AlertData, as old as messages may become"));

  private static final String NAME_A_SESSION =
      """
      select c.table_name
      from information_schema.columns c
      join pg_class t on t.oid = to_regclass(c.table_name)
      where c.table_schema = current_schema() and c.column_name = 'session_id'
        and not t.relispartition
        and not exists (
          select from pg_constraint f
          where f.conrelid = t.oid and f.contype = 'f' and f.confdeltype = 'c'
            and f.confrelid = 'session'::regclass)
      """;

  @Test
  void everyTableThatNamesASessionGoesWithItOrSomebodySeesToIt() {
    List<String> tables =
        TestDatabase.get()
            .jdbi()
            .withHandle(handle -> handle.createQuery(NAME_A_SESSION).mapTo(String.class).list());

    assertThat(tables)
        .as("a new table: delete its rows in an ExpiringData and name it here")
        .containsExactlyInAnyOrderElementsOf(SEEN_TO.keySet());
  }
}
