package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.patterns.CiMemory;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.store.Holding;
import dev.retrospec.signatures.store.Origin;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {

  private static final String STACK =
      """
      TypeError: Cannot read properties of undefined (reading 'price')
          at totalOf (https://shop.test/assets/cart/totals.js:12:7)
          at renderCart (https://shop.test/assets/cart/view.js:40:3)
          at refreshBasket (https://shop.test/assets/cart/basket.js:8:1)
          at onQuantityChange (https://shop.test/assets/cart/basket.js:31:5)
          at dispatchChange (https://shop.test/assets/forms/input.js:77:9)
      """;

  /** What threw was moved to another folder, and has one caller more. */
  private static final String WRAPPED =
      STACK
          .replace("cart/totals.js", "prices/totals.js")
          .replace(
              "    at dispatchChange",
              "    at withSpinner (https://shop.test/assets/forms/spinner.js:3:1)\n    at dispatchChange");

  private static final String ELSEWHERE =
      """
      TypeError: Cannot read properties of undefined (reading 'price')
          at formatPrice (https://shop.test/assets/search/result.js:12:7)
          at renderResults (https://shop.test/assets/search/list.js:40:3)
          at onSearch (https://shop.test/assets/search/form.js:8:1)
          at dispatchChange (https://shop.test/assets/forms/input.js:77:9)
      """;

  private final Incidents shop = new Incidents();

  @Test
  void aNewClusterThatLooksLikeAnotherOneBecomesPartOfIt() {
    ClusterKey first = visit("s1", STACK);
    assertThat(compare(first, STACK)).isEqualTo(NearDuplicates.Outcome.CLUSTER);
    ClusterKey second = visit("s2", WRAPPED);
    assertThat(second).isNotEqualTo(first);

    assertThat(compare(second, WRAPPED)).isEqualTo(NearDuplicates.Outcome.JOINED);
    shop.settle();

    assertThat(shop.cluster(first).sessionCount()).isEqualTo(2);
    assertThat(shop.cluster(first).promotedAt()).isNotNull();
    assertThat(visit("s3", WRAPPED)).isEqualTo(first);
    assertThat(shop.aliases.of(shop.project, first))
        .singleElement()
        .satisfies(
            alias -> {
              assertThat(alias.key()).isEqualTo(second);
              assertThat(alias.kind()).isEqualTo(AliasKind.LIKENESS);
              assertThat(alias.likeness()).isNotNull();
              assertThat(alias.likeness().score()).isBetween(0.9, 1.0);
              assertThat(alias.likeness().sharedFrames()).contains("totalOf@totals.js");
            });
    assertThat(shop.joins.fired())
        .singleElement()
        .satisfies(
            joined -> {
              assertThat(joined.sources()).containsExactly(second);
              assertThat(joined.target()).isEqualTo(first);
              assertThat(joined.kind()).isEqualTo(AliasKind.LIKENESS);
              assertThat(joined.score()).isBetween(0.9, 1.0);
            });
    // The job comes again.
    assertThat(compare(second, WRAPPED)).isEqualTo(NearDuplicates.Outcome.GONE);
    assertThat(compare(first, STACK)).isEqualTo(NearDuplicates.Outcome.ISSUE);
    shop.settle();
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void anIssueThatWasRememberedBeforeItWasOneIsNoRivalOfItself() {
    ClusterKey issue = visit("s1", STACK);
    compare(issue, STACK);
    CiMemory.signatures(shop.jdbi)
        .put(
            shop.project,
            new Holding(Origin.PRODUCTION, issue.value(), failure(STACK), shop.clock.instant()));

    assertThat(compare(visit("s2", WRAPPED), WRAPPED)).isEqualTo(NearDuplicates.Outcome.JOINED);
  }

  @Test
  void whatARegroupMakesIsNotJoinedToTheClusterThatItIsMadeOf() {
    ClusterKey source = visit("s1", STACK);
    compare(source, STACK);
    ClusterKey made = visit("s2", WRAPPED);
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set made_from = array[?] where project_id = ? and key = ?",
                source,
                shop.project,
                made));

    assertThat(compare(made, WRAPPED)).isEqualTo(NearDuplicates.Outcome.CLUSTER);
  }

  @Test
  void theSameWordsElsewhereAreAnotherFailure() {
    ClusterKey first = visit("s1", STACK);
    compare(first, STACK);
    ClusterKey second = visit("s2", ELSEWHERE);

    assertThat(compare(second, ELSEWHERE)).isEqualTo(NearDuplicates.Outcome.CLUSTER);
  }

  @Test
  void whatThePageGroupsItselfBecomesNoPartOfAnythingNorAnythingPartOfIt() {
    ClusterKey first = visit(shop, "s1", STACK, List.of("cart", "anna"));
    compare(first, STACK);
    ClusterKey second = visit(shop, "s2", STACK, List.of("cart", "bob"));

    assertThat(compare(second, STACK)).isEqualTo(NearDuplicates.Outcome.CLUSTER);
    assertThat(compare(visit("s3", STACK), STACK)).isEqualTo(NearDuplicates.Outcome.CLUSTER);
  }

  @Test
  void whatWebKitTellsWithoutCallsBecomesPartOfTheOneThatSaysTheSame() {
    ClusterKey first = visit("s1", STACK);
    compare(first, STACK);
    String silent = "TypeError: undefined is not an object (evaluating 'line.price')\n";
    ClusterKey second = visit("s2", silent);
    assertThat(second).isNotEqualTo(first);

    assertThat(compare(second, silent)).isEqualTo(NearDuplicates.Outcome.JOINED);
  }

  @Test
  void whatWasComparedOnceStaysWhatItIs() {
    ClusterKey second = visit("s2", WRAPPED);
    compare(second, WRAPPED);
    ClusterKey first = visit("s1", STACK);
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set compared_at = now() where project_id = ?", shop.project));

    assertThat(compare(first, STACK)).isEqualTo(NearDuplicates.Outcome.CLUSTER);
  }

  @Test
  void twoThatAreNewAtTheSameMomentSeeEachOther() throws Exception {
    for (int round = 0; round < 5; round++) {
      Incidents one = new Incidents();
      ClusterKey a = visit(one, "s1", STACK);
      ClusterKey b = visit(one, "s2", WRAPPED);
      ExecutorService workers = Executors.newFixedThreadPool(2);
      try {
        List<Callable<NearDuplicates.Outcome>> both =
            List.of(() -> compare(one, a, STACK), () -> compare(one, b, WRAPPED));
        List<NearDuplicates.Outcome> outcomes = new java.util.ArrayList<>();
        for (Future<NearDuplicates.Outcome> each : workers.invokeAll(both)) {
          outcomes.add(each.get());
        }
        assertThat(outcomes)
            .containsExactlyInAnyOrder(
                NearDuplicates.Outcome.CLUSTER, NearDuplicates.Outcome.JOINED);
      } finally {
        workers.shutdownNow();
      }
      one.settle();
      assertThat(one.count("select count(*) from issue_cluster where project_id = ?", one.project))
          .isEqualTo(1);
      assertThat(one.miscounted()).isEmpty();
    }
  }

  @Test
  void aJoinIsUndoneForGood() {
    ClusterKey first = visit("s1", STACK);
    compare(first, STACK);
    ClusterKey second = visit("s2", WRAPPED);
    compare(second, WRAPPED);
    visit("s3", WRAPPED);
    shop.settle();

    IssueSeparation.Result result = separate(first, second);
    shop.settle();

    assertThat(result.movedMarkerCount()).isEqualTo(2);
    assertThat(shop.cluster(first).sessionCount()).isEqualTo(1);
    assertThat(shop.cluster(second).sessionCount()).isEqualTo(2);
    assertThat(shop.cluster(second).userCount()).isEqualTo(2);
    assertThat(shop.cluster(second).promotedAt()).isNotNull();
    assertThat(visit("s4", WRAPPED)).isEqualTo(second);
    assertThat(shop.constraints.of(shop.project, second))
        .singleElement()
        .satisfies(said -> assertThat(said.kind()).isEqualTo(ConstraintKind.CANNOT_LINK));
    shop.settle();
    assertThat(shop.miscounted()).isEmpty();

    // Even if it were new once more.
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set compared_at = null where project_id = ?", shop.project));
    assertThat(compare(second, WRAPPED)).isEqualTo(NearDuplicates.Outcome.ISSUE);
  }

  @Test
  void aPartOfAPartGoesWithIt() {
    ClusterKey a = shop.only(shop.visit("s1", "u:1", shop.exception("m1", "boom")).touched());
    ClusterKey b = shop.only(shop.visit("s2", "u:2", shop.exception("m1", "bang")).touched());
    ClusterKey c = shop.only(shop.visit("s3", "u:3", shop.exception("m1", "crash")).touched());
    merge(b, c);
    merge(a, b);

    separate(a, b);
    shop.settle();

    assertThat(shop.cluster(a).sessionCount()).isEqualTo(1);
    assertThat(shop.cluster(b).sessionCount()).isEqualTo(2);
    assertThat(shop.only(shop.visit("s4", "u:4", shop.exception("m1", "crash")).touched()))
        .isEqualTo(b);
    shop.settle();
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void onlyWhatIsPartOfAnIssueIsSeparated() {
    ClusterKey a = shop.only(shop.visit("s1", "u:1", shop.exception("m1", "boom")).touched());
    assertThatThrownBy(() -> separate(a, new ClusterKey("v1-none"))).isInstanceOf(NotFound.class);
    shop.inTransaction(
        () -> {
          shop.decisions.alias(
              shop.project, Set.of(new ClusterKey("v0-old")), a, AliasOrigin.regroup());
          return true;
        });
    assertThatThrownBy(() -> separate(a, new ClusterKey("v0-old")))
        .isInstanceOf(InvalidRequest.class);
  }

  private void merge(ClusterKey target, ClusterKey source) {
    shop.inTransaction(
        () ->
            shop.merge.merge(
                shop.project, new IssueMerge.Request(target, List.of(source), null, "ann")));
  }

  private IssueSeparation.Result separate(ClusterKey issue, ClusterKey part) {
    return shop.inTransaction(
        () -> shop.separation.separate(shop.project, issue, part, "not one", "ann"));
  }

  private ClusterKey visit(String session, String stack) {
    return visit(shop, session, stack);
  }

  private static ClusterKey visit(Incidents shop, String session, String stack) {
    return visit(shop, session, stack, List.of());
  }

  private static ClusterKey visit(
      Incidents shop, String session, String stack, List<String> fingerprint) {
    String line = stack.substring(0, stack.indexOf('\n'));
    return shop.only(
        shop.visit(
                session,
                "u:" + session,
                new ObservedMarker(
                    new MarkerId("m1"),
                    MarkerKind.JS_EXCEPTION,
                    null,
                    null,
                    line,
                    null,
                    "/cart",
                    100,
                    new ErrorDetail("TypeError", line.substring(11), stack, null, null),
                    null,
                    null,
                    fingerprint,
                    shop.clock.instant()))
            .touched());
  }

  private NearDuplicates.Outcome compare(ClusterKey key, String stack) {
    return compare(shop, key, stack);
  }

  private static NearDuplicates.Outcome compare(Incidents shop, ClusterKey key, String stack) {
    return shop.inTransaction(() -> shop.duplicates.compare(shop.project, key, failure(stack)));
  }

  private static FailureSignature failure(String stack) {
    String line = stack.substring(0, stack.indexOf('\n'));
    return Signatures.of(new FailureText("TypeError", line.substring(11), stack));
  }
}
