package dev.retrospec.patterns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.patterns.openai.EmbeddingConfig;
import dev.retrospec.patterns.openai.Embeddings;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.store.SignatureStore;
import dev.retrospec.signatures.store.StoredSignatures;
import dev.retrospec.signatures.store.TermCounts;
import dev.retrospec.testing.RecordedEvents;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;

/** A project's memory on a real database, with failures to fill it. */
public final class CiMemory {

  public final TestDatabase database;
  public final ProjectId project;
  public final Jdbi jdbi;
  public final SettableClock clock;
  public final SignatureStore store;
  public final Patterns patterns;
  public final PatternLinks links;
  public final WordCounts words;
  public final PatternQueries queries;
  public final PatternSearch search;
  public final PatternMemory memory;
  public final PatternDecisions decisions;
  public final PatternNeighbours neighbours;
  public final RecordedEvents<PatternMerged> mergers = new RecordedEvents<>();
  public final ProductionLinks production;
  public final MemoryEntries entries;
  public final Outbox outbox;
  public final ModelVectors vectors;
  public final EmbeddingRequests requests;
  public final MemoryEmbedding embedding;

  public CiMemory() {
    this(TestDatabase.get());
  }

  public CiMemory(TestDatabase database) {
    this(database, EmbeddingConfig.OFF);
  }

  public CiMemory(TestDatabase database, EmbeddingConfig model) {
    this(
        database,
        database.newProject(),
        new SettableClock(Instant.parse("2026-11-21T12:00:00Z")),
        model);
  }

  public CiMemory(
      TestDatabase database, ProjectId project, SettableClock clock, EmbeddingConfig model) {
    this.database = database;
    this.project = project;
    this.clock = clock;
    jdbi = database.jdbi();
    outbox = new Outbox(database, clock, Map.of());
    store = new SignatureStore(new StoredSignatures(jdbi), new TermCounts(jdbi));
    patterns = new Patterns(jdbi);
    links = new PatternLinks(jdbi);
    words = new WordCounts(jdbi);
    queries = new PatternQueries(jdbi, links, clock);
    vectors = new ModelVectors(jdbi);
    Embeddings embeddings = new Embeddings(model, outbox.meters, clock);
    requests = new EmbeddingRequests(embeddings, vectors, outbox.queue);
    PatternConfig config = PatternConfig.DEFAULT;
    FoundPatterns found = new FoundPatterns(jdbi);
    search = new PatternSearch(found, words, links, store, embeddings, vectors, config);
    memory = new PatternMemory(patterns, links, words, store, requests, config, clock);
    decisions =
        new PatternDecisions(
            new DecidedPatterns(jdbi), queries, patterns, links, store, mergers, clock);
    neighbours = new PatternNeighbours(patterns, links, store);
    production = new ProductionLinks(patterns, links, store, config, clock);
    entries = new MemoryEntries(jdbi, words, embeddings, vectors, requests, clock);
    embedding =
        new MemoryEmbedding(
            embeddings,
            vectors,
            found,
            entries,
            new ModelNeighbours(vectors, found, links, store),
            requests,
            clock);
  }

  /** For the tests of what stands above. */
  public static SignatureStore signatures(Jdbi jdbi) {
    return new SignatureStore(new StoredSignatures(jdbi), new TermCounts(jdbi));
  }

  public static ProductionLinks productionLinks(Jdbi jdbi, java.time.Clock clock) {
    return new ProductionLinks(
        new Patterns(jdbi),
        new PatternLinks(jdbi),
        new SignatureStore(new StoredSignatures(jdbi), new TermCounts(jdbi)),
        PatternConfig.DEFAULT,
        clock);
  }

  /** The same. */
  public static PatternMemory of(TestDatabase database, java.time.Clock clock) {
    Jdbi jdbi = database.jdbi();
    return new PatternMemory(
        new Patterns(jdbi),
        new PatternLinks(jdbi),
        new WordCounts(jdbi),
        new SignatureStore(new StoredSignatures(jdbi), new TermCounts(jdbi)),
        EmbeddingRequests.off(),
        PatternConfig.DEFAULT,
        clock);
  }

  public <T> T inTransaction(Callable<T> work) {
    return database.inTransaction(work);
  }

  public void inTransaction(Runnable work) {
    database.inTransaction(work);
  }

  public List<Remembered> remember(Occurrence... occurrences) {
    return inTransaction(() -> memory.remember(project, List.of(occurrences)));
  }

  /** One failing test of a run of its own. */
  public Remembered fails(String test, FailureText failure) {
    return remember(occurrence(TestRunId.mint(), test, failure)).get(0);
  }

  public Occurrence occurrence(TestRunId run, String test, FailureText failure) {
    return new Occurrence(
        run, test, failure, "c0ffee1", "main", "ann", List.of("src/web/page.ts"), clock.instant());
  }

  public List<PatternHit> find(String q, double threshold) {
    return inTransaction(() -> search.search(project, q, 5, threshold));
  }

  public long count(String sql) {
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).bind("project", project).mapTo(Long.class).one());
  }

  /** The backend cannot be reached from the sign-in. */
  public static FailureText refused(int port) {
    return new FailureText(
        "java.net.ConnectException",
        "Connection refused: localhost:" + port + " while calling /api/auth",
        """
        java.net.ConnectException: Connection refused: localhost:%d while calling /api/auth
        \tat java.base/sun.nio.ch.Net.pollConnect(Native Method)
        \tat com.shop.auth.AuthClient.connect(AuthClient.java:%d)
        \tat com.shop.auth.LoginFlow.signIn(LoginFlow.java:%d)
        \tat com.shop.auth.LoginFlowTest.signsIn(LoginFlowTest.java:31)
        """
            .formatted(port, port % 90 + 1, port % 70 + 1));
  }

  /** Refused, too, on another way: related, and not the same. */
  public static FailureText refusedElsewhere() {
    return new FailureText(
        "java.net.ConnectException",
        "Connection refused: localhost:5432 while calling /api/payments",
        """
        java.net.ConnectException: Connection refused: localhost:5432 while calling /api/payments
        \tat java.base/sun.nio.ch.Net.pollConnect(Native Method)
        \tat com.shop.auth.AuthClient.connect(AuthClient.java:12)
        \tat com.shop.pay.Payments.pay(Payments.java:77)
        \tat com.shop.pay.PaymentsTest.pays(PaymentsTest.java:19)
        """);
  }

  /** Something else altogether. */
  public static FailureText nullTotal() {
    return new FailureText(
        "java.lang.NullPointerException",
        "Cannot invoke \"Cart.total()\" because \"cart\" is null",
        """
        java.lang.NullPointerException: Cannot invoke "Cart.total()" because "cart" is null
        \tat com.shop.cart.Checkout.summary(Checkout.java:88)
        \tat com.shop.cart.CheckoutPage.render(CheckoutPage.java:14)
        \tat com.shop.cart.CheckoutTest.showsTheTotal(CheckoutTest.java:52)
        """);
  }

  /** Many failures that have nothing in common but their kind. */
  public static FailureText unlike(int number) {
    String name = "Part" + Integer.toString(number * 7919 + 1_000_000, 36).toUpperCase();
    return new FailureText(
        "com.shop." + name.toLowerCase() + "." + name + "Broken",
        name + " gave up on " + name.toLowerCase() + "ledger",
        "com.shop.%s.%sBroken: %s gave up\n\tat com.shop.%s.%sStore.read(%sStore.java:12)\n"
            .formatted(name.toLowerCase(), name, name, name.toLowerCase(), name, name));
  }

  /** As many tests of one run. */
  public List<Occurrence> run(
      TestRunId run, int tests, java.util.function.IntFunction<FailureText> failure) {
    List<Occurrence> occurrences = new ArrayList<>();
    for (int i = 0; i < tests; i++) {
      occurrences.add(occurrence(run, "test" + i, failure.apply(i)));
    }
    return occurrences;
  }
}
