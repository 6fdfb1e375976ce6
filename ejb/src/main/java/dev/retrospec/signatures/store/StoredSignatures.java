package dev.retrospec.signatures.store;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.HashedVector;
import dev.retrospec.signatures.SignatureJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** The rows of signatures. All methods take part in the caller's transaction. */
@ApplicationScoped
public class StoredSignatures {

  /** A row of 1536 dimensions is 4 KB of SQL text; a statement stays at some megabytes. */
  private static final int BATCH = 500;

  /**
   * An index of vectors takes milliseconds for each row. Of a run in which everything fails the
   * first ones are found by their vectors too, all by their terms.
   */
  private static final int MAX_VECTORS = 500;

  private static final String ADD =
      """
      insert into failure_signature
        (project_id, origin, owner_id, version, signature, exact_hash, terms, embedding, seen_at)
      select :project, g.origin, g.owner, g.version, cast(g.signature as jsonb), g.hash,
             cast(g.terms as integer[]), cast(cast(g.embedding as real[]) as vector), g.seen_at
      from unnest(:origins, :owners, :versions, :signatures, :hashes, :terms, :embeddings,
                  cast(:times as timestamptz[]))
        as g(origin, owner, version, signature, hash, terms, embedding, seen_at)
      on conflict (project_id, origin, owner_id, exact_hash) do nothing
      returning origin, owner_id, exact_hash
      """;

  private static final String HELD =
      """
      select origin, owner_id, count(*)::integer as signatures from failure_signature
      where project_id = :project and owner_id = any(:owners)
      group by origin, owner_id
      """;

  private static final String HOLDERS =
      """
      select exact_hash, owner_id from failure_signature
      where project_id = :project and exact_hash = any(:hashes) and origin = any(:origins)
      order by id
      """;

  private static final String REMOVE =
      """
      delete from failure_signature
      where project_id = :project and origin = :origin and owner_id = any(:owners)
      returning terms
      """;

  private static final String MOVE =
      """
      update failure_signature s set owner_id = :to
      where s.project_id = :project and s.origin = :origin and s.owner_id = :from
        and not exists (
          select from failure_signature t where t.project_id = s.project_id
            and t.origin = s.origin and t.owner_id = :to and t.exact_hash = s.exact_hash)
      """;

  /**
   * For each failure that is asked about, the signatures most worth scoring. Two lists, of shared
   * rare terms and of near vectors, are fused by reciprocal rank (Cormack, Clarke, Buettcher, SIGIR
   * 2009, with its k of 60). The project's name is written as an expression beside a term, because
   * terms belong to one project anyway, and a plan must not read all of its rows to intersect them.
   */
  private static final String CANDIDATES =
      """
      with asked as materialized (
        select a.place::integer as place, cast(a.terms as integer[]) as terms,
               cast(a.weights as real[]) as weights,
               cast(cast(a.embedding as real[]) as vector) as embedding
        from unnest(:terms, :weights, :embeddings)
          with ordinality as a(terms, weights, embedding, place))
      select a.place, s.origin, s.owner_id, cast(s.signature as text) as signature
      from asked a
      cross join lateral (
        select found.id, sum(1.0 / (60 + found.place)) as fused from (
          (select shared.id, row_number() over (order by shared.weight desc, shared.id desc) as place
           from (
             select held.id, sum(w.weight) as weight
             from unnest(a.terms, a.weights) as w(term, weight)
             cross join lateral (
               select h.id from failure_signature h
               where h.project_id || '' = :project and h.terms @> array[w.term]
                 and h.origin = any(:origins)
               limit :postings) held
             group by held.id
             order by weight desc, held.id desc limit :most) shared)
          union all
          (select near.id, near.place
           from nearest_signatures(:project, a.embedding, :near)
             with ordinality as near(id, place)
           where :near > 0)) found
        group by found.id
        order by fused desc, found.id desc limit :most) best
      join failure_signature s
        on s.project_id = :project and s.id = best.id and s.origin = any(:origins)
      order by a.place, best.fused desc, best.id desc
      """;

  private static final String OF_OWNERS =
      """
      select 1 as place, origin, owner_id, cast(signature as text) as signature
      from failure_signature
      where project_id = :project and owner_id = any(:owners) and origin = any(:origins)
      """;

  private final Jdbi jdbi;

  @Inject
  public StoredSignatures(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected StoredSignatures() {
    this(null);
  }

  /** Who holds a signature. */
  record Owner(Origin origin, String id) {}

  /** Identifies a row. */
  private record Key(String origin, String owner, String hash) {}

  /**
   * What to look for.
   *
   * @param terms as indexed, with the weight of each
   */
  record Question(Map<Integer, Double> terms, float[] embedding) {}

  /**
   * How much to look at.
   *
   * @param postings rows that are read by their terms, at most
   * @param near neighbours by vector, 0: none
   * @param most candidates, at most
   */
  record Effort(int postings, int near, int most) {}

  /**
   * @param place of the question, from 0
   */
  record Candidate(int place, Origin origin, String ownerId, FailureSignature signature) {}

  private static final RowMapper<Candidate> CANDIDATE =
      (row, context) ->
          new Candidate(
              row.getInt("place") - 1,
              Origin.fromWireName(row.getString("origin")),
              row.getString("owner_id"),
              SignatureJson.read(row.getString("signature")));

  /** Keeps those that their owners do not hold yet, and tells which these were. */
  List<Holding> add(ProjectId project, List<Holding> holdings) {
    List<Holding> added = new ArrayList<>();
    for (int from = 0; from < holdings.size(); from += BATCH) {
      List<Holding> batch = holdings.subList(from, Math.min(holdings.size(), from + BATCH));
      Map<Key, Holding> byKey = new LinkedHashMap<>();
      for (Holding one : batch) {
        byKey.putIfAbsent(
            new Key(one.origin().wireName(), one.ownerId(), one.signature().exactHash()), one);
      }
      List<Key> keys = List.copyOf(byKey.keySet());
      List<Holding> rows = List.copyOf(byKey.values());
      boolean vectors = from < MAX_VECTORS;
      jdbi.useHandle(
          handle ->
              handle
                  .createQuery(ADD)
                  .bind("project", project)
                  .bindArray("origins", String.class, keys.stream().map(Key::origin).toList())
                  .bindArray("owners", String.class, keys.stream().map(Key::owner).toList())
                  .bindArray(
                      "versions",
                      Integer.class,
                      rows.stream().map(row -> row.signature().version()).toList())
                  .bindArray(
                      "signatures",
                      String.class,
                      rows.stream().map(row -> SignatureJson.write(row.signature())).toList())
                  .bindArray("hashes", String.class, keys.stream().map(Key::hash).toList())
                  .bindArray(
                      "terms",
                      String.class,
                      rows.stream().map(row -> terms(project, row.signature())).toList())
                  .bindArray(
                      "embeddings",
                      String.class,
                      rows.stream()
                          .map(
                              row ->
                                  vectors ? ArrayText.of(HashedVector.of(row.signature())) : null)
                          .toList())
                  .bindArray(
                      "times",
                      String.class,
                      rows.stream().map(row -> row.seenAt().toString()).toList())
                  .map(
                      (row, context) ->
                          new Key(row.getString(1), row.getString(2), row.getString(3)))
                  .forEach(key -> added.add(byKey.get(key))));
    }
    return added;
  }

  private static String terms(ProjectId project, FailureSignature signature) {
    return ArrayText.of(
        IndexTerms.of(signature).stream().map(term -> IndexTerms.mixed(project, term)).toList());
  }

  /** How many signatures each of the owners holds; who holds none is left out. */
  Map<Owner, Integer> held(ProjectId project, Set<String> owners) {
    Map<Owner, Integer> held = new LinkedHashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(HELD)
                .bind("project", project)
                .bindArray("owners", String.class, List.copyOf(owners))
                .map(
                    (row, context) ->
                        Map.entry(
                            new Owner(Origin.fromWireName(row.getString(1)), row.getString(2)),
                            row.getInt(3)))
                .forEach(each -> held.put(each.getKey(), each.getValue())));
    return held;
  }

  /** From an exact hash to the owner who held it first. */
  Map<String, String> holders(ProjectId project, Set<Origin> origins, Collection<String> hashes) {
    Map<String, String> holders = new LinkedHashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(HOLDERS)
                .bind("project", project)
                .bindArray("hashes", String.class, List.copyOf(hashes))
                .bindArray("origins", String.class, names(origins))
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(each -> holders.putIfAbsent(each.getKey(), each.getValue())));
    return holders;
  }

  List<Candidate> candidates(
      ProjectId project, Set<Origin> origins, List<Question> questions, Effort effort) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(CANDIDATES)
                .bind("project", project)
                .bindArray("origins", String.class, names(origins))
                .bindArray(
                    "terms",
                    String.class,
                    questions.stream()
                        .map(
                            question ->
                                ArrayText.of(
                                    question.terms().keySet().stream()
                                        .map(term -> IndexTerms.mixed(project, term))
                                        .toList()))
                        .toList())
                .bindArray(
                    "weights",
                    String.class,
                    questions.stream()
                        .map(question -> ArrayText.of(question.terms().values()))
                        .toList())
                .bindArray(
                    "embeddings",
                    String.class,
                    questions.stream().map(q -> ArrayText.of(q.embedding())).toList())
                .bind("postings", effort.postings())
                .bind("near", effort.near())
                .bind("most", effort.most())
                .map(CANDIDATE)
                .list());
  }

  /** Everything that these hold, for one question. */
  List<Candidate> ofOwners(ProjectId project, Set<Origin> origins, Collection<String> owners) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OF_OWNERS)
                .bind("project", project)
                .bindArray("origins", String.class, names(origins))
                .bindArray("owners", String.class, List.copyOf(owners))
                .map(CANDIDATE)
                .list());
  }

  /** The terms of what was removed, as the rules make them. */
  List<List<Integer>> remove(ProjectId project, Origin origin, Collection<String> owners) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(REMOVE)
                .bind("project", project)
                .bind("origin", origin.wireName())
                .bindArray("owners", String.class, List.copyOf(owners))
                .map(
                    (row, context) -> {
                      List<Integer> terms = new ArrayList<>();
                      for (Object term : (Object[]) row.getArray("terms").getArray()) {
                        terms.add(IndexTerms.mixed(project, (Integer) term));
                      }
                      return terms;
                    })
                .list());
  }

  /** Hands over what the other owner does not hold itself. */
  void move(ProjectId project, Origin origin, String from, String to) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(MOVE)
                .bind("project", project)
                .bind("origin", origin.wireName())
                .bind("from", from)
                .bind("to", to)
                .execute());
  }

  private static List<String> names(Set<Origin> origins) {
    return origins.stream().map(Origin::wireName).sorted().toList();
  }
}
