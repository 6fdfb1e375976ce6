package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What names a cluster by its key, and what becomes of it when the cluster gets another one: by a
 * merge, a join by likeness, a regroup. Whoever adds a column decides here.
 */
class KeysOfClustersTest {

  /** They name the target afterwards. */
  private static final List<String> FOLLOWING =
      List.of(
          "alert_rule_event.cluster_key",
          "cluster_delta.cluster_key",
          "cluster_session.cluster_key",
          "cluster_user.cluster_key",
          "error_marker.cluster_key",
          "failure_signature.owner_id",
          "issue_activity.cluster_key",
          "issue_alert_event.cluster_key",
          "issue_feedback.cluster_key",
          "issue_ticket.cluster_key",
          "pattern_issue.cluster_key",
          "pattern_link_rule.other_id",
          "report_rule_use.cluster_key");

  /** They do not, because. */
  private static final Map<String, String> STAYING =
      Map.ofEntries(
          Map.entry(
              "cluster_hour.cluster_key",
              "derived: the target's hours are written anew, the source's are swept"),
          Map.entry(
              "cluster_hour_due.cluster_key",
              "taken at the next look, which writes nothing of a cluster that is gone"),
          Map.entry(
              "issue_exposure.cluster_key",
              "proves the source's own resolution, which a merge ends; it goes along when a"
                  + " regroup hands the row over (foreign key)"),
          Map.entry("issue_exposure_session.cluster_key", "goes with its issue_exposure"),
          Map.entry(
              "rule_alert.cluster_key", "tells what was told; whoever reads it goes by the alias"),
          Map.entry("cluster_alias.source_key", "is how the old key leads to the new one"),
          Map.entry("cluster_alias.target_key", "rewritten to the end of the chain"),
          Map.entry("cluster_alias.joined_key", "what the alias led to when it was made"),
          Map.entry("cluster_pin.source_key", "is copied to the target, and kept for the old key"),
          Map.entry("cluster_pin.target_key", "rewritten to the target"),
          Map.entry("cluster_constraint.one_key", "said of these very keys; carried by a regroup"),
          Map.entry(
              "cluster_constraint.other_key", "said of these very keys; carried by a regroup"),
          Map.entry("cluster_left.source_key", "over with its cluster (foreign key)"),
          Map.entry("cluster_left.target_key", "where markers went; read by the alias"),
          Map.entry("marker_transfer.source_key", "on the way; read by the alias"),
          Map.entry("marker_transfer.target_key", "on the way; read by the alias"),
          Map.entry("regroup_part.cluster", "the plan of a run, forgotten at its end"));

  private static final String NAMING =
      "^(.*_)?cluster(_key)?$|^(source|target|joined|one|other)_key$|^owner_id$|^other_id$";

  private final Incidents shop = new Incidents();

  @Test
  void eachColumnThatNamesAClusterIsDecidedAbout() {
    List<String> naming =
        shop.jdbi.withHandle(
            handle ->
                handle
                    .select(
                        """
                        select c.table_name || '.' || c.column_name from information_schema.columns c
                        join information_schema.tables t using (table_schema, table_name)
                        where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
                          and c.column_name ~ ?
                        """,
                        NAMING)
                    .mapTo(String.class)
                    .list());

    assertThat(new TreeSet<>(naming))
        .as("say in FOLLOWING or STAYING what becomes of it when a cluster is merged or regrouped")
        .containsExactlyElementsOf(
            new TreeSet<>(Stream.concat(FOLLOWING.stream(), STAYING.keySet().stream()).toList()));
  }

  @Test
  void whatFollowsAMergedIssueNamesTheTarget() {
    ClusterKey source = issue("boom");
    ClusterKey target = issue("bang");
    everythingAbout(source);

    shop.inTransaction(
        () ->
            shop.merge.merge(
                shop.project, new IssueMerge.Request(target, List.of(source), null, null)));

    assertThat(naming(source)).isEmpty();
    assertThat(naming(target)).containsExactlyElementsOf(FOLLOWING);
  }

  @Test
  void whatFollowsARegroupedIssueNamesItsNewKey() {
    for (boolean leads : List.of(true, false)) {
      ClusterKey source = issue(leads ? "boom" : "crack");
      ClusterKey target = issue(leads ? "bang" : "crunch");
      everythingAbout(source);
      rule("of the target", target);

      shop.inTransaction(() -> shop.union.succeed(shop.project, source, target, leads));

      assertThat(naming(source)).isEmpty();
      assertThat(naming(target)).containsExactlyElementsOf(FOLLOWING);
      assertThat(rulesOf(target)).containsExactlyInAnyOrder("a rule", "of the target");
    }
  }

  @Test
  void issuesWithTheSameNumberOnTwoServersBecomeOneWithBoth() {
    ClusterKey source = issue("boom");
    ClusterKey target = issue("bang");
    for (ClusterKey key : List.of(source, target)) {
      ticket(key, "17");
      shop.jdbi.useHandle(
          handle ->
              handle.execute(
                  "update issue_ticket set server = ? where project_id = ? and cluster_key = ?",
                  "https://" + key.value() + ".git.test",
                  shop.project,
                  key));
    }

    shop.inTransaction(
        () ->
            shop.merge.merge(
                shop.project, new IssueMerge.Request(target, List.of(source), null, null)));

    assertThat(
            shop.count(
                "select count(*) from issue_ticket where project_id = ? and cluster_key = ?",
                shop.project,
                target))
        .isEqualTo(2);
  }

  @Test
  void severalIssuesWithOneTicketBecomeOneWithIt() {
    ClusterKey one = issue("boom");
    ClusterKey other = issue("bang");
    ClusterKey target = issue("crash");
    for (ClusterKey key : List.of(one, other, target)) {
      ticket(key, "17");
      ticket(key, null); // asked for, and not made yet
    }

    shop.inTransaction(
        () ->
            shop.merge.merge(
                shop.project, new IssueMerge.Request(target, List.of(one, other), null, null)));

    assertThat(
            shop.rows(
                "select coalesce(number, '') as number from issue_ticket where project_id = ?"
                    + " and cluster_key = ? order by 1",
                shop.project,
                target))
        .extracting(row -> row.get("number"))
        .containsExactly("", "", "", "17");
    assertThat(shop.count("select count(*) from issue_ticket where project_id = ?", shop.project))
        .isEqualTo(4);
  }

  @Test
  void whatIsSplitOffTakesTheRulesAlongThatExplainedItsSessions() {
    ClusterKey source = issue("boom");
    rule("of one", source);
    rule("of the other", source);
    card("s1-boom", "of one");
    card("s2-boom", "of the other");

    ClusterKey off =
        shop.inTransaction(
                () ->
                    shop.split.split(
                        shop.project,
                        source,
                        new IssueSplit.Request(
                            List.of(new dev.retrospec.ids.SessionId("s1-boom")), null, null)))
            .newClusterKey();

    assertThat(rulesOf(off)).containsExactly("of one");
    assertThat(rulesOf(source)).containsExactlyInAnyOrder("of one", "of the other");
  }

  private ClusterKey issue(String label) {
    String id = label.replace(' ', '-');
    ClusterKey key =
        shop.only(shop.visit("s1-" + id, "u:ann", shop.exception("m-" + id, label)).touched());
    shop.visit("s2-" + id, "u:bob", shop.exception("m-" + id, label));
    shop.settle();
    return key;
  }

  /** A row in each table that follows, of those that a visit does not write. */
  private void everythingAbout(ClusterKey key) {
    String id = key.value() + shop.project.value();
    for (String sql :
        List.of(
            "insert into alert_rule_event (project_id, rule_id, event_key, event, cluster_key,"
                + " trigger, due_at) values (:p, 'rule', :k, 'new_issue', :k, 'ingest', now())",
            "insert into issue_activity (project_id, cluster_key, at, actor_kind, actor, kind,"
                + " what) values (:p, :k, now(), 'user', 'ann', 'noted', 'wrote')",
            "insert into issue_alert_event (id, project_id, cluster_key, event, trigger, status)"
                + " values ('e' || :id, :p, :k, 'issue_cluster_promoted', 'ingest', 'sent')",
            "insert into issue_feedback (id, project_id, cluster_key, kind)"
                + " values ('f' || :id, :p, :k, 'card_helpful')",
            "insert into failure_pattern (project_id, id, summary, error_type, error_message,"
                + " test_name, words, occurrence_count, run_count, first_seen, last_seen)"
                + " values (:p, 'pattern ' || :k, 's', 'Error', 'm', 't', '{}', 1, 1, now(), now())",
            "insert into pattern_issue (project_id, pattern_id, cluster_key, similarity, linked_by,"
                + " linked_at) values (:p, 'pattern ' || :k, :k, 0.9, 'match', now())",
            "insert into pattern_link_rule (project_id, pattern_id, other_kind, other_id, same,"
                + " decided_by, decided_at)"
                + " values (:p, 'pattern ' || :k, 'issue', :k, false, 'ann', now())",
            "insert into failure_signature (project_id, origin, owner_id, version, exact_hash,"
                + " signature, terms, seen_at)"
                + " values (:p, 'production', :k, 1, 'hash ' || :k, '{}', '{}', now())")) {
      shop.jdbi.useHandle(
          handle ->
              handle
                  .createUpdate(sql)
                  .configure(
                      org.jdbi.v3.core.statement.SqlStatements.class,
                      each -> each.setUnusedBindingAllowed(true))
                  .bind("p", shop.project)
                  .bind("k", key)
                  .bind("id", id)
                  .execute());
    }
    ticket(key, "4");
    rule("a rule", key);
  }

  private void ticket(ClusterKey key, String number) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into issue_ticket (id, project_id, cluster_key, provider, place, number,"
                    + " created_by, created_at)"
                    + " values (gen_random_uuid()::text, ?, ?, 'github', 'a/b', ?, 'ann', now())",
                shop.project,
                key,
                number));
  }

  private void rule(String rule, ClusterKey key) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into report_rule_use (project_id, rule, cluster_key) values (?, ?, ?)",
                shop.project,
                rule,
                key));
  }

  private void card(String session, String rule) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into report_card (id, project_id, session_id, status, rule, marker_id)"
                    + " values (gen_random_uuid()::text, ?, ?, 'ready', ?, 'm-boom')",
                shop.project,
                session,
                rule));
  }

  private List<String> rulesOf(ClusterKey key) {
    return shop.jdbi.withHandle(
        handle ->
            handle
                .select(
                    "select rule from report_rule_use where project_id = ? and cluster_key = ?",
                    shop.project,
                    key)
                .mapTo(String.class)
                .list());
  }

  /** Which of those that follow name it. */
  private List<String> naming(ClusterKey key) {
    List<String> naming = new ArrayList<>();
    for (String column : FOLLOWING) {
      String[] parts = column.split("\\.");
      if (shop.count(
              "select count(*) from %s where project_id = ? and %s = ?".formatted((Object[]) parts),
              shop.project,
              key)
          > 0) {
        naming.add(column);
      }
    }
    return naming;
  }
}
