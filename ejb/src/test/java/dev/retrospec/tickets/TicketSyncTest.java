package dev.retrospec.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.JobId;
import dev.retrospec.issues.TriageState;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.tickets.TicketRequest.Action;
import dev.retrospec.tickets.TicketRequest.Ticket;
import dev.retrospec.tickets.TicketWebhook.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TicketSyncTest {

  private static final String SERVER = "https://api.git.test";

  private final TicketDesk desk = new TicketDesk(SERVER);

  @BeforeEach
  void linkATicket() {
    desk.setUp(TrackerKind.GITHUB, SERVER, "Acme/shop", true);
    TicketView ticket =
        desk.link(TrackerKind.GITHUB, "https://git.test/acme/shop/issues/12#issuecomment-7");
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
  void ticketThatWasGivenUpResolvesNothing() {
    tell(new Told("acme/shop", "12", true, false));

    assertThat(desk.state()).isEqualTo(TriageState.OPEN);
    assertThat(desk.only().isClosed()).isTrue();
  }

  @Test
  void ticketOfAnExpiredIssueIsHeardWithoutComplaint() {
    desk.shop.jdbi.useHandle(
        handle ->
            handle.execute("delete from issue_cluster where project_id = ?", desk.shop.project));

    told(true);

    assertThat(desk.tickets.of(desk.shop.project, desk.key))
        .singleElement()
        .returns(true, TicketView::isClosed);
  }

  @Test
  void ticketThatIsBeingMadeIsNotMadeTwice() {
    desk.link(TrackerKind.GITHUB, null);

    assertThatThrownBy(() -> desk.link(TrackerKind.GITHUB, null))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("a ticket is being made already");
  }

  @Test
  void closingThatComesAfterTheIssueIsBackClosesNothing() {
    desk.decide(TriageState.RESOLVED);
    JobId closing = desk.jobs().get(0);

    desk.comeBack();

    assertThat(desk.state()).isEqualTo(TriageState.REGRESSED);
    assertThat(prepare(closing)).isEmpty();
    assertThat(desk.jobs()).as("the ticket has heard of neither").isEmpty();
  }

  @Test
  void openingThatComesAfterTheIssueIsResolvedAgainOpensNothing() {
    closeByResolving();
    desk.comeBack();
    JobId opening = desk.jobs().get(0);

    desk.decide(TriageState.RESOLVED);

    assertThat(prepare(opening)).isEmpty();
    assertThat(desk.jobs()).as("the ticket is closed").isEmpty();
  }

  @Test
  void regressedIssueOpensItsTicketAgain() {
    closeByResolving();

    desk.comeBack();

    assertThat(asked())
        .returns(Action.REOPEN, TicketRequest::action)
        .returns(true, request -> request.text().contains("seen again"));
    assertThat(desk.jobs()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPEN", "ACKNOWLEDGED"})
  void issueThatIsReopenedByHandOpensItsTicketAgain(TriageState state) {
    closeByResolving();

    desk.decide(state);

    assertThat(asked())
        .returns(Action.REOPEN, TicketRequest::action)
        .returns(true, request -> request.text().startsWith("The issue is open again"));
  }

  @Test
  void issueThatIsReopenedByHandIsToldWhereIssuesCloseNothing() {
    desk.setUp(TrackerKind.GITHUB, SERVER, "Acme/shop", false);
    desk.decide(TriageState.RESOLVED);
    TicketRequest telling = asked();
    assertThat(telling.action()).isEqualTo(Action.COMMENT);
    done(telling, false);

    desk.decide(TriageState.OPEN);

    assertThat(asked().action()).isEqualTo(Action.REGRESSED);
  }

  @Test
  void mutedIssueIsNobodyElsesUntilItIsOpenAgain() {
    closeByResolving();

    desk.decide(TriageState.MUTED);
    assertThat(desk.jobs()).isEmpty();
    desk.decide(TriageState.OPEN);

    assertThat(asked().action()).isEqualTo(Action.REOPEN);
  }

  @Test
  void issueThatComesBackWhileItsTicketIsBeingClosedOpensItAgain() {
    desk.decide(TriageState.RESOLVED);
    TicketRequest closing = asked();

    desk.comeBack();
    JobId otherNode = desk.jobs().get(0);
    assertThat(prepare(otherNode)).as("one at a time tells a ticket").isEmpty();
    told(true);
    assertThat(desk.state()).as("we closed it, nobody decided").isEqualTo(TriageState.REGRESSED);
    done(closing, true);

    assertThat(desk.only().isClosed()).isTrue();
    TicketRequest opening = asked();
    assertThat(opening.action()).isEqualTo(Action.REOPEN);
    told(false);
    done(opening, false);
    assertThat(desk.state()).isEqualTo(TriageState.REGRESSED);
    assertThat(desk.jobs()).isEmpty();
  }

  @Test
  void issueThatComesBackWhileItsTicketRefusesToBeClosedTellsItSo() {
    desk.decide(TriageState.RESOLVED);
    TicketRequest closing = asked();
    desk.comeBack();
    desk.jobs();

    desk.shop.inTransaction(
        () -> {
          desk.delivery.refused(closing, "no way leads there");
          return true;
        });

    assertThat(asked().action()).isEqualTo(Action.REOPEN);
  }

  @Test
  void issueThatIsResolvedWhileItsTicketIsBeingMadeClosesIt() {
    desk.setUp(TrackerKind.GITLAB, SERVER, "acme/shop", true);
    desk.link(TrackerKind.GITLAB, null);
    TicketRequest making = asked();

    desk.decide(TriageState.RESOLVED);
    desk.jobs();
    done(making, false);

    TicketRequest closing = asked();
    assertThat(closing.action()).isEqualTo(Action.CLOSE);
    assertThat(closing.ticketId()).isEqualTo(making.ticketId());
  }

  @Test
  void ofTwoNodesAtTheSameMomentOneTells() throws Exception {
    desk.decide(TriageState.RESOLVED);
    desk.decide(TriageState.OPEN);
    desk.decide(TriageState.RESOLVED);
    List<JobId> jobs = desk.jobs();
    assertThat(jobs).hasSize(2);
    CyclicBarrier start = new CyclicBarrier(jobs.size());

    List<Optional<TicketRequest>> prepared = new ArrayList<>();
    ExecutorService nodes = Executors.newFixedThreadPool(jobs.size());
    try {
      List<Future<Optional<TicketRequest>>> answers =
          jobs.stream()
              .map(desk.outbox.attempts::begin)
              .map(Optional::orElseThrow)
              .map(
                  job ->
                      nodes.submit(
                          () -> {
                            start.await(10, TimeUnit.SECONDS);
                            return desk.shop.inTransaction(() -> desk.delivery.prepare(job));
                          }))
              .toList();
      for (Future<Optional<TicketRequest>> answer : answers) {
        prepared.add(answer.get(10, TimeUnit.SECONDS));
      }
    } finally {
      nodes.shutdownNow();
    }

    assertThat(prepared).filteredOn(Optional::isPresent).hasSize(1);
  }

  @Test
  void tellingOfANodeThatDiedIsTakenOverByTheNextAttempt() {
    desk.decide(TriageState.RESOLVED);
    JobId closing = desk.jobs().get(0);
    prepare(closing);
    desk.comeBack();
    assertThat(prepare(desk.jobs().get(0))).isEmpty();

    desk.shop.clock.pass(Duration.ofMinutes(10));
    desk.outbox.sweep.sweep();

    assertThat(prepare(closing)).map(TicketRequest::action).contains(Action.REOPEN);
  }

  private void closeByResolving() {
    desk.decide(TriageState.RESOLVED);
    TicketRequest closing = asked();
    assertThat(closing.action()).isEqualTo(Action.CLOSE);
    done(closing, true);
    assertThat(desk.jobs()).isEmpty();
  }

  private void done(TicketRequest request, boolean isClosed) {
    desk.shop.inTransaction(
        () -> {
          desk.delivery.done(
              request, new Ticket("12", "https://git.test/12", isClosed), request.action());
          return true;
        });
  }

  @Test
  void ticketOfAPlaceThatTheProjectHasLeftIsNoneOfTheNewOne() {
    desk.setUp(TrackerKind.GITHUB, SERVER, "acme/other", true);

    desk.decide(TriageState.RESOLVED);

    assertThat(asked().access().place()).isEqualTo("Acme/shop");
  }

  @Test
  void ticketsOfOthersDecideNothing() {
    tell(new Told("acme/other", "12", true, true));
    tell(new Told("acme/shop", "13", true, true));

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

  private TicketRequest asked() {
    return prepare(desk.jobs().get(0)).orElseThrow();
  }

  private Optional<TicketRequest> prepare(JobId job) {
    return desk.delivery.prepare(desk.outbox.attempts.begin(job).orElseThrow());
  }

  private void told(boolean isClosed) {
    tell(new Told("acme/shop", "12", isClosed, isClosed));
  }

  private void tell(Told told) {
    desk.told(told);
  }
}
