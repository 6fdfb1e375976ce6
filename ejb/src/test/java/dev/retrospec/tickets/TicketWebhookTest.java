package dev.retrospec.tickets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.tickets.TicketWebhook.Told;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TicketWebhookTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void gitHubsOwnExampleIsGenuine() {
    // From GitHub's "Validating webhook deliveries".
    byte[] body = "Hello, World!".getBytes(StandardCharsets.UTF_8);
    String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    assertThat(genuine(TrackerKind.GITHUB, "It's a Secret to Everybody", body, signature)).isTrue();
    assertThat(genuine(TrackerKind.GITHUB, "another secret", body, signature)).isFalse();
    assertThat(genuine(TrackerKind.GITHUB, "It's a Secret to Everybody", new byte[0], signature))
        .isFalse();
    assertThat(genuine(TrackerKind.GITHUB, "It's a Secret to Everybody", body, "sha256="))
        .isFalse();
    assertThat(TicketWebhook.isGenuine(TrackerKind.GITHUB, "secret", header -> null, body, NOW))
        .isFalse();
  }

  @Test
  void gitLabShowsTheSecretAndJiraSigns() throws Exception {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);

    assertThat(genuine(TrackerKind.GITLAB, "the secret itself", body, "the secret itself"))
        .isTrue();
    assertThat(genuine(TrackerKind.GITLAB, "the secret itself", body, "the secret")).isFalse();
    assertThat(genuine(TrackerKind.JIRA, "s", body, "sha256=" + hmac("s", body))).isTrue();
    assertThat(genuine(TrackerKind.JIRA, "s", body, hmac("s", body))).isFalse();
  }

  @Test
  void linearsMessageIsGenuineForAMinute() throws Exception {
    for (Map.Entry<Long, Boolean> age : Map.of(59L, true, 61L, false, -61L, false).entrySet()) {
      byte[] body =
          ("{\"webhookTimestamp\":" + NOW.minusSeconds(age.getKey()).toEpochMilli() + "}")
              .getBytes(StandardCharsets.UTF_8);
      assertThat(genuine(TrackerKind.LINEAR, "s", body, hmac("s", body)))
          .as("%s s old", age.getKey())
          .isEqualTo(age.getValue());
    }
  }

  @Test
  void readsWhatEachTrackerSays() {
    assertThat(
            read(
                TrackerKind.GITHUB,
                "issues",
                "{'action':'closed','issue':{'number':12,'state':'closed'},"
                    + "'repository':{'full_name':'acme/shop'}}"))
        .contains(new Told("acme/shop", "12", true, true));
    assertThat(
            read(
                TrackerKind.GITLAB,
                null,
                "{'object_kind':'issue','project':{'path_with_namespace':'acme/shop'},"
                    + "'object_attributes':{'iid':12,'action':'reopen','state':'opened'}}"))
        .contains(new Told("acme/shop", "12", false, false));
    assertThat(
            read(
                TrackerKind.JIRA,
                null,
                "{'webhookEvent':'jira:issue_updated','issue':{'key':'SHOP-12','fields':"
                    + "{'status':{'statusCategory':{'key':'done'}}}}}"))
        .contains(new Told("SHOP", "SHOP-12", true, true));
    assertThat(
            read(
                TrackerKind.LINEAR,
                null,
                "{'type':'Issue','action':'update','data':{'identifier':'ENG-12','teamId':'t1',"
                    + "'state':{'type':'completed'}}}"))
        .contains(new Told("t1", "ENG-12", true, true));
    assertThat(
            read(
                TrackerKind.LINEAR,
                null,
                "{'type':'Issue','action':'update','data':{'identifier':'ENG-12','teamId':'t1',"
                    + "'state':{'type':'canceled'}}}"))
        .as("given up, not mended")
        .contains(new Told("t1", "ENG-12", true, false));
    assertThat(
            read(
                TrackerKind.GITHUB,
                "issues",
                "{'action':'closed','issue':{'number':12,'state_reason':'not_planned'},"
                    + "'repository':{'full_name':'acme/shop'}}"))
        .contains(new Told("acme/shop", "12", true, false));
  }

  @Test
  void otherMessagesSayNothing() {
    assertThat(read(TrackerKind.GITHUB, "ping", "{'zen':'Design for failure.'}")).isEmpty();
    assertThat(read(TrackerKind.GITHUB, "issues", "{'action':'labeled'}")).isEmpty();
    assertThat(read(TrackerKind.GITHUB, "issues", "not json")).isEmpty();
    assertThat(read(TrackerKind.GITLAB, null, "{'object_kind':'push'}")).isEmpty();
    assertThat(read(TrackerKind.JIRA, null, "{'webhookEvent':'comment_created'}")).isEmpty();
    assertThat(read(TrackerKind.LINEAR, null, "{'type':'Comment'}")).isEmpty();
    assertThat(read(TrackerKind.LINEAR, null, "")).isEmpty();
  }

  private static java.util.Optional<Told> read(
      TrackerKind kind, @org.jspecify.annotations.Nullable String event, String json) {
    return TicketWebhook.read(
        kind, event, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static boolean genuine(TrackerKind kind, String secret, byte[] body, String header) {
    return TicketWebhook.isGenuine(kind, secret, name -> header, body, NOW);
  }

  private static String hmac(String secret, byte[] body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body));
  }
}
