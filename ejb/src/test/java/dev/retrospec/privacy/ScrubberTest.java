package dev.retrospec.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrubberTest {

  private final Scrubber scrubber = new Scrubber();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ann@example.org|[email]",
        "mail ann.b+c_d@mail.example.co.uk now|mail [email] now",
        "<Ann@Example.ORG>,bob@x.io.|<[email]>,[email].",
        "ann%40example.org|[email]",
        "ann＠example.org|[email]",
        "jörg@müller.example|[email]",
        "x@xn--mller-kva.xn--p1ai|[email]",
        "a@b.museum!|[email]!",
        "(ann@example.org)|([email])",
        "email=ann@example.org&x=1|email=[email]&x=1"
      })
  void findsEmailAddresses(String text, String expected) {
    assertThat(scrubber.scrubText(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4111111111111111|[card]",
        "4111 1111 1111 1111|[card]",
        "pay 4111-1111-1111-1111.|pay [card].",
        "4111\u00A01111\u00A01111\u00A01111|[card]",
        "4111\u20091111\u20091111\u20091111|[card]",
        "4111\u20111111\u20111111\u20111111|[card]",
        "378282246310005|[card]",
        "3782 822463 10005|[card]",
        "5555555555554444|[card]",
        "2223003122003222|[card]",
        "6011111111111117|[card]",
        "30569309025904|[card]",
        "3530111333300000|[card]",
        "6200000000000005|[card]",
        "4222222222222|[card]",
        "4000 0000 0000 0000 006|[card]",
        "card:4242424242424242,exp 12/30|card:[card],exp [expiry]",
        "order 1234 4111 1111 1111 1111 thanks|order 1234 [card] thanks",
        "٤١١١١١١١١١١١١١١١|[card]",
        "４１１１ １１１１ １１１１ １１１１|[card]"
      })
  void findsCardNumbers(String text, String expected) {
    assertThat(scrubber.scrubText(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+49 171 1234567|[phone]",
        "+4915112345678|[phone]",
        "+1 (415) 555-2671|[phone]",
        "+44 (0)20 7946 0958|[phone]",
        "(415) 555-2671|[phone]",
        "call 415-555-2671 now|call [phone] now",
        "(ask 415-555-2671)|(ask [phone])",
        "(415-555-2671)|([phone])",
        "415.555.2671|[phone]",
        "415 555 2671|[phone]",
        "1-415-555-2671|[phone]",
        "0171 1234567|[phone]",
        "030/12345678|[phone]",
        "020 7946 0958|[phone]",
        "06 12 34 56 78|[phone]",
        "tel. 0171-1234567.|tel. [phone]."
      })
  void findsTelephoneNumbers(String text, String expected) {
    assertThat(scrubber.scrubText(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DE89370400440532013000|[iban]",
        "iban de89 3704 0044 0532 0130 00.|iban [iban].",
        "GB82 WEST 1234 5698 7654 32|[iban]",
        "FR14 2004 1010 0505 0001 3M02 606|[iban]",
        "NO9386011117947|[iban]",
        "MT84MALT011000012345MTLCAST001S|[iban]",
        "BE68-5390-0754-7034|[iban]"
      })
  void findsAccountNumbers(String text, String expected) {
    assertThat(scrubber.scrubText(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "536-90-4399|[ssn]",
        "ssn 536.90.4399,|ssn [ssn],",
        "SSN: 536 90 4399|SSN: [ssn]",
        "Social Security Number 536904399|Social Security Number [ssn]",
        "CVV: 123|CVV: [cvv]",
        "cvc2=1234;|cvc2=[cvv];",
        "Security code 9876|Security code [cvv]",
        "valid thru 04 / 2029|valid thru [expiry]",
        "Expiry date: 1/27.|Expiry date: [expiry]."
      })
  void findsWhatAWordMakesPrivate(String text, String expected) {
    assertThat(scrubber.scrubText(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from 93.184.216.34 at|from 93.184.216.0 at",
        "93.184.216.34:8080|93.184.216.0:8080",
        "2001:db8:85a3:8d3:1319:8a2e:370:7348|2001:db8:85a3::",
        "[2a02:8109:9a40::5c] on|[2a02:8109:9a40::] on",
        "2001:db8::1 |2001:db8:: ",
        "::ffff:93.184.216.34|::ffff:93.184.216.0",
        "fe80::1ff:fe23:4567:890a|fe80::"
      })
  void cutsAddressesOfHostsToTheirNetwork(String text, String expected) {
    assertThat(scrubber.scrubText(text)).isEqualTo(expected);
    assertThat(scrubber.scrubText(expected)).isSameAs(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key AKIAIOSFODNN7EXAMPLE.|key [secret].",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a|[secret]",
        "https://hooks.slack.com/services/T0A1B2C3/B4D5E6F7/gH8iJ9kL|https://hooks.slack.com/services/[secret]",
        "AIzaSyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe|[secret]",
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc|[secret]",
        "-----BEGIN PRIVATE KEY-----MIIEvQIBADANBgkqhkiG-----END PRIVATE KEY-----|"
            + "-----BEGIN PRIVATE KEY-----[secret]-----END PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY----- MHcCAQEEIIrYSSNQFaA2Hwf1 x?|"
            + "-----BEGIN EC PRIVATE KEY----- [secret]?"
      })
  void findsKeysOfWellKnownIssuers(String text, String expected) {
    assertThat(scrubber.scrubText(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4111\u200B1111\u200B1111\u200B1111 x|[card] x",
        "a\u00ADnn@exam\u2060ple.org|[email]",
        "ann﹫example.org|[email]",
        "𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏!|[card]!",
        "é\u200D ４１１１１１１１１１１１１１１１ é\u200D|é\u200D [card] é\u200D",
        "ann&#64;example.org|[email]",
        "ann&#x40;example.org|[email]",
        "Tim O'Brien tim.o'brien@example.org|Tim O'Brien [email]",
        "'ann@example.org'|'[email]'",
        "phone: 5551234567|phone: [phone]",
        "Tel. 01711234567|Tel. [phone]",
        "0049 171 1234567|[phone]"
      })
  void findsWhatIsWrittenInAnUnusualWay(String text, String expected) {
    assertThat(scrubber.scrubText(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4111111111111112|[card]",
        "DE89370400440532013001|[iban]",
        "078-05-1120|[ssn]",
        "93.184.216.34|[ip]",
        "2001:db8:85a3::1|[ip]",
        "4155552671|[phone]",
        "+999 12345678|[phone]"
      })
  void strictModeTakesTheShapeForTheThing(String text, String expected) {
    ScrubPass pass = scrubber.newPass(ScrubMode.STRICT);
    char[] chars = text.toCharArray();
    assertThat(pass.text(chars, 0, chars.length)).isTrue();
    assertThat(new String(pass.buffer(), 0, pass.length())).isEqualTo(expected);
    assertThat(scrubber.scrubText(text)).isNotEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "login failed {\"password\":\"hunter2\",\"page\":3}|login failed"
            + " {\"password\":\"[secret]\",\"page\":3}",
        "apiKey=abc123def456 user=ann@example.org|apiKey=[secret] user=[email]",
        "password field is empty|password field is empty"
      })
  void linesOfALogLoseWhatANameSaysIsSecret(String text, String expected) {
    ScrubPass pass = scrubber.newPass();
    char[] chars = text.toCharArray();
    boolean changed = pass.log(chars, 0, chars.length);
    String left = changed ? new String(pass.buffer(), 0, pass.length()) : text;
    assertThat(left).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P|[jwt]",
        "t=eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0.;x|t=[jwt];x",
        "Authorization: Bearer abc123def456|Authorization: Bearer [token]",
        "bearer AbCdEfGhIjKl|bearer [token]",
        "Basic dXNlcjpwYXNzd29yZA==|Basic [token]",
        "authorization: token ghp_16C7e42F292c6912E7|authorization: token [token]"
      })
  void findsTokens(String text, String expected) {
    assertThat(scrubber.scrubText(text)).isEqualTo(expected);
  }

  @Test
  void changesNothingMoreTheSecondTime() {
    String once =
        scrubber.scrubText(
            "ann@example.org 4111 1111 1111 1111 +49 171 1234567 Bearer abc123def456"
                + " https://u:p@a.example/x?q=1&page=2#t=5 (https://a.example/y?z=1:2:3)");
    assertThat(scrubber.scrubText(once)).isSameAs(once);
    String url = scrubber.scrubUrl("https://u:p@a.example/x?q=1#t=5");
    assertThat(scrubber.scrubUrl(url)).isSameAs(url);
    assertThat(scrubber.scrubUrl(scrubber.scrubUrl("tel:+4917112345"))).isEqualTo("tel:[phone]");
  }

  @Test
  void countsByRuleAndNeverKeepsTheValue() {
    ScrubPass pass = scrubber.newPass();
    char[] text = "ann@example.org bob@example.org 4111111111111111".toCharArray();
    pass.text(text, 0, text.length);
    ScrubReport report = pass.report();
    assertThat(report.count(ScrubRule.EMAIL)).isEqualTo(2);
    assertThat(report.count(ScrubRule.CARD)).isEqualTo(1);
    assertThat(report.total()).isEqualTo(3);
    assertThat(report.toString()).doesNotContain("ann", "4111");
  }

  @Test
  void looksOnlyAtItsSlice() {
    char[] text = "4ann@example.org5".toCharArray();
    ScrubPass pass = scrubber.newPass();
    assertThat(pass.text(text, 1, text.length - 2)).isTrue();
    assertThat(new String(pass.buffer(), 0, pass.length())).isEqualTo("[email]");
  }
}
