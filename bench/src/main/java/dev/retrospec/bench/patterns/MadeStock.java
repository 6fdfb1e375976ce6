package dev.retrospec.bench.patterns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.HashedVector;
import dev.retrospec.signatures.SignatureJson;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.stacks.Frame;
import dev.retrospec.signatures.store.ArrayText;
import dev.retrospec.signatures.store.IndexTerms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Fills the memory as an operator would who moves house: rows by COPY, terms counted and indexes
 * made when all rows are there.
 */
final class MadeStock {

  /**
   * Only the first of so many is read from text; the others are crossed from it and the one before,
   * because reading all takes longer than all else.
   */
  static final int LITTER = 10;

  private static final int WRITERS = 2;

  private static final String COPY =
      "copy failure_signature (project_id, origin, owner_id, version, signature, exact_hash, terms,"
          + " embedding, seen_at) from stdin";

  /** What a run of tests may be found to have failed like. */
  private static final String PATTERNS =
      """
      insert into failure_pattern (project_id, id, summary, error_type, error_message, test_name,
        words, occurrence_count, run_count, first_seen, last_seen)
      select project_id, owner_id, signature ->> 'type', signature ->> 'type',
        signature ->> 'template', 'made', '{}', 1, 1, seen_at, seen_at
      from failure_signature on conflict do nothing
      """;

  private final Jdbi jdbi;
  private final ProjectId project;
  private final boolean pgvector;

  MadeStock(Jdbi jdbi, ProjectId project, boolean pgvector) {
    this.jdbi = jdbi;
    this.project = project;
    this.pgvector = pgvector;
  }

  static String owner(long number) {
    return String.format("00000000-0000-4000-8000-%012d", number);
  }

  /**
   * Adds the failures with these numbers, each of an owner of its own.
   *
   * @param from divisible by {@value #LITTER}: of such a number it is {@link MadeFailures#of}
   *     number
   * @return how many seconds each index took, by its name
   */
  Map<String, Double> add(int from, int to) {
    List<Index> indexes = indexes();
    indexes.forEach(index -> run("drop index " + index.name));
    int step = WRITERS * LITTER;
    CompletableFuture.allOf(
            IntStream.range(0, WRITERS)
                .mapToObj(
                    writer ->
                        CompletableFuture.runAsync(() -> write(from + writer * LITTER, to, step)))
                .toArray(CompletableFuture[]::new))
        .join();
    Map<String, Double> seconds = new TreeMap<>();
    for (Index index : indexes) {
      long began = System.nanoTime();
      run(index.definition);
      seconds.put(index.name, (System.nanoTime() - began) / 1e9);
    }
    count();
    run(PATTERNS);
    List.of("failure_signature", "signature_term", "failure_pattern")
        .forEach(table -> run("vacuum analyze " + table));
    return seconds;
  }

  /** Has columns of these names because it is read from a table. */
  public record Index(String name, String definition) {}

  /** Those that take long to keep up to date. */
  private List<Index> indexes() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select indexname as name, indexdef as definition from pg_indexes"
                        + " where tablename = 'failure_signature'"
                        + " and indexdef ~* 'using (gin|hnsw)' order by 1")
                .map(
                    (row, context) -> new Index(row.getString("name"), row.getString("definition")))
                .list());
  }

  private void write(int first, int to, int step) {
    jdbi.useHandle(
        handle -> {
          try {
            CopyIn copy =
                handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
            FailureSignature before = Signatures.of(MadeFailures.of(-first - 1));
            for (int litter = first; litter < to; litter += step) {
              FailureSignature parsed = Signatures.of(MadeFailures.of(litter));
              for (int i = 0; i < LITTER && litter + i < to; i++) {
                FailureSignature signature = i == 0 ? parsed : crossed(parsed, before, i);
                byte[] row = row(litter + i, signature).getBytes(StandardCharsets.UTF_8);
                copy.writeToCopy(row, 0, row.length);
              }
              before = parsed;
            }
            copy.endCopy();
          } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
          }
        });
  }

  /** The uppermost calls of one above those of the other, with the message of either. */
  private static FailureSignature crossed(FailureSignature one, FailureSignature other, int turn) {
    List<Frame> frames = new ArrayList<>(one.frames().subList(0, 1 + turn / 2));
    frames.addAll(other.frames().subList(1 + turn / 2, other.frames().size()));
    FailureSignature message = turn % 2 == 0 ? one : other;
    String hash = one.exactHash() + other.exactHash() + turn;
    return new FailureSignature(
        one.version(),
        message.type(),
        message.template(),
        frames,
        message.difference(),
        message.codes(),
        hash,
        Set.of(hash));
  }

  private String row(int number, FailureSignature signature) {
    String terms =
        ArrayText.of(
            IndexTerms.of(signature).stream()
                .map(term -> IndexTerms.mixed(project, term))
                .toList());
    String vector = ArrayText.of(HashedVector.of(signature));
    return String.join(
            "\t",
            project.value(),
            "ci",
            owner(number),
            Integer.toString(signature.version()),
            SignatureJson.write(signature).replace("\\", "\\\\"),
            signature.exactHash(),
            terms,
            pgvector ? '[' + vector.substring(1, vector.length() - 1) + ']' : vector,
            "2026-01-01T00:00:00Z")
        + "\n";
  }

  private void count() {
    jdbi.useTransaction(
        handle -> {
          for (String table : List.of("signature_term", "signature_stock")) {
            handle.execute("delete from " + table + " where project_id = ?", project);
          }
          handle.execute(
              "insert into signature_term (project_id, term, signatures)"
                  + " select project_id, t.term # ?, count(*)"
                  + " from failure_signature, unnest(terms) as t(term)"
                  + " where project_id = ? group by 1, 2",
              IndexTerms.mixed(project, 0),
              project);
          handle.execute(
              "insert into signature_stock (project_id, signatures)"
                  + " select project_id, count(*) from failure_signature where project_id = ?"
                  + " group by 1",
              project);
        });
  }

  private void run(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }
}
