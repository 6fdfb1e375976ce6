package dev.retrospec.workers.notifications.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.retrospec.alerts.AlertMessage;
import dev.retrospec.ids.AlertEventId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator's server gets, inside of the house as it is here. */
class OperatorsHookTest {

  private static final WireMockServer SERVER =
      new WireMockServer(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String BODY = "{\"event\":\"issue_cluster_promoted\"}";

  private final AlertEventId id = AlertEventId.mint();
  private final OperatorsHook hook =
      new OperatorsHook(new PinnedPost(), Clock.fixed(NOW, ZoneOffset.UTC));

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  @BeforeEach
  void forget() {
    SERVER.resetAll();
    SERVER.stubFor(post("/hook").willReturn(aResponse().withStatus(202)));
  }

  @Test
  void getsTheBodyAsItIsWithSignaturesOfBothKeysWhileOneIsReplaced() throws Exception {
    String now = "the-new-secret-of-the-hook";
    String before = "the-old-secret-of-the-hook";

    int status = hook.post(message("/hook", Optional.of("Bearer x"), List.of(now, before)));

    assertThat(status).isEqualTo(202);
    String signed = NOW.getEpochSecond() + "." + BODY;
    SERVER.verify(
        1,
        postRequestedFor(urlEqualTo("/hook"))
            .withRequestBody(equalTo(BODY))
            .withHeader("Authorization", equalTo("Bearer x"))
            .withHeader("Idempotency-Key", equalTo(id.value()))
            .withHeader(
                "X-Retrospec-Signature",
                equalTo(
                    "t=%d,v1=%s,v1=%s"
                        .formatted(
                            NOW.getEpochSecond(), hmac(now, signed), hmac(before, signed)))));
  }

  @Test
  void withoutASecretNothingIsSigned() {
    hook.post(message("/hook", Optional.empty(), List.of()));

    SERVER.verify(
        1,
        postRequestedFor(urlEqualTo("/hook"))
            .withHeader("X-Retrospec-Signature", absent())
            .withHeader("Authorization", absent()));
  }

  @Test
  void whatIsMovedIsNotFollowedWithTheHeader() {
    SERVER.stubFor(
        post("/moved")
            .willReturn(
                aResponse().withStatus(307).withHeader("Location", SERVER.baseUrl() + "/hook")));

    NotDelivered refused =
        catchThrowableOfType(
            NotDelivered.class,
            () -> hook.post(message("/moved", Optional.of("Bearer x"), List.of())));

    assertThat(refused).hasMessageContaining("answered 307; redirects are not followed");
    SERVER.verify(0, postRequestedFor(urlEqualTo("/hook")));
  }

  @Test
  void whoAsksToWaitIsNotAskedBefore() {
    SERVER.stubFor(
        post("/busy").willReturn(aResponse().withStatus(429).withHeader("Retry-After", "90")));

    NotDelivered refused =
        catchThrowableOfType(
            NotDelivered.class, () -> hook.post(message("/busy", Optional.empty(), List.of())));

    assertThat(refused.pause()).isEqualTo(Duration.ofSeconds(90));
  }

  private AlertMessage message(String path, Optional<String> authorization, List<String> keys) {
    return new AlertMessage(id, URI.create(SERVER.baseUrl() + path), authorization, keys, BODY);
  }

  private static String hmac(String key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }
}
