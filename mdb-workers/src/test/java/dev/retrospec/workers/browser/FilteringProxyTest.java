package dev.retrospec.workers.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.snapshots.AddressRules;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy over real sockets, spoken to as Chromium does. */
class FilteringProxyTest {

  private static final String CRLF = "\r\n";

  private final Canary canary = new Canary();
  private final List<String> lookedUp = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    canary.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "127.1",
        "127.0.1",
        "2130706433",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[0:0:0:0:0:ffff:7f00:1]",
        "rebound.example"
      })
  void nothingOnThisMachineIsReachedUnderAnyName(String host) throws IOException {
    try (FilteringProxy proxy = open(List.of())) {
      String authority = host + ":" + canary.port();

      assertThat(ask(proxy, "CONNECT " + authority + " HTTP/1.1")).doesNotStartWith("HTTP/1.1 200");
      assertThat(ask(proxy, "GET http://" + authority + "/ HTTP/1.1")).doesNotContain("canary");
    }
    assertThat(canary.visits()).isZero();
  }

  @Test
  void aRefusalIsRemembered() throws IOException {
    try (FilteringProxy proxy = open(List.of())) {
      assertThat(ask(proxy, "CONNECT 169.254.169.254:80 HTTP/1.1"))
          .startsWith("HTTP/1.1 403 Forbidden");
      assertThat(proxy.hasRefused("169.254.169.254", 80)).isTrue();
      assertThat(proxy.hasRefused("169.254.169.254", 443)).isFalse();
    }
  }

  @Test
  void whatIsListedIsForwardedWithoutTheHeadersOfTheHop() throws IOException {
    try (FilteringProxy proxy = open(List.of("page.example:*"))) {
      String answer =
          ask(
              proxy,
              "GET http://page.example:" + canary.port() + "/a?b HTTP/1.1",
              "Proxy-Connection: keep-alive",
              "Accept: */*");

      assertThat(answer)
          .startsWith("HTTP/1.1 200")
          .contains("Connection: close")
          .endsWith("canary");
      assertThat(canary.lastRequest())
          .startsWith("GET /a?b HTTP/1.1" + CRLF)
          .contains("Accept: */*")
          .doesNotContain("Proxy-Connection");
    }
  }

  @Test
  void aTunnelIsOpenedToWhatIsListed() throws IOException {
    try (FilteringProxy proxy = open(List.of("page.example:*"))) {
      String answer =
          ask(
              proxy,
              "CONNECT page.example:"
                  + canary.port()
                  + " HTTP/1.1"
                  + CRLF
                  + CRLF
                  + "GET / HTTP/1.1");

      assertThat(answer).startsWith("HTTP/1.1 200 Connection Established").endsWith("canary");
    }
  }

  @Test
  void aNameIsResolvedOnceAndTheVettedAddressIsUsed() throws IOException {
    try (FilteringProxy proxy = open(List.of("page.example:*"))) {
      String request = "GET http://page.example:" + canary.port() + "/ HTTP/1.1";
      ask(proxy, request);
      ask(proxy, request);

      assertThat(lookedUp).containsExactly("page.example");
    }
  }

  @Test
  void ofSeveralAddressesOnlyThoseThatPassAreTried() throws IOException {
    try (FilteringProxy proxy = open(List.of("[2001:db8::]:1"))) {
      assertThat(ask(proxy, "CONNECT mixed.example:" + canary.port() + " HTTP/1.1"))
          .startsWith("HTTP/1.1 403");
    }
    assertThat(canary.visits()).isZero();
  }

  @Test
  void whatComesAboveTheLimitEndsEverything() throws IOException {
    try (FilteringProxy proxy =
        FilteringProxy.open(AddressRules.of(List.of("page.example:*")), this::lookUp, 10)) {
      ask(proxy, "GET http://page.example:" + canary.port() + "/ HTTP/1.1");
      assertThat(proxy.isExhausted()).isFalse();
      ask(proxy, "GET http://page.example:" + canary.port() + "/ HTTP/1.1");

      assertThat(proxy.isExhausted()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1",
        "GET file:///etc/passwd HTTP/1.1",
        "GET ftp://page.example/ HTTP/1.1",
        "GET http://user@page.example/ HTTP/1.1",
        "GET http:// HTTP/1.1",
        "CONNECT page.example:99999 HTTP/1.1",
        "CONNECT :80 HTTP/1.1",
        "nonsense"
      })
  void whatIsNoProxyRequestIsRefused(String request) throws IOException {
    try (FilteringProxy proxy = open(List.of("page.example:*"))) {
      assertThat(ask(proxy, request)).startsWith("HTTP/1.1 400");
    }
    assertThat(canary.visits()).isZero();
  }

  private FilteringProxy open(List<String> listed) throws IOException {
    return FilteringProxy.open(AddressRules.of(listed), this::lookUp, 1_000_000);
  }

  private List<InetAddress> lookUp(String host) throws java.net.UnknownHostException {
    lookedUp.add(host);
    return switch (host) {
      case "page.example", "rebound.example" -> List.of(InetAddress.getByName("127.0.0.1"));
      case "mixed.example" ->
          List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("10.0.0.1"));
      default -> NameLookup.SYSTEM.addressesOf(host);
    };
  }

  private static String ask(FilteringProxy proxy, String... lines) throws IOException {
    int port = Integer.parseInt(proxy.address().substring(proxy.address().lastIndexOf(':') + 1));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write((String.join(CRLF, lines) + CRLF + CRLF).getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
