package dev.retrospec.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.issues.TriageState;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.tickets.TicketRequest.Ticket;
import dev.retrospec.tickets.TicketWebhook.Told;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TicketSyncTest {

  private static final String SERVER = "https://git.test";

  private final TicketDesk desk = new TicketDesk(SERVER);

  @BeforeEach
  void linkATicket() {
    desk.setUp(TrackerKind.GITHUB, SERVER, "Acme/shop", true);
    TicketView ticket = desk.link(TrackerKind.GITHUB, "https://github.com/acme/shop/issues/12");
    desk.shop.inTransaction(
        () -> {
          desk.tickets.linked(
              desk.shop.project, ticket.id(), new Ticket("12", "https://git.test/12", false));
          return true;
        });
    desk.jobs();
  }

  @Test
  void closedTicketResolvesItsIssueAndAsksNothingBack() {
    told(true);
    told(true);

    assertThat(desk.state()).isEqualTo(TriageState.RESOLVED);
    assertThat(desk.said()).containsOnlyOnce("GitHub 12 resolved it");
    assertThat(desk.jobs()).as("the tracker knows").isEmpty();
  }

  @Test
  void reopenedTicketReopensItsIssue() {
    told(true);
    told(false);

    assertThat(desk.state()).isEqualTo(TriageState.OPEN);
    assertThat(desk.said().get(0)).isEqualTo("GitHub 12 reopened it");
  }

  @Test
  void resolvedIssueClosesItsTicketOnce() {
    desk.decide(TriageState.RESOLVED);
    assertThat(desk.jobs()).hasSize(1);

    told(true);

    assertThat(desk.jobs()).isEmpty();
    assertThat(desk.said()).doesNotContain("GitHub 12 resolved it");
  }

  @Test
  void ticketsOfOthersDecideNothing() {
    tell(new Told("acme/other", "12", true));
    tell(new Told("acme/shop", "13", true));

    assertThat(desk.state()).isEqualTo(TriageState.OPEN);
  }

  @Test
  void projectThatWantsItNotIsNotDecidedFor() {
    desk.shop.inTransaction(
        () ->
            desk.trackers.set(
                desk.shop.project,
                new TrackerChange(
                    TrackerKind.GITHUB, SERVER, "acme/shop", null, null, null, false, false)));

    told(true);

    assertThat(desk.state()).isEqualTo(TriageState.OPEN);
    assertThat(desk.only().isClosed()).isTrue();
  }

  @Test
  void tokenIsSealedAndDoesNotFollowToAnotherServer() {
    List<String> stored =
        desk.shop.jdbi.withHandle(
            handle ->
                handle
                    .select(
                        "select token || webhook_secret from ticket_tracker where project_id = ?",
                        desk.shop.project)
                    .mapTo(String.class)
                    .list());
    assertThat(stored)
        .singleElement()
        .asString()
        .doesNotContain("token-of-the-tracker")
        .doesNotContain(TicketDesk.SECRET);
    assertThat(desk.trackers.of(desk.shop.project).toString()).doesNotContain("token-of");
    assertThat(desk.trackers.access(desk.shop.project, TrackerKind.GITHUB).orElseThrow().token())
        .isEqualTo("token-of-the-tracker");
    assertThat(desk.trackers.access(desk.shop.project, TrackerKind.GITHUB).toString())
        .doesNotContain("token-of-the-tracker");
  }

  @Test
  void onlyServersThatTheOperatorAllowsAreAsked() {
    TicketConfig config =
        new TicketConfig(List.of("https://*.atlassian.net", SERVER), java.util.Optional.empty());

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

  @Test
  void ticketIsTiedOnce() {
    assertThatThrownBy(() -> desk.link(TrackerKind.GITHUB, "#12"))
        .isInstanceOf(InvalidRequest.class);
    for (String reference : List.of("SHOP-12", "twelve", "../12", "https://git.test/12/../13x")) {
      assertThatThrownBy(() -> desk.link(TrackerKind.GITHUB, reference))
          .as(reference)
          .isInstanceOf(InvalidRequest.class);
    }
    assertThatThrownBy(() -> desk.link(TrackerKind.GITLAB, "12"))
        .as("not set up")
        .isInstanceOf(InvalidRequest.class);
  }

  private void told(boolean isClosed) {
    tell(new Told("acme/shop", "12", isClosed));
  }

  private void tell(Told told) {
    desk.shop.inTransaction(
        () -> {
          desk.sync.told(desk.shop.project, TrackerKind.GITHUB, told);
          return true;
        });
  }
}
