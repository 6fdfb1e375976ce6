package dev.retrospec.issues.suspects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.Incidents;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IssueSuspectsTest {

  private final Incidents shop = new Incidents();
  private final IssueSuspects suspects = new IssueSuspects(shop.jdbi, shop.decisions);

  private int sessions;

  @Test
  void namesBrowserVariantAndStepWithCountsOnBothSides() {
    ClusterKey key = new ClusterKey("none");
    for (int i = 0; i < 12; i++) {
      String session = session("Safari", "B", "/checkout", "Pay later");
      key = shop.only(shop.visit(session, "u:" + session, shop.exception("m1", "boom")).touched());
    }
    for (int i = 0; i < 40; i++) {
      session(i < 4 ? "Safari" : "Chrome", "A", "/checkout", "Pay now");
    }
    for (int i = 0; i < 20; i++) {
      session("Safari", "B", "/cart", "Pay later");
    }

    IssueSuspects.Comparison found = suspects.of(shop.project, key);

    assertThat(found.route()).isEqualTo("/checkout");
    assertThat(found.failing()).isEqualTo(12);
    assertThat(found.healthy()).isEqualTo(40);
    assertThat(found.suspects())
        .extracting(
            one ->
                "%s %s: %d of %d failing, %d of %d healthy"
                    .formatted(
                        one.fact(),
                        one.value(),
                        one.failing(),
                        one.failingOf(),
                        one.healthy(),
                        one.healthyOf()))
        .containsExactly(
            "Experiment checkout B: 12 of 12 failing, 0 of 40 healthy",
            "Browser Safari: 12 of 12 failing, 4 of 40 healthy",
            "Step before Pay later: 12 of 12 failing, 0 of 40 healthy");
  }

  @Test
  void ofAnUnknownIssueNothingIsSaid() {
    assertThat(suspects.of(shop.project, new ClusterKey("v2-none")).suspects()).isEmpty();
  }

  private String session(String browser, String variant, String page, String click) {
    String session = "s" + sessions++;
    shop.store(session);
    shop.jdbi.useHandle(
        handle -> {
          handle.execute(
              "update session set browser = ?, experiment = jsonb_build_object('checkout',"
                  + " cast(? as text)) where project_id = ? and id = ?",
              browser,
              variant,
              shop.project,
              session);
          handle.execute(
              "insert into session_index (project_id, session_id, started_at, pages, idle, text)"
                  + " values (?, ?, ?, jsonb_build_array(jsonb_build_object('url',"
                  + " 'https://shop.test' || ?)), '[]', '')",
              shop.project,
              session,
              shop.clock.instant(),
              page);
          handle.execute(
              "insert into session_event (project_id, session_id, chunk_seq, ordinal, at, kind,"
                  + " text) values (?, ?, 0, 0, ?, 'click', ?)",
              shop.project,
              session,
              shop.clock.instant().minus(Duration.ofSeconds(1)),
              click);
        });
    return session;
  }
}
