package dev.retrospec.signatures.store;

import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/** How many signatures of a project hold each term. Takes part in the caller's transaction. */
@ApplicationScoped
public class TermCounts {

  private static final String READ =
      "select term, signatures from signature_term"
          + " where project_id = :project and term = any(:terms)";

  /** In the terms' order, so that two transactions never wait for each other in a circle. */
  private static final String ADD =
      """
      insert into signature_term as old (project_id, term, signatures)
      select :project, g.term, g.signatures
      from unnest(:terms, :counts) as g(term, signatures)
      order by g.term
      on conflict (project_id, term) do update
        set signatures = greatest(0, old.signatures + excluded.signatures)
      """;

  private static final String ADD_DOCUMENTS =
      """
      insert into signature_stock as old (project_id, signatures) values (:project, :documents)
      on conflict (project_id) do update
        set signatures = greatest(0, old.signatures + excluded.signatures)
      """;

  private final Jdbi jdbi;

  @Inject
  public TermCounts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected TermCounts() {
    this(null);
  }

  Frequencies of(ProjectId project, Set<Integer> terms) {
    return jdbi.withHandle(
        handle -> {
          Map<Integer, Integer> counts = new HashMap<>();
          handle
              .createQuery(READ)
              .bind("project", project)
              .bindArray("terms", Integer.class, List.copyOf(terms))
              .map((row, context) -> Map.entry(row.getInt(1), row.getInt(2)))
              .forEach(count -> counts.put(count.getKey(), count.getValue()));
          long documents =
              handle
                  .createQuery("select signatures from signature_stock where project_id = :project")
                  .bind("project", project)
                  .mapTo(Long.class)
                  .findOne()
                  .orElse(0L);
          return new Frequencies(terms, counts, documents);
        });
  }

  /** Counts signatures that came; {@code sign} is -1 for those that went. */
  void add(ProjectId project, Collection<? extends Collection<Integer>> signatures, int sign) {
    if (signatures.isEmpty()) {
      return;
    }
    Map<Integer, Integer> sums = new TreeMap<>();
    signatures.forEach(terms -> terms.forEach(term -> sums.merge(term, sign, Integer::sum)));
    jdbi.useHandle(
        handle -> {
          handle
              .createUpdate(ADD)
              .bind("project", project)
              .bindArray("terms", Integer.class, List.copyOf(sums.keySet()))
              .bindArray("counts", Integer.class, List.copyOf(sums.values()))
              .execute();
          handle
              .createUpdate(ADD_DOCUMENTS)
              .bind("project", project)
              .bind("documents", sign * signatures.size())
              .execute();
        });
  }
}
