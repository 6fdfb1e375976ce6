package dev.retrospec.bench.patterns;

import dev.retrospec.bench.machine.MemoryDatabase;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.patterns.EmbeddingRequests;
import dev.retrospec.patterns.Occurrence;
import dev.retrospec.patterns.PatternConfig;
import dev.retrospec.patterns.PatternLinks;
import dev.retrospec.patterns.PatternMemory;
import dev.retrospec.patterns.Patterns;
import dev.retrospec.patterns.WordCounts;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.HashedVector;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.store.ArrayText;
import dev.retrospec.signatures.store.Match;
import dev.retrospec.signatures.store.Origin;
import dev.retrospec.signatures.store.Search;
import dev.retrospec.signatures.store.SignatureStore;
import dev.retrospec.signatures.store.StoredSignatures;
import dev.retrospec.signatures.store.TermCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.jdbi.v3.core.Jdbi;

/**
 * Measures the memory of failures on PostgreSQL servers of its own. Arguments: the folder for the
 * page and the numbers of stored failures, rising. With {@code RETROSPEC_PGVECTOR} in the
 * environment it measures with the extension too.
 */
public final class PatternBench {

  private static final int QUESTIONS = 200;
  private static final int RECALL_QUESTIONS = 50;

  /** The exact answer reads every vector, which takes many seconds where a million is stored. */
  private static final int VECTORS_READ_EXACTLY = 5_000_000;

  /** Without the extension the newest vectors alone are compared, whatever the number. */
  private static final int MOST_WITHOUT = 100_000;

  private static final int NEAREST = 10;
  private static final int RUN = 5_000;
  private static final double THRESHOLD = 0.85;

  private final Jdbi jdbi;
  private final ProjectId project;
  private final SignatureStore store;
  private final PatternMemory memory;
  private final boolean pgvector;
  private final StringBuilder page;
  private final MadeStock stock;
  private int stored;

  PatternBench(Jdbi jdbi, ProjectId project, boolean pgvector, StringBuilder page) {
    this.jdbi = jdbi;
    this.project = project;
    this.pgvector = pgvector;
    this.page = page;
    stock = new MadeStock(jdbi, project, pgvector);
    store = new SignatureStore(new StoredSignatures(jdbi), new TermCounts(jdbi));
    memory =
        new PatternMemory(
            new Patterns(jdbi),
            new PatternLinks(jdbi),
            new WordCounts(jdbi),
            store,
            EmbeddingRequests.off(),
            PatternConfig.DEFAULT,
            Clock.systemUTC());
  }

  public static void main(String[] arguments) throws IOException {
    int[] sizes = Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
    StringBuilder page = new StringBuilder();
    page.append("# Similar failures among many\n\nMeasured on ")
        .append(LocalDate.now(ZoneOffset.UTC))
        .append(" at commit ")
        .append(Optional.ofNullable(System.getenv("BENCH_COMMIT")).orElse("unknown"))
        .append(" by `bench/run patterns`, one connection, PostgreSQL 17 beside it on the same")
        .append(" machine (")
        .append(Runtime.getRuntime().availableProcessors())
        .append(" cores, shared_buffers 1 GB). ")
        .append(QUESTIONS)
        .append(" questions each, in milliseconds at the caller: statements, reading and scoring.")
        .append(" Made-up failures whose frames, words, templates and types follow Zipf's law")
        .append(" (`MadeFailures`); nine of ten are crossed from two others (`MadeStock`).\n\n")
        .append("| stored | pgvector | known, seen again: p50 | p95 | found itself ≥ 0.85 |")
        .append(" unknown: p50 | p95 | recall@10 of the index | index built in s |\n")
        .append("|---|---|---|---|---|---|---|---|---|\n");
    StringBuilder runs = new StringBuilder();
    for (Optional<Path> extension : servers()) {
      try (MemoryDatabase database = MemoryDatabase.start(extension)) {
        PatternBench bench =
            new PatternBench(database.jdbi(), database.newProject(), extension.isPresent(), page);
        for (int size : sizes) {
          if (extension.isPresent() || size <= MOST_WITHOUT) {
            bench.measure(size, bench.stock.add(bench.stored, size));
          }
        }
        runs.append(bench.run());
      }
    }
    page.append("\nGoal: p95 below 50 ms with pgvector at 10⁶.\n\n")
        .append("A run of ")
        .append(RUN)
        .append(" failing tests, remembered in one transaction")
        .append(" beside what is stored in the last row:\n\n")
        .append(runs);
    Path results = Files.createDirectories(Path.of(arguments[0]));
    Files.writeString(results.resolve("patterns.md"), page);
    System.out.println(page);
  }

  private static List<Optional<Path>> servers() {
    Optional<Path> extension =
        Optional.ofNullable(System.getenv("RETROSPEC_PGVECTOR")).map(Path::of);
    return extension.isPresent() ? List.of(Optional.empty(), extension) : List.of(Optional.empty());
  }

  /**
   * Adds a row to the page.
   *
   * @param size how many are stored now
   * @param built how many seconds each index took
   */
  void measure(int size, Map<String, Double> built) {
    stored = size;
    ask(MadeFailures::again, 50); // warm-up
    Figures known = ask(MadeFailures::again, QUESTIONS);
    Figures unknown = ask(number -> MadeFailures.of(number + 1_000_000_000L), QUESTIONS);
    page.append(
        String.format(
            Locale.ROOT,
            "| %,d | %s | %.1f | %.1f | %.0f %% | %.1f | %.1f | %s | %s |%n",
            stored,
            pgvector ? "yes" : "no",
            known.p50,
            known.p95,
            100 * known.found,
            unknown.p50,
            unknown.p95,
            pgvector ? String.format(Locale.ROOT, "%.2f", recall()) : "–",
            pgvector
                ? String.format(Locale.ROOT, "%.0f", built.get("failure_signature_nearest"))
                : "–"));
    System.err.println(page.substring(page.lastIndexOf("\n| ") + 1));
  }

  /** The n-th of so many questions is about this stored failure. */
  private long number(int question, int questions) {
    return (long) question * stored / questions / MadeStock.LITTER * MadeStock.LITTER;
  }

  private record Figures(double p50, double p95, double found) {}

  private Figures ask(LongFunction<FailureText> failure, int questions) {
    double[] milliseconds = new double[questions];
    int found = 0;
    for (int i = 0; i < questions; i++) {
      long number = number(i, questions);
      FailureSignature signature = Signatures.of(failure.apply(number));
      long began = System.nanoTime();
      List<Match> matches =
          jdbi.inTransaction(
              handle ->
                  store.similar(project, signature, Search.of(Set.of(Origin.CI), THRESHOLD, 5)));
      milliseconds[i] = (System.nanoTime() - began) / 1e6;
      found +=
          matches.stream().anyMatch(match -> match.ownerId().equals(MadeStock.owner(number)))
              ? 1
              : 0;
    }
    Arrays.sort(milliseconds);
    return new Figures(
        milliseconds[questions / 2],
        milliseconds[questions * 95 / 100],
        (double) found / questions);
  }

  /** Of the ten nearest by all vectors, how many the index finds. */
  double recall() {
    int questions = Math.min(RECALL_QUESTIONS, VECTORS_READ_EXACTLY / stored);
    int hits = 0;
    for (int i = 0; i < questions; i++) {
      String vector =
          ArrayText.of(HashedVector.of(Signatures.of(MadeFailures.again(number(i, questions)))));
      Set<Long> exact =
          new HashSet<>(
              nearest(
                  "select id from failure_signature where project_id = :project"
                      + " order by embedding <=> cast(cast(:vector as real[]) as vector)"
                      + " limit :most",
                  vector));
      exact.retainAll(
          nearest(
              "select * from nearest_signatures("
                  + ":project, cast(cast(:vector as real[]) as vector), :most)",
              vector));
      hits += exact.size();
    }
    return (double) hits / (questions * NEAREST);
  }

  private List<Long> nearest(String sql, String vector) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql)
                .bind("project", project)
                .bind("vector", vector)
                .bind("most", NEAREST)
                .mapTo(Long.class)
                .list());
  }

  String run() {
    String with = pgvector ? "with pgvector" : "without pgvector";
    return String.format(
        Locale.ROOT,
        "- %s: all failing alike %.1f s; all failing differently, none known: %.1f s; the same"
            + " again: %.1f s%n",
        with,
        remember(number -> MadeFailures.of(2_000_000_000L)),
        remember(number -> MadeFailures.of(number + 3_000_000_000L)),
        remember(number -> MadeFailures.of(number + 3_000_000_000L)));
  }

  private double remember(LongFunction<FailureText> failure) {
    TestRunId run = TestRunId.mint();
    List<Occurrence> occurrences = new ArrayList<>();
    for (int i = 0; i < RUN; i++) {
      occurrences.add(
          new Occurrence(
              run,
              "test" + i,
              failure.apply(i),
              "c0ffee",
              "main",
              "ann",
              List.of(),
              Instant.EPOCH));
    }
    long began = System.nanoTime();
    jdbi.useTransaction(handle -> memory.remember(project, occurrences));
    return (System.nanoTime() - began) / 1e9;
  }
}
