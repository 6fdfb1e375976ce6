package dev.retrospec.patterns;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.patterns.openai.EmbeddingConfig.Model;
import dev.retrospec.patterns.openai.ModelVector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/** What a model has made of patterns and entries. Takes part in the caller's transaction. */
@ApplicationScoped
public class ModelVectors {

  /** Rows that are looked at with one statement. */
  static final int WINDOW = 2_000;

  private static final String WINDOW_OF =
      """
      select o.id, v.id is null as never,
             v.id is null or v.model <> :model
               or v.dimensions <> coalesce(cast(:dimensions as integer), v.dimensions) as missing
      from (select id from %1$s where project_id = :project %3$s limit :window) o
      left join model_vector v on v.project_id = :project and v.%2$s = o.id
      """;

  private static final String KNOWN =
      """
      select text_hash, cast(embedding as real[]) as embedding from model_vector
      where project_id = :project and text_hash = any(:hashes) and model = :model
        and dimensions = coalesce(cast(:dimensions as integer), dimensions)
      """;

  /** The owner may have gone meanwhile, and goes with its vector from here on. */
  private static final String PUT =
      """
      insert into model_vector
        (project_id, %2$s, model, dimensions, embedding, text_hash, embedded_at)
      select :project, o.id, g.model, g.dimensions, cast(cast(g.embedding as real[]) as vector),
             g.hash, :now
      from unnest(:owners, :models, :dimensions, :embeddings, :hashes)
        as g(owner, model, dimensions, embedding, hash)
      join %1$s o on o.project_id = :project and o.id = g.owner
      order by o.id
      for key share of o
      on conflict (project_id, %2$s) do update
        set model = excluded.model, dimensions = excluded.dimensions,
            embedding = excluded.embedding, text_hash = excluded.text_hash,
            embedded_at = excluded.embedded_at
      """;

  private static final String NEAREST =
      """
      select owner_id, cosine
      from nearest_by_model(:project, :kind, :model, cast(cast(:wanted as real[]) as vector), :most)
      order by cosine desc, owner_id
      """;

  private static final String PROJECTS =
      """
      select id from project p
      where exists (select from failure_pattern f where f.project_id = p.id)
         or exists (select from memory_entry e where e.project_id = p.id)
      order by id
      """;

  private final Jdbi jdbi;

  @Inject
  public ModelVectors(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ModelVectors() {
    this(null);
  }

  /** What a vector may belong to. */
  public enum Kind {
    @JsonProperty("pattern")
    PATTERN("failure_pattern", "pattern_id", "order by last_seen desc, id desc"),
    @JsonProperty("entry")
    ENTRY("memory_entry", "entry_id", "order by created_at desc");

    private final String table;
    private final String column;
    private final String newestFirst;

    Kind(String table, String column, String newestFirst) {
      this.table = table;
      this.column = column;
      this.newestFirst = newestFirst;
    }

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Something that may have a vector.
   *
   * @param never whether no model has read it yet
   * @param missing whether this one has not, or with other dimensions
   */
  public record Owner(String id, boolean never, boolean missing) {}

  /** A vector and whose it is. */
  record Made(String owner, String hash, ModelVector vector) {}

  /** Somebody near. */
  public record Neighbour(String ownerId, double cosine) {}

  /** The newest {@value #WINDOW} of a project. */
  List<Owner> newest(ProjectId project, Kind kind, Model model) {
    return window(project, kind, model, kind.newestFirst, "");
  }

  /** The next {@value #WINDOW} of a project in the order of their ids. */
  List<Owner> after(ProjectId project, Kind kind, Model model, String id) {
    return window(project, kind, model, "and id > :after order by id", id);
  }

  private List<Owner> window(
      ProjectId project, Kind kind, Model model, String which, String after) {
    return jdbi.withHandle(
        handle -> {
          Query query =
              handle
                  .createQuery(WINDOW_OF.formatted(kind.table, kind.column, which))
                  .bind("project", project)
                  .bind("model", model.name())
                  .bind("dimensions", model.dimensions())
                  .bind("window", WINDOW);
          if (which.contains(":after")) {
            query.bind("after", after);
          }
          return query.map(ConstructorMapper.of(Owner.class)).list();
        });
  }

  /** From those of the hashes whose text this model has read to what it made of it. */
  Map<String, ModelVector> known(ProjectId project, Model model, Collection<String> hashes) {
    Map<String, ModelVector> known = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(KNOWN)
                .bind("project", project)
                .bind("model", model.name())
                .bind("dimensions", model.dimensions())
                .bindArray("hashes", String.class, List.copyOf(hashes))
                .map(
                    (row, context) ->
                        Map.entry(
                            row.getString("text_hash"),
                            new ModelVector(model.name(), values(row.getArray("embedding")))))
                .forEach(each -> known.putIfAbsent(each.getKey(), each.getValue())));
    return known;
  }

  private static float[] values(Array array) throws SQLException {
    Float[] numbers = (Float[]) array.getArray();
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i];
    }
    return values;
  }

  /** Keeps vectors instead of those that their owners had. */
  void put(ProjectId project, Kind kind, List<Made> made, Instant now) {
    if (made.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(PUT.formatted(kind.table, kind.column))
                .bind("project", project)
                .bind("now", now)
                .bindArray("owners", String.class, made.stream().map(Made::owner).toList())
                .bindArray("hashes", String.class, made.stream().map(Made::hash).toList())
                .bindArray(
                    "models", String.class, made.stream().map(one -> one.vector().model()).toList())
                .bindArray(
                    "dimensions",
                    Integer.class,
                    made.stream().map(one -> one.vector().dimensions()).toList())
                .bindArray(
                    "embeddings",
                    String.class,
                    made.stream().map(one -> text(one.vector())).toList())
                .execute());
  }

  /** Those nearest by the same model, the nearest first. */
  List<Neighbour> nearest(ProjectId project, Kind kind, ModelVector wanted, int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(NEAREST)
                .bind("project", project)
                .bind("kind", kind.wireName())
                .bind("model", wanted.model())
                .bind("wanted", text(wanted))
                .bind("most", most)
                .map(ConstructorMapper.of(Neighbour.class))
                .list());
  }

  /** Projects that have something to read. */
  List<ProjectId> projects() {
    return jdbi.withHandle(handle -> handle.createQuery(PROJECTS).mapTo(ProjectId.class).list());
  }

  /** As PostgreSQL writes an array. */
  private static String text(ModelVector vector) {
    String numbers = Arrays.toString(vector.values());
    return "{" + numbers.substring(1, numbers.length() - 1) + "}";
  }
}
