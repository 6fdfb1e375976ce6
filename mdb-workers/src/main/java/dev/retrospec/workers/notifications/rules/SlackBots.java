package dev.retrospec.workers.notifications.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.alerts.AlertTarget;
import dev.retrospec.platform.json.Json;
import dev.retrospec.workers.notifications.webhook.AddressPolicy;
import dev.retrospec.workers.notifications.webhook.Answer;
import dev.retrospec.workers.notifications.webhook.NotDelivered;
import dev.retrospec.workers.notifications.webhook.PinnedPost;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls methods of Slack's Web API, which answers 200 whether it took something or not. */
final class SlackBots {

  private final PinnedPost post;
  private final Clock clock;

  SlackBots(PinnedPost post, Clock clock) {
    this.post = post;
    this.clock = clock;
  }

  /** What Slack took. */
  record Posted(Answer answer, String ref) {}

  /** {@code chat.postMessage}. */
  Posted tell(AlertTarget.SlackBot bot, Map<String, Object> body) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("channel", bot.channel());
    message.putAll(body);
    return call(bot, "chat.postMessage", message);
  }

  /** {@code chat.update}: the same however often it is said. */
  Posted change(AlertTarget.SlackBot bot, String ref, Map<String, Object> body) {
    Map<String, Object> message = placed(ref, "ts");
    message.putAll(body);
    message.remove("unfurl_links"); // of new messages only
    return call(bot, "chat.update", message);
  }

  /** {@code chat.postMessage} in the message's thread. */
  Posted reply(AlertTarget.SlackBot bot, String ref, String escaped) {
    Map<String, Object> message = placed(ref, "thread_ts");
    message.put("text", escaped);
    return call(bot, "chat.postMessage", message);
  }

  private static Map<String, Object> placed(String ref, String field) {
    int slash = ref.lastIndexOf('/');
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("channel", ref.substring(0, slash));
    message.put(field, ref.substring(slash + 1));
    return message;
  }

  private Posted call(AlertTarget.SlackBot bot, String method, Map<String, Object> message) {
    String base = bot.api().toString();
    Answer answer =
        post.post(
            URI.create(base.endsWith("/") ? base + method : base + "/" + method),
            Map.of("Authorization", "Bearer " + bot.token()),
            Json.write(message),
            AddressPolicy.ANYWHERE); // the operator's setting, not a project's
    if (!answer.isSuccess()) {
      throw NotDelivered.refused(answer, clock.instant());
    }
    JsonNode said = read(answer);
    if (!said.path("ok").asBoolean()) {
      throw NotDelivered.refused(
          answer,
          "Slack says no: " + AlertWords.line(said.path("error").asText("no answer of Slack"), 100),
          Duration.ZERO);
    }
    return new Posted(answer, said.path("channel").asText() + "/" + said.path("ts").asText());
  }

  private static JsonNode read(Answer answer) {
    try {
      return Json.read(answer.text(), JsonNode.class);
    } catch (IllegalArgumentException e) {
      throw NotDelivered.unanswered("Slack's answer cannot be read", e);
    }
  }
}
