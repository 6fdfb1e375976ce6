package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith({RunningRetroSpec.class, Chromium.class})
class LauncherIT {

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void answersThatItIsHealthy(RetroSpec retroSpec) throws Exception {
    HttpResponse<String> answer = get(retroSpec.url("/healthz"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"status\":\"ok\"");
  }

  @Test
  void opensInARealBrowser(RetroSpec retroSpec, Page page) {
    assertThat(page.navigate(retroSpec.url("/healthz").toString()).text()).contains("ok");
  }

  @Test
  void givesASecretKeyThatReadsAndAnIngestKeyThatDoesNot(RetroSpec retroSpec) throws Exception {
    URI issues = retroSpec.url("/v1/issues?state=active");

    assertThat(get(issues, "X-Retrospec-Key", retroSpec.secretKey()).statusCode()).isEqualTo(200);
    assertThat(get(issues, "X-Retrospec-Key", retroSpec.ingestKey()).statusCode()).isEqualTo(403);
    assertThat(get(issues, "X-Retrospec-Key", "rs_unknown").statusCode()).isEqualTo(401);
  }

  @Test
  void givesAnAdminKeyThatSeesTheDefaultProject(RetroSpec retroSpec) throws Exception {
    HttpResponse<String> answer =
        get(retroSpec.url("/v1/admin/projects"), "X-Retrospec-Admin", retroSpec.adminKey());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"proj_default\"");
  }

  @Test
  void asksForALoginAtTheManagementConsole(RetroSpec retroSpec) throws Exception {
    assertThat(get(retroSpec.managementUrl().resolve("/management")).statusCode()).isEqualTo(401);
  }

  @Test
  void keepsTheManagementConsoleOffTheNetwork(RetroSpec retroSpec) throws Exception {
    int port = retroSpec.managementUrl().getPort();

    for (InetAddress address : addressesOnTheNetwork()) {
      assertThatThrownBy(() -> new Socket(address, port).close())
          .as("management on %s", address)
          .isInstanceOf(ConnectException.class);
    }
    new Socket(InetAddress.getLoopbackAddress(), port).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "postgresql", "s3"})
  void tellsTheProcessIdOf(String name, RetroSpec retroSpec) {
    assertThat(ProcessHandle.of(retroSpec.processId(name))).isPresent();
  }

  @Test
  void saysThatItWaitedInVain() {
    Path home = Path.of("target", "system-test", "late-home").toAbsolutePath();

    assertThatThrownBy(() -> RetroSpec.start(home, Map.of("RETROSPEC_START_TIMEOUT", "1")))
        .hasMessageContaining("Not healthy within 1 s");
  }

  @Test
  void stopsEverythingItStartedAndKeepsTheData() {
    try (RetroSpec other =
        RetroSpec.start(
            Path.of("target", "system-test", "second-home").toAbsolutePath(), Map.of())) {
      String key = other.secretKey();
      assertThat(other.processes()).isNotEmpty();

      other.down();
      assertThat(other.processes()).isEmpty();

      other.up();
      assertThat(other.secretKey()).isEqualTo(key);
    }
  }

  private HttpResponse<String> get(URI uri, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static List<InetAddress> addressesOnTheNetwork() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .flatMap(Stream::of)
        .toList();
  }
}
