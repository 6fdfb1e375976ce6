package dev.retrospec.workers.notifications.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.retrospec.alerts.RuleAlertConfig;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.workers.browser.NameLookup;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against servers of this machine that behave as badly as servers do. */
class PinnedPostTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Waited out in full; within it a busy machine, too, has looked up, connected and sent. */
  private static final Duration LONG_ENOUGH_TO_SEND = Duration.ofSeconds(2);

  private final RuleAlertConfig production =
      RuleAlertConfig.from(
          Settings.of(
              name ->
                  name.equals("RETROSPEC_MODE") ? Optional.of("production") : Optional.empty()));

  private final AtomicInteger connections = new AtomicInteger();
  private ServerSocket server;

  @AfterEach
  void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void postsToTheAddressThatWasLookedUpUnderTheNameThatWasGiven() throws IOException {
    StringBuilder heard = new StringBuilder();
    URI url = answering("HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok", heard);

    Answer answer =
        post(NameLookup.SYSTEM, PATIENCE)
            .post(url, Map.of("X-One", "1"), "{\"a\":\"ä\"}", AddressPolicy.ANYWHERE);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.excerpt()).isEqualTo("ok");
    assertThat(heard.toString())
        .startsWith("POST /hook?x=1 HTTP/1.1\r\nHost: localhost:" + url.getPort())
        .contains("Content-Length: 10\r\n", "X-One: 1\r\n")
        .endsWith("{\"a\":\"ä\"}");
  }

  @Test
  void readsChunksAndInterimAnswers() throws IOException {
    URI url =
        answering(
            "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
            new StringBuilder());

    assertThat(anywhere(url).text()).isEqualTo("abcde");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.0.0.7",
        "192.168.1.1",
        "172.16.3.4",
        "169.254.169.254",
        "100.100.100.200",
        "0.0.0.0",
        "::1",
        "fd00::1",
        "fe80::1",
        "::ffff:10.0.0.7",
        "64:ff9b::a00:7"
      })
  void privateAddressesGetNothing(String address) {
    PinnedPost post = post(host -> List.of(InetAddress.getByName(address)), PATIENCE);

    NotDelivered refused =
        catchThrowableOfType(
            NotDelivered.class,
            () ->
                post.post(URI.create("https://hooks.test/"), Map.of(), "{}", production::reaches));

    assertThat(refused.mayHaveArrived()).isFalse();
    assertThat(refused).hasMessageContaining("may not be sent to");
  }

  @Test
  void aNameWithOneBadAddressIsATrick() {
    PinnedPost post =
        post(
            host -> List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getByName("127.0.0.1")),
            PATIENCE);

    assertThatThrownBy(
            () -> post.post(URI.create("https://hooks.test/"), Map.of(), "{}", production::reaches))
        .isInstanceOf(NotDelivered.class)
        .hasMessageContaining("may not be sent to");
  }

  @Test
  void aNameThatLeadsElsewhereASecondLaterIsNotLookedUpAgain() throws IOException {
    URI url = answering("HTTP/1.1 200 OK\r\n\r\n", new StringBuilder());
    AtomicInteger lookups = new AtomicInteger();
    NameLookup rebinding =
        host ->
            lookups.getAndIncrement() == 0
                ? List.of(InetAddress.getByName("127.0.0.1"))
                : List.of(InetAddress.getByName("127.0.0.2"));

    post(rebinding, PATIENCE)
        .post(
            URI.create("http://rebind.test:" + url.getPort() + "/"),
            Map.of(),
            "{}",
            (host, port, address) -> address.getHostAddress().equals("127.0.0.1"));

    assertThat(lookups).hasValue(1);
    assertThat(connections).hasValue(1);
  }

  @Test
  void aServerThatNeverAnswersMayHaveTakenIt() throws IOException {
    URI url = answering("", new StringBuilder());

    NotDelivered lost = lost(url, LONG_ENOUGH_TO_SEND);

    assertThat(lost.mayHaveArrived()).isTrue();
  }

  @Test
  void aServerThatDripsIsGivenUpInTime() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    serve(
        socket -> {
          socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
          while (true) {
            socket.getOutputStream().write("X: y\r\n".getBytes(StandardCharsets.UTF_8));
            if (socket.getInputStream().read() < 0) {
              return;
            }
          }
        });

    Answer answer =
        post(NameLookup.SYSTEM, LONG_ENOUGH_TO_SEND)
            .post(local(), Map.of(), "x".repeat(50), AddressPolicy.ANYWHERE);

    assertThat(answer.status()).isEqualTo(200); // which is what it had said
    assertThat(answer.durationMs()).isLessThan(5_000);
  }

  @Test
  void aServerThatHangsUpMayHaveTakenIt() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    serve(Socket::close);

    assertThat(lost(local(), PATIENCE).mayHaveArrived()).isTrue();
  }

  @Test
  void nobodyAtTheDoorIsCertainlyUnsent() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    URI url = local();
    server.close();

    assertThat(lost(url, PATIENCE).mayHaveArrived()).isFalse();
  }

  @Test
  void aNameThatNobodyKnowsIsCertainlyUnsent() {
    PinnedPost post =
        post(
            host -> {
              throw new java.net.UnknownHostException(host);
            },
            PATIENCE);

    assertThatThrownBy(
            () ->
                post.post(URI.create("https://none.test/"), Map.of(), "{}", AddressPolicy.ANYWHERE))
        .isInstanceOfSatisfying(
            NotDelivered.class, lost -> assertThat(lost.mayHaveArrived()).isFalse());
  }

  @Test
  void aNameServerThatDoesNotAnswerIsNotWaitedFor() {
    CountDownLatch never = new CountDownLatch(1);
    PinnedPost post =
        post(
            host -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new java.net.UnknownHostException(host);
              }
              return List.of();
            },
            Duration.ofMillis(200));
    try {
      assertThatThrownBy(
              () ->
                  post.post(
                      URI.create("https://slow.test/"), Map.of(), "{}", AddressPolicy.ANYWHERE))
          .isInstanceOf(NotDelivered.class)
          .hasMessageContaining("not found in time");
    } finally {
      never.countDown();
    }
  }

  @Test
  void anAddressWhereNobodyIsIsPassedOver() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.2"));
    serve(
        socket -> {
          request(socket);
          socket
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        });
    NameLookup both =
        host -> List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("127.0.0.2"));

    Answer answer =
        post(both, PATIENCE)
            .post(
                URI.create("http://two.test:" + server.getLocalPort() + "/"),
                Map.of(),
                "{}",
                AddressPolicy.ANYWHERE);

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void aCertificateThatNobodyTrustsIsCertainlyUnsent() {
    WireMockServer untrusted =
        new WireMockServer(WireMockConfiguration.options().dynamicPort().dynamicHttpsPort());
    untrusted.start();
    try {
      untrusted.stubFor(WireMock.post("/").willReturn(WireMock.ok()));
      URI url = URI.create("https://localhost:" + untrusted.httpsPort() + "/");

      NotDelivered lost = lost(url, PATIENCE);

      assertThat(lost).hasMessageContaining("No trusted connection");
      assertThat(lost.mayHaveArrived()).isFalse();
      untrusted.verify(0, WireMock.postRequestedFor(WireMock.anyUrl()));
    } finally {
      untrusted.stop();
    }
  }

  @Test
  void plainTextInThePlaceOfTlsIsCertainlyUnsent() throws IOException {
    URI plain = answering("HTTP/1.1 200 OK\r\n\r\n", new StringBuilder());

    NotDelivered lost =
        lost(URI.create("https://localhost:" + plain.getPort() + "/"), Duration.ofSeconds(2));

    assertThat(lost.mayHaveArrived()).isFalse();
  }

  @Test
  void anAnswerWithoutEndIsReadToItsBeginningOnly() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    serve(
        socket -> {
          request(socket);
          socket
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
          byte[] much = new byte[64 * 1024];
          while (true) {
            socket.getOutputStream().write(much);
          }
        });

    Answer answer = anywhere(local());

    assertThat(answer.body()).hasSizeLessThanOrEqualTo(128 * 1024);
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    Instant now = Instant.parse("2026-03-01T10:00:00Z");

    assertThat(retryAfter("120", now)).isEqualTo(Duration.ofMinutes(2));
    assertThat(retryAfter("Sun, 01 Mar 2026 10:01:00 GMT", now)).isEqualTo(Duration.ofMinutes(1));
    assertThat(retryAfter("Sun, 01 Mar 2026 09:00:00 GMT", now)).isZero();
    assertThat(retryAfter("soon", now)).isZero();
  }

  @Test
  void aHeaderOfTwoLinesIsRefused() {
    assertThatThrownBy(
            () ->
                post(NameLookup.SYSTEM, PATIENCE)
                    .post(
                        URI.create("http://localhost:1/"),
                        Map.of("Authorization", "a\r\nX: b"),
                        "{}",
                        AddressPolicy.ANYWHERE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("X: b");
  }

  private static Duration retryAfter(String value, Instant now) {
    return new Answer(429, Map.of("retry-after", value), new byte[0], 1).retryAfter(now);
  }

  private static PinnedPost post(NameLookup names, Duration patience) {
    return new PinnedPost(names, (SSLSocketFactory) SSLSocketFactory.getDefault(), patience);
  }

  private static Answer anywhere(URI url) {
    return post(NameLookup.SYSTEM, PATIENCE).post(url, Map.of(), "{}", AddressPolicy.ANYWHERE);
  }

  private static NotDelivered lost(URI url, Duration patience) {
    return catchThrowableOfType(
        NotDelivered.class,
        () -> post(NameLookup.SYSTEM, patience).post(url, Map.of(), "{}", AddressPolicy.ANYWHERE));
  }

  private interface Behaviour {
    void serve(Socket socket) throws IOException;
  }

  private void serve(Behaviour behaviour) {
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  connections.incrementAndGet();
                  behaviour.serve(socket);
                } catch (IOException e) {
                  // the client or the test has ended it
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private URI local() {
    return URI.create("http://localhost:" + server.getLocalPort() + "/hook?x=1");
  }

  /** Reads a request and gives this answer; an empty one never. */
  private URI answering(String answer, StringBuilder heard) throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    serve(
        socket -> {
          heard.append(request(socket));
          if (answer.isEmpty()) {
            socket.getInputStream().read();
          }
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
          socket.getOutputStream().flush();
        });
    return local();
  }

  private static String request(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int one = in.read();
      if (one < 0) {
        return head.toString();
      }
      head.append((char) one);
    }
    String length = head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
    return head + new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
  }
}
