package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.system.Http.Project;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The API with the dashboard's cookie, as the player uses it. */
@ExtendWith(RunningRetroSpec.class)
class SignedInIT {

  private final HttpClient browser =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .build();

  private RetroSpec retroSpec;
  private Project shop;

  @BeforeEach
  void signIn(RetroSpec running) throws Exception {
    retroSpec = running;
    Http http = new Http(running);
    shop = http.newProject();
    http.postJson(
        "/v1/ingest/session",
        Recordings.report("watched", "ada", "Pay failed"),
        "X-Retrospec-Key",
        shop.ingestKey());
    status("GET", "/admin/issues");
    String form =
        "j_username="
            + encoded(running.export("RETROSPEC_USER"))
            + "&j_password="
            + encoded(running.export("RETROSPEC_PASSWORD"));
    HttpRequest login =
        HttpRequest.newBuilder(running.url("/j_security_check"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    assertThat(browser.send(login, BodyHandlers.discarding()).statusCode()).isEqualTo(302);
  }

  @Test
  void readsTheProjectThatTheAddressNames() throws Exception {
    assertThat(status("GET", "/v1/sessions/watched/manifest?project=" + shop.id())).isEqualTo(200);
    assertThat(status("GET", "/v1/sessions/watched/manifest?project=proj_none")).isEqualTo(404);
  }

  @Test
  void changesSomethingFromOurOwnPagesOnly() throws Exception {
    String promote = "/v1/issues/promote?project=" + shop.id();

    assertThat(status("POST", promote)).isEqualTo(403);
    assertThat(status("POST", promote, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
    assertThat(status("POST", promote, "Origin", "https://evil.example")).isEqualTo(403);
    assertThat(status("POST", promote, "Sec-Fetch-Site", "same-origin")).isEqualTo(200);
  }

  private int status(String method, String path, String... headers)
      throws IOException, InterruptedException {
    URI address = URI.create(retroSpec.url().toString().replaceAll("/$", "") + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return browser.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
