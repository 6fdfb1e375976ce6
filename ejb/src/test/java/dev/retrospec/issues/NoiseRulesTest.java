package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.clustering.NoisePolicy;
import dev.retrospec.issues.clustering.NoiseRule;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.ObservedMarker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoiseRulesTest {

  private static final String NOISE = "ResizeObserver loop limit exceeded";
  private static final NoiseRule OWN = NoiseRule.told("chat", "message", "*chat*", true);

  private final Incidents shop = new Incidents();
  private final NoiseRules rules = new NoiseRules(shop.jdbi, shop.clock);

  @Test
  void noiseIsKeptInItsSessionAndCountedPerRuleAndMakesNoCluster() {
    ObservedMarker noise = shop.exception("m1", NOISE);
    MarkerIntake.Taken taken = shop.visit("s1", "u:ann", noise, shop.exception("m2", "boom"));
    shop.visit("s1", "u:ann", noise);
    shop.visit("s2", "u:bob", shop.exception("m1", NOISE), shop.exception("m3", NOISE));

    assertThat(taken.touched()).hasSize(1);
    assertThat(shop.cluster(shop.only(taken.touched())).symptom()).isEqualTo("boom");
    assertThat(taken.added()).extracting(Object::toString).containsExactly("m2");
    assertThat(
            shop.rows(
                "select marker_count, error_count from session where id = 's1' and project_id = ?",
                shop.project))
        .first()
        .hasToString("{marker_count=2, error_count=1}");
    NoiseRules.Count count = rules.counts(shop.project).get("resize-observer");
    assertThat(count.markers()).isEqualTo(3);
    assertThat(count.sessions()).isEqualTo(2);
  }

  @Test
  void whatHasBecomeNoiseIsNeitherCountedNorMoved() {
    ClusterKey chat =
        shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "the chat is gone")).touched());
    ClusterKey other = shop.only(shop.visit("s2", "u:bob", shop.exception("m1", "boom")).touched());
    rules.replace(shop.project, 0, List.of(OWN));
    shop.clock.pass(NoiseRules.GRAIN);
    shop.visit(
        "s1", "u:ann", shop.exception("m2", "the chat is gone"), shop.exception("m3", NOISE));

    assertThat(shop.queries.stats(shop.project, Duration.ofHours(1)))
        .singleElement()
        .satisfies(
            counted -> {
              assertThat(counted.markerCount()).isEqualTo(2);
              assertThat(counted.clusterCount()).isEqualTo(2);
            });
    IssueMerge.Result merged =
        shop.inTransaction(
            () ->
                shop.merge.merge(
                    shop.project, new IssueMerge.Request(other, List.of(chat), null, null)));
    assertThat(merged.movedMarkerCount()).isEqualTo(1);
  }

  @Test
  void whoeverLooksForTheCauseSeesNoNoise() {
    shop.visit("s1", "u:ann", shop.exception("m1", NOISE), shop.exception("m2", "boom"));

    assertThat(new ErrorMarkers(shop.jdbi).observed(shop.project, new SessionId("s1"), 10))
        .extracting(marker -> marker.id().value())
        .containsExactly("m2");
  }

  @Test
  void aProjectsOwnRulesHoldASecondsLater() {
    rules.replace(shop.project, 0, List.of(OWN));
    shop.clock.pass(NoiseRules.GRAIN);

    assertThat(shop.visit("s1", "u:ann", shop.exception("m1", "the chat is gone")).added())
        .isEmpty();
    assertThat(rules.of(shop.project).rules()).hasSize(NoisePolicy.DEFAULTS.size() + 1);
  }

  @Test
  void twoWhoChangeThemAtOnceAreTold() {
    assertThat(rules.replace(shop.project, 0, List.of(OWN)).version()).isEqualTo(1);
    assertThat(rules.replace(shop.project, 1, List.of()).version()).isEqualTo(2);

    assertThatThrownBy(() -> rules.replace(shop.project, 1, List.of(OWN)))
        .isInstanceOf(ChangedMeanwhile.class);
    assertThatThrownBy(() -> rules.replace(shop.project, 0, List.of(OWN)))
        .isInstanceOf(ChangedMeanwhile.class);
  }

  @Test
  void oneNameIsOneRuleAndAProjectMustBeThere() {
    assertThatThrownBy(() -> rules.replace(shop.project, 0, List.of(OWN, OWN)))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> rules.replace(new ProjectId("nobody"), 0, List.of(OWN)))
        .isInstanceOf(NotFound.class);
  }
}
