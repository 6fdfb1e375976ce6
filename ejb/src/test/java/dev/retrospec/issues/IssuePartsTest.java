package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class IssuePartsTest {

  private final Incidents shop = new Incidents();
  private final IssueParts parts =
      new IssueParts(shop.jdbi, shop.aliases, shop.constraints, shop.queries);

  @Test
  void anIssueToWhichNothingWasJoinedHasNoParts() {
    ClusterKey whole = visit("s1", "boom");

    IssuePartsView view = parts.of(shop.project, whole);

    assertThat(view.parts()).isEmpty();
    assertThat(view.said()).isEmpty();
    assertThat(view.cut()).isFalse();
  }

  @Test
  void eachPartIsCountedWithWhatCameByWayOfIt() {
    ClusterKey whole = visit("s1", "boom");
    ClusterKey part = visit("s1", "bang");
    visit("s2", "bang");
    ClusterKey inner = visit("s2", "crash");
    merge(part, inner);
    merge(whole, part);

    IssuePartsView view = parts.of(shop.project, whole);

    assertThat(view.ownMarkerCount()).isEqualTo(1);
    assertThat(view.ownSessionCount()).isEqualTo(1);
    IssuePart joined = of(view, part);
    assertThat(joined.markerCount()).isEqualTo(3);
    assertThat(joined.sessionCount()).isEqualTo(2);
    assertThat(joined.alias().by()).isEqualTo("ann");
    assertThat(joined.alias().note()).isEqualTo("one cause");
    assertThat(joined.lastSeenAt()).isNotNull();
    assertThat(of(view, inner).markerCount()).isEqualTo(1);
    assertThat(of(view, inner).example()).contains("crash");
    assertThat(view.said()).isEmpty();
  }

  @Test
  void whatIsCountedOfAPartIsWhatIsTakenOut() {
    ClusterKey whole = visit("s1", "boom");
    ClusterKey part = visit("s2", "bang");
    merge(whole, part);
    long counted = of(parts.of(shop.project, whole), part).markerCount();

    IssueSeparation.Result out =
        shop.inTransaction(() -> shop.separation.separate(shop.project, whole, part, "no", "bea"));

    assertThat(counted).isEqualTo(out.movedMarkerCount());
    IssuePartsView view = parts.of(shop.project, whole);
    assertThat(view.parts()).isEmpty();
    assertThat(view.said())
        .singleElement()
        .satisfies(
            said -> {
              assertThat(said.other()).isEqualTo(part);
              assertThat(said.issue()).isNull();
              assertThat(said.constraint().kind()).isEqualTo(ConstraintKind.CANNOT_LINK);
              assertThat(said.constraint().by()).isEqualTo("bea");
            });
  }

  private static IssuePart of(IssuePartsView view, ClusterKey key) {
    return view.parts().stream()
        .filter(part -> part.alias().key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private void merge(ClusterKey target, ClusterKey source) {
    shop.inTransaction(
        () ->
            shop.merge.merge(
                shop.project, new IssueMerge.Request(target, List.of(source), "one cause", "ann")));
  }

  private ClusterKey visit(String session, String label) {
    return shop.only(
        shop.visit(session, "u:of-" + session, shop.exception("m-" + label, label)).touched());
  }
}
