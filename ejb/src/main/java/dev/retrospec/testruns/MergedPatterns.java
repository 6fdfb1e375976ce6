package dev.retrospec.testruns;

import dev.retrospec.patterns.PatternMerged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** What stored runs say of a pattern goes with it into the one that takes it over. */
@ApplicationScoped
public class MergedPatterns {

  private static final List<String> MOVE =
      List.of(
          """
          update failed_test set pattern_id = :into
          where project_id = :project and pattern_id = :gone
          """,
          """
          update pattern_match m set pattern_id = :into
          where project_id = :project and pattern_id = :gone
            and not exists (
              select from pattern_match o
              where o.failed_test_id = m.failed_test_id and o.pattern_id = :into)
          """);

  private static final String DROP =
      "delete from pattern_match where project_id = :project and pattern_id = :gone";

  private final Jdbi jdbi;

  @Inject
  public MergedPatterns(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected MergedPatterns() {
    this(null);
  }

  /** In the merge's transaction. */
  public void merged(@Observes PatternMerged event) {
    jdbi.useHandle(
        handle -> {
          for (String sql : MOVE) {
            handle
                .createUpdate(sql)
                .bind("project", event.project())
                .bind("gone", event.gone())
                .bind("into", event.into())
                .execute();
          }
          handle
              .createUpdate(DROP)
              .bind("project", event.project())
              .bind("gone", event.gone())
              .execute();
        });
  }
}
