package dev.retrospec.workers.notifications.rules;

import dev.retrospec.alerts.AlertChange;
import dev.retrospec.alerts.AlertTarget;
import dev.retrospec.alerts.AttemptResult;
import dev.retrospec.alerts.OutgoingAlert;
import dev.retrospec.alerts.RuleAlertConfig;
import dev.retrospec.alerts.RuleDelivery;
import dev.retrospec.jobs.Job;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.json.Json;
import dev.retrospec.workers.messages.mail.Letter;
import dev.retrospec.workers.messages.mail.LetterUndelivered;
import dev.retrospec.workers.messages.mail.Letters;
import dev.retrospec.workers.messages.slack.Mrkdwn;
import dev.retrospec.workers.notifications.webhook.AddressPolicy;
import dev.retrospec.workers.notifications.webhook.Answer;
import dev.retrospec.workers.notifications.webhook.NotDelivered;
import dev.retrospec.workers.notifications.webhook.PinnedPost;
import dev.retrospec.workers.notifications.webhook.Signatures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one delivery of a rule's alert. Where it may have arrived and the other side could not tell
 * that it comes twice, it is not tried again, and says so.
 */
@ApplicationScoped
public class RuleAlertSender {

  private final RuleDelivery delivery;
  private final RuleAlertConfig config;
  private final PinnedPost post;
  private final Letters letters;
  private final Clock clock;

  @Inject
  public RuleAlertSender(
      RuleDelivery delivery,
      RuleAlertConfig config,
      PinnedPost post,
      Letters letters,
      Clock clock) {
    this.delivery = delivery;
    this.config = config;
    this.post = post;
    this.letters = letters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected RuleAlertSender() {
    this(null, null, null, null, null);
  }

  /**
   * @param job about the delivery
   * @return writes how it went; run in the transaction that ends the job
   * @throws Failure when there may be another attempt
   */
  public Runnable send(Job job) {
    Optional<OutgoingAlert> prepared = delivery.prepare(job);
    if (prepared.isEmpty()) {
      return () -> {}; // made before, or not to be made any more: why is written at it
    }
    OutgoingAlert alert = prepared.get();
    long begun = System.nanoTime();
    try {
      AttemptResult result = attempt(alert);
      return () -> delivery.sent(alert, result);
    } catch (RuntimeException failure) {
      AttemptResult result = result(failure, begun);
      if (mayHaveArrived(failure) && !alert.isSafeToRepeat()) {
        return () -> delivery.unknown(alert, result);
      }
      delivery.attemptFailed(alert, result);
      throw failure;
    }
  }

  private AttemptResult attempt(OutgoingAlert alert) {
    AlertTarget target = alert.target();
    if (target instanceof AlertTarget.Server server) {
      return taken(posted(server.url(), headers(alert, server), server.body()), null);
    }
    if (target instanceof AlertTarget.SlackWebhook slack) {
      return taken(
          posted(slack.url(), Map.of(), Json.write(SlackAlertBody.of(alert.content()))), null);
    }
    if (target instanceof AlertTarget.SlackBot bot) {
      return slack(alert, bot);
    }
    if (target instanceof AlertTarget.TeamsWorkflow teams) {
      return taken(posted(teams.url(), Map.of(), Json.write(TeamsCard.of(alert.content()))), null);
    }
    return letter(alert, (AlertTarget.Mailbox) target);
  }

  private Map<String, String> headers(OutgoingAlert alert, AlertTarget.Server server) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Retrospec-Delivery", alert.id().value());
    headers.put("Idempotency-Key", alert.idempotencyKey());
    headers.put(
        Signatures.HEADER, Signatures.header(clock.instant(), server.signingKeys(), server.body()));
    server.authorization().ifPresent(value -> headers.put("Authorization", value));
    return headers;
  }

  private Answer posted(URI url, Map<String, String> headers, String body) {
    AddressPolicy policy = config::reaches;
    Answer answer = post.post(url, headers, body, policy);
    if (!answer.isSuccess()) {
      throw NotDelivered.refused(answer, clock.instant());
    }
    return answer;
  }

  private AttemptResult slack(OutgoingAlert alert, AlertTarget.SlackBot bot) {
    SlackBots slack = new SlackBots(post, clock);
    Map<String, Object> body = SlackAlertBody.of(alert.content());
    String ref = alert.messageRef();
    Optional<AlertChange> change = alert.change();
    if (change.isEmpty() || ref == null) {
      SlackBots.Posted posted = slack.tell(bot, body);
      return taken(posted.answer(), posted.ref());
    }
    SlackBots.Posted changed = slack.change(bot, ref, body);
    if (!alert.isRepeat()) { // else the reply may be there already
      reply(slack, change.get(), bot, ref);
    }
    return taken(changed.answer(), null);
  }

  private static void reply(
      SlackBots slack, AlertChange change, AlertTarget.SlackBot bot, String ref) {
    try {
      slack.reply(bot, ref, Mrkdwn.text(AlertWords.change(change)));
    } catch (NotDelivered failure) {
      if (!failure.mayHaveArrived()) {
        throw failure;
      }
      // the message itself has changed; a reply that may be there is not made twice
    }
  }

  private AttemptResult letter(OutgoingAlert alert, AlertTarget.Mailbox mailbox) {
    long begun = System.nanoTime();
    Letters.Reached reached =
        letters.post(
            mailbox.server(),
            new Letter(
                alert.idempotencyKey(),
                mailbox.recipients(),
                AlertLetter.subject(alert.content()),
                alert.content().decidedAt(),
                Map.of("X-RetroSpec-Delivery", alert.id().value()),
                AlertLetter.text(alert.content()),
                AlertLetter.html(alert.content())));
    return new AttemptResult(null, words(reached), millisSince(begun), null, null);
  }

  private static String words(Letters.Reached reached) {
    int taken = reached.recipients() - reached.refused().size();
    return reached.refused().isEmpty()
        ? "The mail server took it"
        : "The mail server took it for %d of %d; refused: %s"
            .formatted(taken, reached.recipients(), String.join(", ", reached.refused()));
  }

  private static boolean mayHaveArrived(RuntimeException failure) {
    return failure instanceof NotDelivered lost
        ? lost.mayHaveArrived()
        : failure instanceof LetterUndelivered letter && letter.mayHaveArrived();
  }

  private static AttemptResult taken(Answer answer, @Nullable String ref) {
    return new AttemptResult(answer.status(), answer.excerpt(), answer.durationMs(), null, ref);
  }

  private static AttemptResult result(RuntimeException failure, long begun) {
    String words =
        failure instanceof Failure ? failure.getMessage() : failure.getClass().getSimpleName();
    Answer answer = failure instanceof NotDelivered refused ? refused.answer() : null;
    return answer == null
        ? new AttemptResult(null, null, millisSince(begun), words, null)
        : new AttemptResult(answer.status(), answer.excerpt(), answer.durationMs(), words, null);
  }

  private static long millisSince(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun).toMillis();
  }
}
