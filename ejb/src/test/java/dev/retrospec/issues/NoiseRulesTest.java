package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.clustering.NoisePolicy;
import dev.retrospec.issues.clustering.NoiseRule;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.ObservedMarker;
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
