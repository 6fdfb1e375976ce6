package dev.retrospec.sourcemaps;

import static dev.retrospec.sourcemaps.MapShelf.ID;
import static dev.retrospec.sourcemaps.MapShelf.MAP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.artifacts.ArtifactContent;
import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.artifacts.OrphanSweep;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.sourcemaps.SourceMapUpload.Outcome;
import dev.retrospec.sourcemaps.SourceMapUpload.Uploaded;
import dev.retrospec.sourcemaps.symbols.OriginalLines;
import dev.retrospec.sourcemaps.symbols.StackKey;
import dev.retrospec.sourcemaps.symbols.StackText;
import dev.retrospec.testing.CountingStatements;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceMapsTest {

  private final MapShelf shelf = new MapShelf();

  @Test
  void aMapIsKeptOnceHoweverOftenItComes() {
    Uploaded first = shelf.put(ID.toUpperCase(Locale.ROOT), "1", "~/js/app.js");
    Uploaded again = shelf.put(ID, "1", "https://shop.example/js/app.js?v=1");

    assertThat(first.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(again.map().id()).isEqualTo(first.map().id());
    assertThat(shelf.stored()).hasSize(1);
    assertThat(shelf.listed(null))
        .singleElement()
        .satisfies(
            map -> {
              assertThat(map.debugId().value()).isEqualTo(ID);
              assertThat(map.url()).isEqualTo("js/app.js");
              assertThat(map.releases()).containsExactly("1");
              assertThat(map.mappings()).isEqualTo(1);
            });
  }

  @Test
  void oneBuildMayBePartOfSeveralReleases() {
    shelf.put(ID, "1", "app.js");
    shelf.put(ID, "2", "app.js");

    assertThat(shelf.listed("1")).isEqualTo(shelf.listed("2")).hasSize(1);
    assertThat(shelf.maps.releases(shelf.project, 10))
        .extracting(ReleaseMaps::release)
        .containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void anotherBuildOfTheSameReleaseAndAddressTakesItsPlace() {
    shelf.put(null, "1", "app.js");
    Uploaded other = shelf.put(null, "1", "app.js", MAP.replace("cart.ts", "basket.ts"));

    assertThat(other.outcome()).isEqualTo(Outcome.REPLACED);
    assertThat(shelf.listed("1")).hasSize(1);
    assertThat(shelf.stored()).hasSize(1);
  }

  @Test
  void whatIsKeptHoldsNoSources() throws IOException {
    shelf.put(ID, null, null);

    try (ArtifactContent content = shelf.store.open(shelf.stored().get(0).key()).orElseThrow();
        GZIPInputStream json = new GZIPInputStream(content.stream())) {
      assertThat(new String(json.readAllBytes(), StandardCharsets.UTF_8))
          .contains("cart.ts")
          .doesNotContain("secret");
    }
    assertThat(shelf.objects.open(shelf.stored().get(0).key()).orElseThrow().at(1, 11).line())
        .isEqualTo(2);
  }

  @Test
  void theDebugIdInTheFileCountsWhenNoneIsTold() {
    shelf.put(null, null, null, MAP.replace("{", "{\"debug_id\":\"" + ID + "\","));

    assertThat(shelf.listed(null).get(0).debugId().value()).isEqualTo(ID);
    assertThatThrownBy(
            () ->
                shelf.put(
                    "00000000-023f-4cf1-a267-535f4e37bb17",
                    null,
                    null,
                    MAP.replace("{", "{\"debug_id\":\"" + ID + "\",")))
        .isInstanceOf(InvalidRequest.class);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, 1, -", "-, -, app.js", "-, -, -"})
  void whatNothingWouldFindIsRefused(String id, String release, String url) {
    assertThatThrownBy(() -> shelf.put(id, release, url)).isInstanceOf(InvalidRequest.class);
    assertThat(shelf.stored()).isEmpty();
  }

  @Test
  void aProjectKeepsSoManyAndNoMore() {
    SettableClock clock = new SettableClock(MapShelf.NOW);
    MapShelf small =
        new MapShelf(
            TestDatabase.get().newProject(),
            new MemoryArtifactStore(),
            new SourceMapConfig(Duration.ofDays(1), 1, 10_000, 100),
            clock);
    small.put(ID, "1", "a.js");

    assertThatThrownBy(() -> small.put(null, "1", "b.js")).isInstanceOf(TooManySourceMaps.class);
    assertThat(small.put(ID, "1", "a.js", MAP.replace("cart", "shop")).outcome())
        .isEqualTo(Outcome.REPLACED);
  }

  @Test
  void mapsAreDeletedOneByOneOrWithTheirRelease() {
    Uploaded one = shelf.put(null, "1", "a.js");
    shelf.put(null, "1", "b.js");
    shelf.put(ID, "1", "c.js");
    shelf.put(ID, "2", "c.js");
    shelf.delete(one.map().id());

    assertThat(shelf.stored()).hasSize(2);
    assertThatThrownBy(() -> shelf.delete(one.map().id())).isInstanceOf(NotFound.class);
    assertThat(shelf.database.inTransaction(() -> shelf.upload.deleteRelease(shelf.project, "1")))
        .isEqualTo(1);
    assertThat(shelf.listed(null))
        .singleElement()
        .extracting(SourceMapView::releases)
        .isEqualTo(List.of("2"));
    assertThat(shelf.stored()).hasSize(1);
  }

  @Test
  void mapsGoWhenNothingIsSeenOfThemAnyMore() {
    shelf.put(null, "old", "a.js");
    shelf.put(null, "visited", "a.js");
    shelf.clock.pass(Duration.ofDays(80));
    shelf.projects.visited(shelf.project, "visited");
    shelf.clock.pass(Duration.ofDays(20));
    shelf.data.sweep(MapShelf.NOW);

    assertThat(shelf.listed(null))
        .extracting(SourceMapView::releases)
        .containsExactly(List.of("visited"));
    assertThat(shelf.stored()).hasSize(1);
  }

  @Test
  void theSweepOfOrphansKnowsWhatIsKept() {
    shelf.put(ID, "1", "a.js");

    assertThat(shelf.objects.known(Set.of(shelf.stored().get(0).key()))).hasSize(1);
    assertThat(new OrphanSweep(shelf.store, List.of(shelf.objects), shelf.clock).run()).isZero();
  }

  @Test
  void theListIsReadInPieces() {
    for (String file : List.of("a.js", "b.js", "c.js")) {
      shelf.put(null, "1", file);
    }
    Page<SourceMapView> first = shelf.maps.list(shelf.project, "1", null, 2);
    Page<SourceMapView> rest =
        shelf.maps.list(shelf.project, "1", Cursor.parse(first.nextCursor()), 2);

    assertThat(first.items()).hasSize(2);
    assertThat(rest.items()).hasSize(1).doesNotContainAnyElementsOf(first.items());
  }

  @Test
  void aStackIsKnownUntilAMapCouldTellMoreOfIt() {
    StackKey whole = key("a@https://a.test/a.js:1:11");
    StackKey half = key("b@https://a.test/b.js:1:11");
    OriginalLines lines = new OriginalLines(Arrays.asList("    at a.ts:1:1", null));
    shelf.database.inTransaction(
        () ->
            shelf.stacks.keep(
                shelf.project,
                List.of(
                    new KnownStack(whole, lines, true, Set.of()),
                    new KnownStack(half, lines, false, Set.of())),
                shelf.clock.instant()));
    assertThat(lookUp(whole, half)).containsOnlyKeys(whole, half).containsValue(lines);

    shelf.put(ID, "1", "b.js");

    assertThat(lookUp(whole, half)).containsOnlyKeys(whole);
    shelf.clock.pass(Duration.ofDays(60));
    assertThat(lookUp(whole)).hasSize(1);
    shelf.clock.pass(Duration.ofDays(60));
    shelf.data.sweep(MapShelf.NOW);
    assertThat(lookUp(whole)).hasSize(1);
  }

  @Test
  void aStackThatIsSeenKeepsItsMaps() {
    Uploaded map = shelf.put(ID, null, null);
    StackKey key = key("a@https://a.test/a.js:1:11");
    shelf.stacks.keep(
        shelf.project,
        List.of(new KnownStack(key, new OriginalLines(List.of("x")), true, Set.of(map.map().id()))),
        shelf.clock.instant());
    shelf.clock.pass(Duration.ofDays(60));
    lookUp(key);

    assertThat(shelf.listed(null).get(0).lastSeenAt()).isEqualTo(shelf.clock.instant());
  }

  @Test
  void aScriptHasTheMapOfItsBuildElseOfItsReleaseAndAddress() {
    shelf.put(ID, "1", "js/app.js");
    Uploaded plain = shelf.put(null, "1", "admin/app.js");
    Uploaded shop = shelf.put(null, "1", "app.js");
    StackText.Frame app = frame("https://a.test/shop/app.js?x=1");
    StackText.Frame admin = frame("https://a.test/admin/app.js");
    List<CoveringMap> all = shelf.maps.covering(shelf.project, Set.of(ID), "1", Set.of("app.js"));

    assertThat(all).hasSize(3);
    ScriptMaps scripts = new ScriptMaps(all, null, "1");
    assertThat(scripts.of(admin).orElseThrow().id()).isEqualTo(plain.map().id());
    assertThat(scripts.of(app).orElseThrow().id()).isEqualTo(shop.map().id());
    assertThat(scripts.of(frame("https://a.test/other.js"))).isEmpty();
    ScriptMaps told = new ScriptMaps(all, Map.of(app.url(), ID), "1");
    assertThat(told.of(app).orElseThrow().debugId().value()).isEqualTo(ID);
    assertThat(new ScriptMaps(all, null, "2").of(app)).isEmpty();
  }

  @Test
  void knownStacksAreBoundedAndThoseSeenLongestAgoGoFirst() {
    MapShelf small =
        new MapShelf(
            shelf.project,
            shelf.store,
            new SourceMapConfig(Duration.ofDays(90), 10, 1 << 20, 3),
            shelf.clock);
    for (int i = 0; i < 5; i++) {
      keep(small, "s" + i);
      shelf.clock.pass(Duration.ofDays(2));
      lookUp(key("s0@https://a.test/a.js:1:11"));
    }

    assertThat(
            lookUp(
                java.util.stream.IntStream.range(0, 5)
                    .mapToObj(i -> key("s" + i + "@https://a.test/a.js:1:11"))
                    .toArray(StackKey[]::new)))
        .containsOnlyKeys(
            key("s0@https://a.test/a.js:1:11"),
            key("s3@https://a.test/a.js:1:11"),
            key("s4@https://a.test/a.js:1:11"));
    assertThat(small.meters.counter("retrospec.sourcemaps.stacks.dropped").count()).isEqualTo(2);
  }

  @Test
  void whetherStacksAreTooManyIsNotLookedAtForEachThatIsKept() {
    MapShelf some =
        new MapShelf(
            shelf.project,
            shelf.store,
            new SourceMapConfig(Duration.ofDays(90), 10, 1 << 20, 500),
            shelf.clock);
    List<String> statements = new ArrayList<>();
    some.jdbi.setSqlLogger(new CountingStatements(statements));
    try {
      for (int i = 0; i < 12; i++) {
        keep(some, "s" + i);
      }
    } finally {
      some.jdbi.setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
    }

    assertThat(statements).filteredOn(sql -> sql.contains("delete")).hasSize(2);
  }

  @Test
  @Timeout(30)
  void slowUploadsKeepNobodyWaiting() throws Exception {
    int slow = 5;
    CountDownLatch begun = new CountDownLatch(slow);
    CountDownLatch end = new CountDownLatch(1);
    ExecutorService clients = Executors.newFixedThreadPool(slow);
    try {
      for (int i = 0; i < slow; i++) {
        clients.submit(
            () ->
                shelf.upload.accept(
                    shelf.project,
                    new NewSourceMap(null, "1", "slow.js"),
                    new InputStream() {
                      @Override
                      public int read() {
                        begun.countDown();
                        try {
                          end.await();
                        } catch (InterruptedException e) {
                          Thread.currentThread().interrupt();
                        }
                        return -1;
                      }
                    }));
      }
      begun.await();

      assertThat(shelf.put(ID, "1", "app.js").outcome()).isEqualTo(Outcome.CREATED);
    } finally {
      end.countDown();
      clients.shutdown();
    }
  }

  private static void keep(MapShelf shelf, String function) {
    shelf.stacks.keep(
        shelf.project,
        List.of(
            new KnownStack(
                key(function + "@https://a.test/a.js:1:11"),
                new OriginalLines(List.of("x")),
                true,
                Set.of())),
        shelf.clock.instant());
  }

  private Map<StackKey, OriginalLines> lookUp(StackKey... keys) {
    return shelf.stacks.lookUp(shelf.project, List.of(keys), shelf.clock.instant());
  }

  private static StackKey key(String stack) {
    return StackText.of(stack).key("1", null);
  }

  private static StackText.Frame frame(String url) {
    return new StackText.Frame(false, null, url, 1, 1);
  }
}
