package dev.retrospec.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.tickets.TrackerSetup.Saved;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrackerSetupTest {

  private static final String SERVER = "https://git.test";

  private final TicketDesk desk = new TicketDesk(SERVER);

  @Test
  void secretIsMadeOnceAndShownOnce() {
    Saved first = save(TrackerKind.GITHUB, "a-token", false);
    Saved second = save(TrackerKind.GITHUB, null, false);

    assertThat(first.newSecret()).hasSizeGreaterThanOrEqualTo(40);
    assertThat(first.toString()).doesNotContain(Objects.requireNonNull(first.newSecret()));
    assertThat(second.newSecret()).isNull();
    assertThat(desk.sync.webhookSecret(desk.shop.project, TrackerKind.GITHUB))
        .hasValue(first.newSecret());
  }

  @Test
  void secretIsMadeAnewWhenSomebodyWants() {
    Saved first = save(TrackerKind.GITLAB, "a-token", false);

    Saved second = save(TrackerKind.GITLAB, null, true);

    assertThat(second.newSecret()).isNotNull().isNotEqualTo(first.newSecret());
    assertThat(desk.sync.webhookSecret(desk.shop.project, TrackerKind.GITLAB))
        .hasValue(second.newSecret());
  }

  @Test
  void linearBringsItsOwnSecret() {
    assertThat(save(TrackerKind.LINEAR, "a-token", true).newSecret()).isNull();
    assertThat(desk.tracker(TrackerKind.LINEAR).hasWebhookSecret()).isFalse();
  }

  @Test
  void trackerIsTriedAsSoonAsItHasAToken() {
    assertThat(save(TrackerKind.GITHUB, null, false).tracker().trial()).isNull();
    assertThat(desk.jobs()).isEmpty();

    assertThat(Objects.requireNonNull(save(TrackerKind.GITHUB, "t", false).tracker().trial()))
        .returns("pending", TrackerTrial::status);
    assertThat(desk.jobs()).hasSize(1);
  }

  @Test
  void trackerWithoutATokenIsNotTried() {
    assertThatThrownBy(() -> desk.tryOut(TrackerKind.GITHUB)).isInstanceOf(NotFound.class);
    save(TrackerKind.GITHUB, null, false);
    assertThatThrownBy(() -> desk.tryOut(TrackerKind.GITHUB))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("GitHub has no token");
  }

  private Saved save(TrackerKind kind, @Nullable String token, boolean renews) {
    String place = kind == TrackerKind.LINEAR ? "team-1" : "acme/shop";
    return desk.shop.inTransaction(
        () ->
            desk.setup.save(
                desk.shop.project,
                new TrackerChange(kind, SERVER, place, null, token, null, true, false),
                renews));
  }
}
