package dev.retrospec.issues.promotion;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.stacks.BrowserStack;
import dev.retrospec.signatures.store.SignatureStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What issues failed with, in the words of a marker; in the caller's transaction. */
@ApplicationScoped
public class IssueFailures {

  /**
   * With its cause, behind its calls. The representative marker; where its session is gone already,
   * the latest of the others.
   */
  private static final String FAILURE =
      """
      select m.label, m.evidence, m.error ->> 'type' as type, m.error ->> 'message' as message,
             nullif(concat_ws(chr(10), coalesce(m.error ->> 'originalStack', m.error ->> 'stack'),
               'Caused by: ' || coalesce(m.error ->> 'originalCause', m.error ->> 'cause')), '')
               as stack
      from issue_cluster c
      join error_marker m on m.project_id = c.project_id and m.cluster_key = c.key
      where c.project_id = :project and c.key = :key
      order by m.session_id = c.representative_session_id and m.id = c.representative_marker_id
                 desc nulls last,
               m.error ->> 'stack' is not null desc, m.created_at desc
      limit 1
      """;

  private static final String GONE =
      """
      select held.project_id, held.key
      from (
        select project_id, owner_id as key from failure_signature
        where origin in ('production', 'observed')
        union
        select project_id, cluster_key from pattern_issue) held
      where not exists (
        select from issue_cluster c where c.project_id = held.project_id and c.key = held.key)
      """;

  /** Of those that still have a marker to read; the latest first. */
  private static final String UNRECOGNISED =
      """
      select c.project_id, c.key
      from issue_cluster c
      where c.promoted_at is not null
        and not exists (
          select from failure_signature s
          where s.project_id = c.project_id and s.origin = 'production' and s.owner_id = c.key
            and s.version = :version)
        and (select count(*) from failure_signature s
             where s.project_id = c.project_id and s.origin = 'production' and s.owner_id = c.key)
            < :shapes
        and exists (
          select from error_marker m where m.project_id = c.project_id and m.cluster_key = c.key)
      order by c.last_seen_at desc limit :most
      """;

  private final Jdbi jdbi;

  @Inject
  public IssueFailures(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueFailures() {
    this(null);
  }

  /** Empty when the project has no such cluster, or nothing of it is left. */
  Optional<FailureText> of(ProjectId project, ClusterKey key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FAILURE)
                .bind("project", project)
                .bind("key", key)
                .map(
                    (row, context) -> {
                      String message = row.getString("message");
                      String evidence = row.getString("evidence");
                      String label = row.getString("label");
                      return new FailureText(
                          row.getString("type"),
                          message != null
                              ? message
                              : evidence == null ? label : label + "\n" + evidence,
                          telling(row.getString("stack")));
                    })
                .findOne());
  }

  /** Without what JavaScriptCore tells where its own function threw: that function alone. */
  private static @Nullable String telling(@Nullable String stack) {
    return stack != null && BrowserStack.hasPlaces(stack) ? stack : null;
  }

  /** An issue. */
  public record Issue(ProjectId projectId, ClusterKey key) {}

  /** Issues of which the memory of failures has no signature by today's rules, and can have one. */
  List<Issue> unrecognised(int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(UNRECOGNISED)
                .bind("version", FailureSignature.VERSION)
                .bind("shapes", SignatureStore.MAX_SHAPES)
                .bind("most", most)
                .map(ConstructorMapper.of(Issue.class))
                .list());
  }

  /** Issues that the memory of failures knows and that are no more. */
  Map<ProjectId, List<ClusterKey>> gone() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(GONE)
                .map(
                    (row, context) ->
                        Map.entry(
                            new ProjectId(row.getString("project_id")),
                            new ClusterKey(row.getString("key"))))
                .stream()
                .collect(
                    Collectors.groupingBy(
                        Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
  }
}
