package dev.retrospec.patterns;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.json.Json;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.signatures.HashedVector;
import dev.retrospec.signatures.store.ArrayText;
import dev.retrospec.signatures.text.PlainText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Free text with metadata, as document 002 stores and searches it ({@code createSupermemoryEntry},
 * {@code searchSupermemory}).
 */
@ApplicationScoped
public class MemoryEntries {

  /** A page of prose. */
  public static final int MAX_TEXT = 20_000;

  /** Ids and labels, not documents. */
  private static final int MAX_METADATA = 20_000;

  private static final int MAX_CANDIDATES = 100;
  private static final int NEWEST = 100;

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private static final String ADD =
      """
      insert into memory_entry (project_id, id, text, metadata, words, embedding, created_at)
      values (:project, :id, :text, cast(:metadata as jsonb), cast(:words as integer[]),
              cast(cast(:embedding as real[]) as vector), :now)
      """;

  /** By words and among the newest; the cosine is exact. */
  private static final String SEARCH =
      """
      select e.id, e.text, cast(e.metadata as text) as metadata, e.created_at,
             1 - (e.embedding <=> cast(cast(:embedding as real[]) as vector)) as cosine
      from memory_entry e
      where e.project_id = :project and e.id in (
        (select id from memory_entry
         where project_id = :project and words && cast(:words as integer[]) limit :most)
        union
        (select id from memory_entry
         where project_id = :project order by created_at desc limit :newest))
      """;

  private final Jdbi jdbi;
  private final WordCounts counts;
  private final Clock clock;
  private final Scrubber scrubber = new Scrubber();

  @Inject
  public MemoryEntries(Jdbi jdbi, WordCounts counts, Clock clock) {
    this.jdbi = jdbi;
    this.counts = counts;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected MemoryEntries() {
    this(null, null, null);
  }

  /**
   * Remembers a text; personal data and secrets in it, and in the texts of its metadata, are not
   * kept.
   *
   * @throws InvalidRequest when it is blank, or one of both is too long
   */
  @Transactional
  public MemoryEntry add(ProjectId project, String text, Map<String, Object> metadata) {
    String kept = scrubber.scrubText(PlainText.of(text)).strip();
    String json = scrubber.scrubText(Json.write(metadata));
    if (kept.isEmpty()) {
      throw new InvalidRequest("text is required");
    }
    if (kept.length() > MAX_TEXT || json.length() > MAX_METADATA) {
      throw new InvalidRequest(
          "text and metadata must be at most " + MAX_TEXT + " characters each");
    }
    MemoryEntry entry =
        new MemoryEntry(
            UUID.randomUUID().toString(),
            kept,
            Json.read(json, OBJECT),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    Set<Integer> words = SearchWords.ids(project, SearchWords.of(kept));
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADD)
                .bind("project", project)
                .bind("id", entry.id())
                .bind("text", kept)
                .bind("metadata", json)
                .bindArray("words", Integer.class, List.copyOf(words))
                .bind("embedding", ArrayText.of(HashedVector.ofText(kept)))
                .bind("now", entry.createdAt())
                .execute());
    counts.add(project, List.of(words), 1);
    return entry;
  }

  /**
   * @param q words or any text
   * @return the most similar first, of equal ones the newest
   * @throws InvalidRequest when one of them is out of range
   */
  @Transactional
  public List<EntryHit> search(ProjectId project, String q, int topK, double threshold) {
    String text = Question.checked(q);
    if (topK < 1 || topK > PatternSearch.MAX_RESULTS || !(threshold >= 0 && threshold <= 1)) {
      throw new InvalidRequest(
          "topK must be between 1 and " + PatternSearch.MAX_RESULTS + ", threshold 0 to 1");
    }
    Question question = Question.of(project, text, counts);
    return candidates(project, text, question).stream()
        .filter(hit -> hit.similarity() >= threshold)
        .sorted(
            Comparator.comparingDouble((EntryHit hit) -> -hit.similarity())
                .thenComparing(hit -> hit.entry().createdAt(), Comparator.reverseOrder()))
        .limit(topK)
        .toList();
  }

  private List<EntryHit> candidates(ProjectId project, String text, Question question) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SEARCH)
                .bind("project", project)
                .bind("embedding", ArrayText.of(HashedVector.ofText(text)))
                .bindArray("words", Integer.class, List.copyOf(question.telling().keySet()))
                .bind("most", MAX_CANDIDATES)
                .bind("newest", NEWEST)
                .map(
                    (row, context) -> {
                      MemoryEntry entry =
                          new MemoryEntry(
                              row.getString("id"),
                              row.getString("text"),
                              Json.read(row.getString("metadata"), OBJECT),
                              row.getObject("created_at", OffsetDateTime.class).toInstant());
                      return new EntryHit(
                          entry.id(), similarity(question, entry, row.getDouble("cosine")), entry);
                    })
                .list());
  }

  private static double similarity(Question question, MemoryEntry entry, double cosine) {
    double words =
        PatternSearch.MOST_BY_WORDS
            * SearchWords.coverage(question.worth(), SearchWords.of(entry.text()));
    return Math.max(0, Math.min(1, Double.isNaN(cosine) ? words : Math.max(words, cosine)));
  }
}
