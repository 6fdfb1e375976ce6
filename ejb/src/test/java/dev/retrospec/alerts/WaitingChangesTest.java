package dev.retrospec.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.alerts.rules.RuleSettings;
import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.JobId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of a message that waits itself. */
class WaitingChangesTest {

  private final AlertOffice office = new AlertOffice();
  private ClusterKey key;
  private AlertDeliveryId message;
  private AlertDeliveryId resolved;

  @BeforeEach
  void resolveWhatIsNotToldYet() {
    office.rule(RuleSettings.of(RuleEvent.NEW_ISSUE), AlertOffice.bot("#alerts"));
    key = office.issue("boom");
    office.minute();
    office.resolve(key);
    message = office.told().get(0).id();
    resolved = office.told().get(1).id();
  }

  /** Its message may be asked to come back in an hour; attempts are for failures. */
  @Test
  void aChangeThatWaitsForItsMessageIsLookedAtAgainWithoutCostingAnAttempt() {
    for (int look = 0; look < 20; look++) {
      int before = office.jobs().size();
      assertThat(prepare(resolved, look)).isEmpty();
      assertThat(prepare(resolved, look)).isEmpty(); // a signal that came twice
      assertThat(office.jobs()).hasSize(before + 1);
      office.shop.clock.pass(Duration.ofSeconds(30));
    }

    assertThat(office.told().get(1))
        .extracting(AlertDeliveryView::status, AlertDeliveryView::attempts)
        .containsExactly("pending", 0);
    office.comeBack(key, "boom", "s3"); // what is resolved is not told
    office.sent(message, "C1/17.1");
    assertThat(prepare(resolved, 20)).isPresent();
  }

  @Test
  void aChangeIsLookedAtAgainWhateverTheClockOfTheNodeThatLooksSays() {
    for (int look = 0; look < 3; look++) { // no time passes: the other node is behind
      JobId last = last();
      assertThat(office.delivery.prepare(job(last))).isEmpty();
      assertThat(last()).isNotEqualTo(last);
      assertThat(job(last()).subject()).isEqualTo(resolved.value());
    }
  }

  /** The channel got a webhook's address after the message was asked for. */
  @Test
  void aChangeOfAMessageThatWasSentWithoutAPlaceIsNotWaitedFor() {
    office.shop.clock.pass(Duration.ofSeconds(10));
    office.comeBack(key, "boom", "s3");
    AlertDeliveryId regressed = office.told().get(2).id();
    office.sent(message, null);
    int before = office.jobs().size();

    assertThat(prepare(resolved, 0)).isEmpty();
    assertThat(prepare(regressed, 0)).isEmpty();

    assertThat(office.jobs()).hasSize(before);
    assertThat(office.told().subList(1, 3))
        .extracting(AlertDeliveryView::status, AlertDeliveryView::errorMessage)
        .containsOnly(tuple("skipped", "There is no message to change"));
  }

  private JobId last() {
    List<JobId> jobs = office.jobs();
    return jobs.get(jobs.size() - 1);
  }

  private Job job(JobId id) {
    return office.shop.jdbi.withHandle(
        handle ->
            handle
                .createQuery("select subject, payload from job where id = :id")
                .bind("id", id)
                .map(
                    (row, context) ->
                        new Job(
                            id,
                            JobKind.NOTIFICATION,
                            office.project,
                            row.getString("subject"),
                            row.getString("payload"),
                            1,
                            5))
                .one());
  }

  private Optional<OutgoingAlert> prepare(AlertDeliveryId id, int turn) {
    return office.delivery.prepare(office.project, id, turn);
  }
}
