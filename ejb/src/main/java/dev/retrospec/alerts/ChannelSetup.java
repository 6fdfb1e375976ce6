package dev.retrospec.alerts;

import dev.retrospec.ids.AlertChannelId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.notifications.MailAddress;
import dev.retrospec.notifications.NotificationConfig;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.recordings.StoredSecrets;
import dev.retrospec.recordings.UnreadableRecording;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes stored channels of what somebody wants, keeping what is stored and was not given anew. */
final class ChannelSetup {

  /** So long a receiver has to learn the new key. */
  static final Duration ROTATION = Duration.ofHours(24);

  private static final int MAX_RECIPIENTS = 50;
  private static final int SECRET_BYTES = 32;

  private final StoredSecrets secrets;
  private final RuleAlertConfig config;
  private final NotificationConfig notifications;
  private final SecureRandom random = new SecureRandom();
  private final Map<AlertChannelId, String> made = new HashMap<>();

  ChannelSetup(StoredSecrets secrets, RuleAlertConfig config, NotificationConfig notifications) {
    this.secrets = secrets;
    this.config = config;
    this.notifications = notifications;
  }

  /** The keys of signatures that were made. */
  Map<AlertChannelId, String> made() {
    return Map.copyOf(made);
  }

  /**
   * @param stored the rule's channels so far
   * @throws InvalidRequest when one of them lacks something, or may not be
   */
  List<RuleChannel> channels(
      ProjectId project, List<ChannelDraft> drafts, List<RuleChannel> stored, Instant now) {
    List<RuleChannel> channels = new ArrayList<>();
    Set<AlertChannelId> seen = new LinkedHashSet<>();
    for (ChannelDraft draft : drafts) {
      Optional<RuleChannel> before =
          stored.stream().filter(one -> one.id().equals(draft.id())).findFirst();
      if (draft.id() != null && (before.isEmpty() || !seen.add(draft.id()))) {
        throw new InvalidRequest(
            "the rule has no channel " + draft.id() + ", or it is named twice");
      }
      channels.add(channel(project, draft, before, now));
    }
    return channels;
  }

  private RuleChannel channel(
      ProjectId project, ChannelDraft draft, Optional<RuleChannel> before, Instant now) {
    AlertChannelKind kind =
        draft.kind() != null ? draft.kind() : before.map(RuleChannel::kind).orElse(null);
    if (kind == null) {
      throw new InvalidRequest("a channel needs a kind: webhook, slack, teams or email");
    }
    boolean isSame = before.isPresent() && before.get().kind() == kind;
    AlertChannelId id = isSame ? before.get().id() : AlertChannelId.mint();
    ChannelSecrets old = isSame ? stored(project, before.get(), draft) : ChannelSecrets.NONE;
    return switch (kind) {
      case WEBHOOK -> hook(project, id, draft, old, now);
      case SLACK -> slack(project, id, draft, old, isSame ? before.get() : null);
      case TEAMS -> posting(project, id, kind, url(draft, old), ChannelSecrets.NONE);
      case EMAIL -> mail(project, id, draft, isSame ? before.get() : null);
    };
  }

  /**
   * What is kept of a channel. What no known master key opens is nothing when the channel gets a
   * new address or token.
   */
  private ChannelSecrets stored(ProjectId project, RuleChannel before, ChannelDraft draft) {
    if (before.kind() == AlertChannelKind.EMAIL) {
      return ChannelSecrets.NONE; // it has none
    }
    try {
      return ChannelSecrets.open(secrets, project, before.id(), before.sealed());
    } catch (UnreadableRecording e) {
      if (draft.url() != null || draft.token() != null) {
        return ChannelSecrets.NONE;
      }
      throw new InvalidRequest(
          "what is stored of the "
              + before.kind().wireName()
              + " channel cannot be read any more: give its address or token again, or take it away");
    }
  }

  private RuleChannel hook(
      ProjectId project, AlertChannelId id, ChannelDraft draft, ChannelSecrets old, Instant now) {
    String url = url(draft, old);
    // because whoever may change the address would otherwise have the old one's header sent there
    boolean isMoved = old.url() != null && !hostOf(old.url()).equals(hostOf(url));
    String authorization =
        draft.authorization() != null
            ? draft.authorization()
            : isMoved ? null : old.authorization();
    String signing = draft.secret();
    if (signing == null && (old.signing() == null || isOn(draft.rotateSecret()))) {
      signing = mint(id);
    }
    boolean isNew = signing != null && !signing.equals(old.signing());
    boolean isOldOneKept = isNew && old.signing() != null && !isMoved;
    return posting(
        project,
        id,
        AlertChannelKind.WEBHOOK,
        url,
        new ChannelSecrets(
            url,
            authorization == null || authorization.isEmpty() ? null : authorization,
            isNew ? signing : old.signing(),
            isOldOneKept ? old.signing() : isNew ? null : old.formerSigning(),
            isOldOneKept ? now.plus(ROTATION) : isNew ? null : old.formerUntil(),
            null));
  }

  private RuleChannel slack(
      ProjectId project,
      AlertChannelId id,
      ChannelDraft draft,
      ChannelSecrets old,
      @Nullable RuleChannel before) {
    boolean isBot =
        draft.token() != null
            || draft.slackChannel() != null
            || (draft.url() == null && before != null && before.slackChannel() != null);
    if (!isBot) {
      return posting(project, id, AlertChannelKind.SLACK, url(draft, old), ChannelSecrets.NONE);
    }
    String token = draft.token() != null ? draft.token() : old.token();
    String place =
        draft.slackChannel() != null
            ? draft.slackChannel()
            : before == null ? null : before.slackChannel();
    if (token == null || place == null || draft.url() != null) {
      throw new InvalidRequest("slack needs either url, or token and slackChannel");
    }
    ChannelSecrets kept = new ChannelSecrets(null, null, null, null, null, token);
    return new RuleChannel(
        id, AlertChannelKind.SLACK, null, null, place, kept.sealed(secrets, project, id));
  }

  private RuleChannel mail(
      ProjectId project, AlertChannelId id, ChannelDraft draft, @Nullable RuleChannel before) {
    List<String> recipients =
        draft.recipients() != null
            ? draft.recipients()
            : before == null ? null : before.recipients();
    if (recipients == null || recipients.size() > MAX_RECIPIENTS) {
      throw new InvalidRequest("email needs 1 to 50 recipients");
    }
    if (!recipients.stream().allMatch(MailAddress::isOne)) {
      throw new InvalidRequest("recipients must be a list of e-mail addresses");
    }
    NotificationConfig.Mail server =
        notifications
            .mail()
            .orElseThrow(
                () -> new InvalidRequest("this server has no SMTP_HOST to send e-mail by"));
    for (String recipient : recipients) {
      if (!mayBeTold(server, MailAddress.domain(recipient))) {
        throw new InvalidRequest(
            "e-mail goes to the domains of NOTIFICATION_EMAIL_DOMAINS and NOTIFICATION_EMAILS only");
      }
    }
    return new RuleChannel(
        id,
        AlertChannelKind.EMAIL,
        null,
        recipients,
        null,
        ChannelSecrets.NONE.sealed(secrets, project, id));
  }

  /** In production the operator's server writes to nobody the operator does not know. */
  private boolean mayBeTold(NotificationConfig.Mail server, String domain) {
    return !notifications.production()
        || Stream.concat(
                server.authorDomains().stream(),
                server.recipients().stream().map(MailAddress::domain))
            .anyMatch(domain::equals);
  }

  private RuleChannel posting(
      ProjectId project,
      AlertChannelId id,
      AlertChannelKind kind,
      String url,
      ChannelSecrets kept) {
    ChannelSecrets all =
        new ChannelSecrets(
            url,
            kept.authorization(),
            kept.signing(),
            kept.formerSigning(),
            kept.formerUntil(),
            null);
    return new RuleChannel(id, kind, hostOf(url), null, null, all.sealed(secrets, project, id));
  }

  private String url(ChannelDraft draft, ChannelSecrets old) {
    String url = draft.url() != null ? draft.url() : old.url();
    if (url == null) {
      throw new InvalidRequest("a channel of this kind needs a url");
    }
    return config.checked(url).toString();
  }

  private String hostOf(String url) {
    return String.valueOf(java.net.URI.create(url).getHost());
  }

  private String mint(AlertChannelId id) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = "whsec_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    made.put(id, secret);
    return secret;
  }

  private static boolean isOn(@Nullable Boolean flag) {
    return Boolean.TRUE.equals(flag);
  }
}
