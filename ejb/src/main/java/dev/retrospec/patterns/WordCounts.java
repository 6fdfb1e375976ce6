package dev.retrospec.patterns;

import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/** How many patterns and entries of a project hold each word. In the caller's transaction. */
@ApplicationScoped
public class WordCounts {

  private static final String READ =
      "select word, holders from pattern_word where project_id = :project and word = any(:words)";

  /** In the words' order, so that two transactions never wait for each other in a circle. */
  private static final String ADD =
      """
      insert into pattern_word as old (project_id, word, holders)
      select :project, g.word, g.holders from unnest(:words, :counts) as g(word, holders)
      order by g.word
      on conflict (project_id, word) do update
        set holders = greatest(0, old.holders + excluded.holders)
      """;

  private final Jdbi jdbi;

  @Inject
  public WordCounts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected WordCounts() {
    this(null);
  }

  /** Words that nobody holds are left out. */
  Map<Integer, Integer> of(ProjectId project, Collection<Integer> words) {
    Map<Integer, Integer> counts = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(READ)
                .bind("project", project)
                .bindArray("words", Integer.class, List.copyOf(words))
                .map((row, context) -> Map.entry(row.getInt(1), row.getInt(2)))
                .forEach(count -> counts.put(count.getKey(), count.getValue())));
    return counts;
  }

  /** Counts holders that came; {@code sign} is -1 for those that went. */
  void add(ProjectId project, Collection<? extends Collection<Integer>> holders, int sign) {
    Map<Integer, Integer> sums = new TreeMap<>();
    holders.forEach(words -> words.forEach(word -> sums.merge(word, sign, Integer::sum)));
    if (sums.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADD)
                .bind("project", project)
                .bindArray("words", Integer.class, List.copyOf(sums.keySet()))
                .bindArray("counts", Integer.class, List.copyOf(sums.values()))
                .execute());
  }
}
