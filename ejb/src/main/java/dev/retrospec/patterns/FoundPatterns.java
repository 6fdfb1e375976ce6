package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Patterns by the words of a question. */
@ApplicationScoped
public class FoundPatterns {

  /** A word that more patterns hold finds nothing by itself. */
  private static final int MAX_POSTINGS = 1_000;

  private static final int MAX_CANDIDATES = 100;

  /** Those that hold all of the words, and those that hold rare ones; what they share decides. */
  private static final String BY_WORDS =
      """
      select %s
      from (
        select held.id, sum(held.weight) as weight from (
          (select h.id, cast(1000 as float8) as weight from failure_pattern h
           where h.project_id = :project and h.words @> cast(:all as integer[])
           limit :postings)
          union all
          (select h.id, w.weight
           from unnest(cast(:words as integer[]), cast(:weights as float8[])) as w(word, weight)
           cross join lateral (
             select p.id from failure_pattern p
             where p.project_id = :project and p.words @> array[w.word] limit :postings) h)) held
        group by held.id order by weight desc, held.id limit :most) best
      join failure_pattern p on p.project_id = :project and p.id = best.id
      order by best.weight desc, p.last_seen desc
      """
          .formatted(PatternRows.COLUMNS);

  private static final String BY_ID =
      "select"
          + PatternRows.COLUMNS
          + "from failure_pattern p where p.project_id = :project and p.id = any(:ids)";

  private final Jdbi jdbi;

  @Inject
  public FoundPatterns(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected FoundPatterns() {
    this(null);
  }

  /**
   * Candidates, those that share most first.
   *
   * @param all words that finding them all tells most
   * @param worth of the rare ones
   */
  List<PatternView> byWords(ProjectId project, Set<Integer> all, Map<Integer, Double> worth) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(BY_WORDS)
                .bind("project", project)
                .bindArray("all", Integer.class, List.copyOf(all))
                .bindArray("words", Integer.class, List.copyOf(worth.keySet()))
                .bindArray("weights", Double.class, List.copyOf(worth.values()))
                .bind("postings", MAX_POSTINGS)
                .bind("most", MAX_CANDIDATES)
                .map(PatternRows::view)
                .list());
  }

  List<PatternView> byId(ProjectId project, Collection<PatternId> ids) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(BY_ID)
                .bind("project", project)
                .bindArray("ids", String.class, ids.stream().map(PatternId::value).toList())
                .map(PatternRows::view)
                .list());
  }
}
