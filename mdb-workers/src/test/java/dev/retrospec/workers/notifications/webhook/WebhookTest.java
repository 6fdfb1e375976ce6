package dev.retrospec.workers.notifications.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  private final Webhook webhook = new Webhook();

  @Test
  void postsTheBodyWithTheHeader() {
    SERVER.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(204)));

    assertThat(webhook.post(url("/hook?x=1"), Optional.of("Bearer t"), "{\"event\":\"e\"}"))
        .isEqualTo(204);

    SERVER.verify(
        postRequestedFor(urlEqualTo("/hook?x=1"))
            .withHeader("Authorization", equalTo("Bearer t"))
            .withHeader("Content-Type", equalTo("application/json"))
            .withRequestBody(equalToJson("{\"event\":\"e\"}")));
  }

  @Test
  void withoutASecretThereIsNoHeader() {
    SERVER.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200)));

    webhook.post(url("/"), Optional.empty(), "{}");

    SERVER.verify(postRequestedFor(anyUrl()).withHeader("Authorization", absent()));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 404, 429, 500, 503})
  void anythingButSuccessIsAFailure(int status) {
    SERVER.stubFor(
        post(anyUrl())
            .willReturn(aResponse().withStatus(status).withHeader("Location", "/elsewhere")));

    assertThatThrownBy(() -> webhook.post(url("/hook"), Optional.of("secret"), "{}"))
        .isInstanceOfSatisfying(
            WebhookRefused.class, refused -> assertThat(refused.status()).isEqualTo(status));
    SERVER.verify(0, postRequestedFor(urlEqualTo("/elsewhere")));
  }

  @Test
  void aServerThatHangsIsGivenUpInTime() {
    SERVER.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200).withFixedDelay(5_000)));

    Webhook impatient = new Webhook(Duration.ofMillis(300));

    assertThatThrownBy(() -> impatient.post(url("/"), Optional.empty(), "{}"))
        .isInstanceOf(WebhookUnreachable.class);
  }

  @Test
  void noServerAtAllIsAFailureThatNamesNoSecret() {
    assertThatThrownBy(
            () ->
                webhook.post(
                    URI.create("http://127.0.0.1:1/token-in-path"), Optional.of("secret"), "{}"))
        .isInstanceOf(WebhookUnreachable.class)
        .hasMessage("The webhook cannot be reached");
  }

  private static URI url(String path) {
    return URI.create(SERVER.baseUrl() + path);
  }
}
