package dev.retrospec.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.platform.failure.InvalidRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

  private static final AddressRules NONE = AddressRules.of(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",
        "100.127.255.255",
        "127.0.0.1",
        "127.1.2.3",
        "168.63.129.16",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "192.168.255.255",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:a00:1::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fd12:3456:789a::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void refusesWhatIsNotTheInternetAtLarge(String address) {
    assertThat(NONE.reaches("name.example", 443, at(address))).isFalse();
    assertThat(NONE.showsPage("name.example", 443, at(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.1",
        "126.255.255.255",
        "128.0.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "192.167.255.255",
        "192.169.0.1",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00:1450:4001:830::200e"
      })
  void letsTheInternetAtLargeThroughOnItsPorts(String address) {
    assertThat(NONE.showsPage("name.example", 80, at(address))).isTrue();
    assertThat(NONE.showsPage("name.example", 443, at(address))).isTrue();
    assertThat(NONE.reaches("name.example", 22, at(address))).isFalse();
    assertThat(NONE.reaches("name.example", 8080, at(address))).isFalse();
  }

  @Test
  void onceThereIsAListPagesComeFromItAndTheirPartsFromEverywhere() {
    AddressRules rules = AddressRules.of(List.of("shop.example", "*.preview.example"));

    assertThat(rules.showsPage("shop.example", 443, at("1.1.1.1"))).isTrue();
    assertThat(rules.showsPage("SHOP.example", 443, at("1.1.1.1"))).isTrue();
    assertThat(rules.showsPage("pr-7.preview.example", 80, at("1.1.1.1"))).isTrue();
    assertThat(rules.showsPage("preview.example", 80, at("1.1.1.1"))).isFalse();
    assertThat(rules.showsPage("evilpreview.example", 80, at("1.1.1.1"))).isFalse();
    assertThat(rules.showsPage("shop.example.evil.example", 443, at("1.1.1.1"))).isFalse();
    assertThat(rules.showsPage("elsewhere.example", 443, at("1.1.1.1"))).isFalse();
    assertThat(rules.reaches("cdn.example", 443, at("1.1.1.1"))).isTrue();
    assertThat(rules.reaches("cdn.example", 443, at("10.0.0.1"))).isFalse();
  }

  @Test
  void aNameOnTheListOpensAPrivateAddressButNeverTheMetadataOfACloud() {
    AddressRules rules = AddressRules.of(List.of("build.corp:*"));

    assertThat(rules.showsPage("build.corp", 3000, at("10.1.2.3"))).isTrue();
    assertThat(rules.showsPage("build.corp", 3000, at("127.0.0.1"))).isTrue();
    assertThat(rules.reaches("build.corp", 80, at("169.254.169.254"))).isFalse();
    assertThat(rules.reaches("build.corp", 80, at("100.100.100.200"))).isFalse();
    assertThat(rules.reaches("build.corp", 80, at("fd00:ec2::254"))).isFalse();
    assertThat(AddressRules.of(List.of("169.254.169.254")).reaches("x", 80, at("169.254.169.254")))
        .isTrue();
  }

  @Test
  void aPortOnTheListIsThatPortAndNoOther() {
    AddressRules rules =
        AddressRules.of(List.of("localhost:4173", "[fd00::/8]:8443", "10.1.0.0/16"));

    assertThat(rules.showsPage("localhost", 4173, at("127.0.0.1"))).isTrue();
    assertThat(rules.reaches("localhost", 5432, at("127.0.0.1"))).isFalse();
    assertThat(rules.reaches("127.0.0.1", 4173, at("127.0.0.1"))).isFalse();
    assertThat(rules.showsPage("a", 8443, at("fd12::1"))).isTrue();
    assertThat(rules.reaches("a", 443, at("fd12::1"))).isFalse();
    assertThat(rules.showsPage("b", 443, at("10.1.255.1"))).isTrue();
    assertThat(rules.reaches("b", 8443, at("10.1.255.1"))).isFalse();
    assertThat(rules.reaches("b", 443, at("10.2.0.1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "*",
        "*.*.example",
        "http://shop.example",
        "shop.example/path",
        "shop.example:0",
        "shop.example:65536",
        "shop.example:port",
        "user@shop.example",
        "10.0.0.0/33",
        "10.0.0.256",
        "0x7f.1",
        "2130706433",
        "0177.0.0.1",
        "fd00::1",
        "[fd00::1",
        "[shop.example]",
        "a b.example",
        "-a.example"
      })
  void anEntryThatIsNotUnderstoodIsRefused(String entry) {
    assertThatThrownBy(() -> AddressRules.of(List.of(entry))).isInstanceOf(InvalidRequest.class);
  }

  @Test
  void entriesAreKeptInOneSpelling() {
    assertThat(AddressRules.of(List.of(" Shop.EXAMPLE ", "shop.example", "[FD00::1]:*")).entries())
        .containsExactly("shop.example", "[fd00::1]:*");
  }

  @Test
  void aPageHasToBeHttp() {
    assertThat(PageAddress.of("https://shop.example/a?b#c"))
        .isEqualTo(new PageAddress("shop.example", 443));
    assertThat(PageAddress.of("http://[::1]:3000/")).isEqualTo(new PageAddress("::1", 3000));
    assertThat(PageAddress.of("https://preview.example?filter=a|b&x={c}^"))
        .isEqualTo(new PageAddress("preview.example", 443));
    assertThat(PageAddress.of("HTTP://my_service:/")).isEqualTo(new PageAddress("my_service", 80));
    for (String url :
        List.of(
            "file:///etc/passwd",
            "javascript:alert(1)",
            "ftp://a.example",
            "//a.example",
            "shop.example",
            "http://user:word@a.example",
            "http:///x",
            "http://a b",
            "chrome://version")) {
      assertThatThrownBy(() -> PageAddress.of(url)).as(url).isInstanceOf(InvalidRequest.class);
    }
  }

  private static InetAddress at(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
