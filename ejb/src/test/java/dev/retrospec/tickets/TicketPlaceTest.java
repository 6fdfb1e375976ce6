package dev.retrospec.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.retrospec.ids.JobId;
import dev.retrospec.issues.TriageState;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.tickets.TicketWebhook.Told;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ticket of which server and place is meant, and who may be asked for it. */
class TicketPlaceTest {

  private static final String SERVER = "https://api.git.test";

  private final TicketDesk desk = new TicketDesk(SERVER);

  @Test
  void ticketOfAServerThatTheProjectHasLeftIsNotTouched() {
    TicketDesk moved = new TicketDesk("https://*.git.test");
    moved.setUp(TrackerKind.GITHUB, "https://one.git.test", "acme/shop", true);
    moved.link(TrackerKind.GITHUB, "12");
    moved.setUp(TrackerKind.GITHUB, "https://two.git.test", "acme/shop", true);

    JobId job = moved.jobs().get(0);

    assertThat(moved.delivery.prepare(moved.outbox.attempts.begin(job).orElseThrow())).isEmpty();
    assertThat(moved.only().status()).isEqualTo("failed");
    assertThat(moved.only().problem()).contains("another server");
  }

  @Test
  void sameNumberOnAnotherServerIsAnotherTicket() {
    TicketDesk moved = new TicketDesk("https://*.git.test");
    moved.setUp(TrackerKind.GITHUB, "https://one.git.test", "acme/shop", true);
    TicketView old = moved.link(TrackerKind.GITHUB, "12");
    moved.setUp(TrackerKind.GITHUB, "https://two.git.test", "acme/shop", true);

    moved.told(new Told("acme/shop", "12", true, true));
    assertThat(moved.only().isClosed()).isFalse();
    assertThat(moved.state()).isEqualTo(TriageState.OPEN);

    TicketView ours = moved.link(TrackerKind.GITHUB, "12");
    moved.told(new Told("acme/shop", "12", true, true));
    assertThat(moved.state()).isEqualTo(TriageState.RESOLVED);
    assertThat(moved.linking.of(moved.shop.project, moved.key))
        .extracting(TicketView::id, TicketView::isClosed)
        .containsExactlyInAnyOrder(tuple(old.id(), false), tuple(ours.id(), true));
  }

  @Test
  void ticketOfARemovedTrackerSaysSo() {
    desk.setUp(TrackerKind.GITLAB, SERVER, "acme/shop", true);
    TicketView asked = desk.link(TrackerKind.GITLAB, null);
    JobId job = desk.jobs().get(0);
    desk.shop.inTransaction(
        () -> {
          desk.trackers.remove(desk.shop.project, TrackerKind.GITLAB);
          return true;
        });

    assertThat(desk.delivery.prepare(desk.outbox.attempts.begin(job).orElseThrow())).isEmpty();

    assertThat(desk.tickets.find(desk.shop.project, asked.id()).orElseThrow().view().problem())
        .isEqualTo("GitLab is not set up for this project any more, or has no token");
  }

  @ParameterizedTest
  @CsvSource({
    "GITHUB, https://git.test/acme/other/issues/13",
    "GITHUB, https://github.com/acme/shop/issues/13",
    "GITHUB, https://git.test/acme/shop/pull/13",
    "GITHUB, https://git.test/x/acme/shop/issues/13",
    "GITLAB, https://api.git.test/group/other/-/issues/13",
    "GITLAB, https://api.git.test/group/shop/-/merge_requests/13",
    "GITLAB, !13",
    "JIRA, OPS-13",
    "JIRA, https://api.git.test/browse/OPS-13",
    "JIRA, https://evil.test/browse/SHOP-13",
  })
  void numberOfAnotherPlacesTicketIsNotTaken(TrackerKind kind, String reference) {
    setUpAll();

    assertThatThrownBy(() -> desk.link(kind, reference)).isInstanceOf(InvalidRequest.class);
  }

  @ParameterizedTest
  @CsvSource({
    "GITHUB, #13, 13",
    "GITHUB, https://git.test/Acme/Shop/issues/13, 13",
    "GITLAB, https://api.git.test/group/shop/-/issues/13, 13",
    "GITLAB, https://api.git.test/group/shop/-/work_items/13?x=1, 13",
    "JIRA, SHOP-13, SHOP-13",
    "JIRA, https://api.git.test/browse/SHOP-13?focusedId=1, SHOP-13",
    "LINEAR, https://linear.app/acme/issue/ENG-13/cannot-pay, ENG-13",
  })
  void ticketIsFoundByItsNumberOrItsAddress(TrackerKind kind, String reference, String number) {
    setUpAll();

    assertThat(desk.link(kind, reference).number()).isEqualTo(number);
  }

  @Test
  void onlyServersThatTheOperatorAllowsAreAsked() {
    TicketConfig config =
        new TicketConfig(List.of("https://*.atlassian.net", "https://git.test"), Optional.empty());

    assertThat(config.allowed("https://acme.atlassian.net/").toString())
        .isEqualTo("https://acme.atlassian.net");
    for (String address :
        List.of(
            "http://acme.atlassian.net",
            "https://atlassian.net",
            "https://acme.atlassian.net.evil.test",
            "https://acme.atlassian.net:8443",
            "https://git.test@evil.test",
            "https://evil.test/https://git.test",
            "http://169.254.169.254",
            "git.test")) {
      assertThatThrownBy(() -> config.allowed(address))
          .as(address)
          .isInstanceOf(InvalidRequest.class);
    }
  }

  private void setUpAll() {
    desk.setUp(TrackerKind.GITHUB, SERVER, "Acme/shop", true);
    desk.setUp(TrackerKind.GITLAB, SERVER, "group/shop", true);
    desk.setUp(TrackerKind.JIRA, SERVER, "SHOP", true);
    desk.setUp(TrackerKind.LINEAR, SERVER, "team-1", true);
  }
}
