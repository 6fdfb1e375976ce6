package dev.retrospec.patterns;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.patterns.openai.Embeddings;
import dev.retrospec.patterns.openai.ModelVector;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.json.Json;
import dev.retrospec.privacy.SecretText;
import dev.retrospec.signatures.HashedVector;
import dev.retrospec.signatures.store.ArrayText;
import dev.retrospec.signatures.text.PlainText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

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

  /** By the model's vectors. */
  private static final int MAX_NEAR = 40;

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private static final String ADD =
      """
      insert into memory_entry (project_id, id, text, metadata, words, embedding, created_at)
      values (:project, :id, :text, cast(:metadata as jsonb), cast(:words as integer[]),
              cast(cast(:embedding as real[]) as vector), :now)
      """;

  /** By words, by the model and among the newest; the cosine is exact. */
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
         where project_id = :project order by created_at desc limit :newest)
        union select unnest(cast(:near as text[])))
      """;

  private final Jdbi jdbi;
  private final WordCounts counts;
  private final Embeddings embeddings;
  private final ModelVectors vectors;
  private final EmbeddingRequests requests;
  private final Clock clock;
  private final SecretText secrets = new SecretText();

  @Inject
  public MemoryEntries(
      Jdbi jdbi,
      WordCounts counts,
      Embeddings embeddings,
      ModelVectors vectors,
      EmbeddingRequests requests,
      Clock clock) {
    this.jdbi = jdbi;
    this.counts = counts;
    this.embeddings = embeddings;
    this.vectors = vectors;
    this.requests = requests;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected MemoryEntries() {
    this(null, null, null, null, null, null);
  }

  /**
   * Remembers a text; personal data and secrets in it, and in the texts of its metadata, are not
   * kept.
   *
   * @throws InvalidRequest when it is blank, or one of both is too long
   */
  @Transactional
  public MemoryEntry add(ProjectId project, String text, Map<String, Object> metadata) {
    String kept = secrets.redact(PlainText.of(text)).strip();
    String json = Json.write(secrets.redact(metadata));
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
    requests.came(project, ModelVectors.Kind.ENTRY, entry.id());
    return entry;
  }

  /** Those that are there, by their ids. */
  Map<String, String> texts(ProjectId project, Collection<String> ids) {
    Map<String, String> texts = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "select id, text from memory_entry"
                        + " where project_id = :project and id = any(:ids)")
                .bind("project", project)
                .bindArray("ids", String.class, List.copyOf(ids))
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(each -> texts.put(each.getKey(), each.getValue())));
    return texts;
  }

  /**
   * Forgets an entry.
   *
   * @throws NotFound when the project has no such entry
   */
  @Transactional
  public void delete(ProjectId project, String id) {
    if (forget(project, "id = :id", query -> query.bind("id", id)) == 0) {
      throw new NotFound("entry");
    }
  }

  /**
   * Forgets a project's entries of before.
   *
   * @return how many
   */
  @Transactional
  public int deleteBefore(ProjectId project, Instant before) {
    return forget(project, "created_at < :before", query -> query.bind("before", before));
  }

  private int forget(ProjectId project, String which, UnaryOperator<Query> bound) {
    List<List<Integer>> words =
        jdbi.withHandle(
            handle ->
                bound
                    .apply(
                        handle
                            .createQuery(
                                "delete from memory_entry where project_id = :project and "
                                    + which
                                    + " returning words")
                            .bind("project", project))
                    .map((row, context) -> List.of((Integer[]) row.getArray("words").getArray()))
                    .list());
    counts.add(project, words, -1);
    return words.size();
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
    // Before the first statement, so that no connection waits for the model.
    Optional<ModelVector> vector = embeddings.ofQuestion(text);
    Map<String, Double> near = new HashMap<>();
    vector.ifPresent(
        wanted ->
            vectors
                .nearest(project, ModelVectors.Kind.ENTRY, wanted, MAX_NEAR)
                .forEach(one -> near.put(one.ownerId(), one.cosine())));
    Question question = Question.of(project, text, counts);
    return candidates(project, text, question, near).stream()
        .filter(hit -> hit.similarity() >= threshold)
        .sorted(
            Comparator.comparingDouble((EntryHit hit) -> -hit.similarity())
                .thenComparing(hit -> hit.entry().createdAt(), Comparator.reverseOrder()))
        .limit(topK)
        .toList();
  }

  private List<EntryHit> candidates(
      ProjectId project, String text, Question question, Map<String, Double> near) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SEARCH)
                .bind("project", project)
                .bind("embedding", ArrayText.of(HashedVector.ofText(text)))
                .bindArray("words", Integer.class, List.copyOf(question.telling().keySet()))
                .bindArray("near", String.class, List.copyOf(near.keySet()))
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
                      double words =
                          SearchWords.coverage(question.worth(), SearchWords.of(entry.text()));
                      return new EntryHit(
                          entry.id(),
                          better(
                              WordsAndModel.similarity(words, near.getOrDefault(entry.id(), 0.0)),
                              row.getDouble("cosine")),
                          entry);
                    })
                .list());
  }

  private static double better(double similarity, double cosine) {
    return Double.isNaN(cosine) ? similarity : Math.min(1, Math.max(similarity, cosine));
  }
}
