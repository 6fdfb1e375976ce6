package dev.retrospec.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A tracker's message to us: who may have sent it, and what it says. Rules without any state of
 * their own. By the trackers' own documents:
 *
 * <ul>
 *   <li>GitHub: {@code X-Hub-Signature-256: sha256=<hex>} over the body; event {@code issues}
 *   <li>GitLab: {@code X-Gitlab-Token} is the secret itself; event {@code issue}
 *   <li>Jira: {@code X-Hub-Signature: sha256=<hex>}; event {@code jira:issue_updated}
 *   <li>Linear: {@code Linear-Signature: <hex>}, and {@code webhookTimestamp} within a minute
 * </ul>
 */
public final class TicketWebhook {

  private static final Duration LINEAR_TOLERANCE = Duration.ofMinutes(1);

  /** Of GitHub: why an issue was closed that nobody will work on. */
  private static final Set<String> GIVEN_UP = Set.of("not_planned", "duplicate");

  private TicketWebhook() {}

  /**
   * Where a ticket stands.
   *
   * @param place as {@link TrackerChange#place}
   * @param isDone whether it was closed because its work is done, not given up; false: it is open
   */
  public record Told(String place, String number, boolean isClosed, boolean isDone) {}

  /**
   * Whether who knows the secret has sent this body.
   *
   * @param header a header's value by its name, null when it is not there
   */
  public static boolean isGenuine(
      TrackerKind kind,
      String secret,
      UnaryOperator<@Nullable String> header,
      byte[] body,
      Instant now) {
    return switch (kind) {
      case GITHUB -> isSigned(header.apply("X-Hub-Signature-256"), "sha256=", secret, body);
      case JIRA -> isSigned(header.apply("X-Hub-Signature"), "sha256=", secret, body);
      case GITLAB -> isSame(header.apply("X-Gitlab-Token"), secret);
      case LINEAR ->
          isSigned(header.apply("Linear-Signature"), "", secret, body) && isFresh(body, now);
    };
  }

  /** Empty for a message about anything else. */
  public static Optional<Told> read(TrackerKind kind, @Nullable String event, byte[] body) {
    JsonNode json;
    try {
      json = Json.read(new String(body, StandardCharsets.UTF_8), JsonNode.class);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (json == null) {
      return Optional.empty();
    }
    return switch (kind) {
      case GITHUB -> gitHub(event, json);
      case GITLAB -> gitLab(json);
      case JIRA -> jira(json);
      case LINEAR -> linear(json);
    };
  }

  private static Optional<Told> gitHub(@Nullable String event, JsonNode json) {
    String action = json.path("action").asText();
    return "issues".equals(event) && (action.equals("closed") || action.equals("reopened"))
        ? told(
            json.path("repository").path("full_name"),
            json.path("issue").path("number"),
            action.equals("closed"),
            GIVEN_UP.contains(json.path("issue").path("state_reason").asText()))
        : Optional.empty();
  }

  private static Optional<Told> gitLab(JsonNode json) {
    JsonNode issue = json.path("object_attributes");
    String action = issue.path("action").asText();
    return json.path("object_kind").asText().equals("issue")
            && (action.equals("close") || action.equals("reopen"))
        ? told(
            json.path("project").path("path_with_namespace"),
            issue.path("iid"),
            action.equals("close"),
            false)
        : Optional.empty();
  }

  private static Optional<Told> jira(JsonNode json) {
    JsonNode issue = json.path("issue");
    String category =
        issue.path("fields").path("status").path("statusCategory").path("key").asText();
    String key = issue.path("key").asText();
    int dash = key.lastIndexOf('-');
    return json.path("webhookEvent").asText().equals("jira:issue_updated")
            && !category.isEmpty()
            && dash > 0
        ? Optional.of(
            new Told(key.substring(0, dash), key, category.equals("done"), category.equals("done")))
        : Optional.empty();
  }

  private static Optional<Told> linear(JsonNode json) {
    JsonNode issue = json.path("data");
    String state = issue.path("state").path("type").asText();
    return json.path("type").asText().equals("Issue")
            && json.path("action").asText().equals("update")
            && !state.isEmpty()
        ? told(
            issue.path("teamId"),
            issue.path("identifier"),
            state.equals("completed") || state.equals("canceled"),
            state.equals("canceled"))
        : Optional.empty();
  }

  private static Optional<Told> told(
      JsonNode place, JsonNode number, boolean isClosed, boolean isGivenUp) {
    return place.asText().isEmpty() || number.asText().isEmpty()
        ? Optional.empty()
        : Optional.of(new Told(place.asText(), number.asText(), isClosed, isClosed && !isGivenUp));
  }

  private static boolean isSigned(
      @Nullable String given, String prefix, String secret, byte[] body) {
    if (given == null || !given.startsWith(prefix)) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return isSame(
          given.substring(prefix.length()).toLowerCase(Locale.ROOT),
          HexFormat.of().formatHex(mac.doFinal(body)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }

  private static boolean isSame(@Nullable String given, String wanted) {
    return given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isFresh(byte[] body, Instant now) {
    try {
      JsonNode json = Json.read(new String(body, StandardCharsets.UTF_8), JsonNode.class);
      Instant sent = Instant.ofEpochMilli(json.path("webhookTimestamp").asLong());
      return Duration.between(sent, now).abs().compareTo(LINEAR_TOLERANCE) <= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
