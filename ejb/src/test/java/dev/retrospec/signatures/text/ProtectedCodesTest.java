package dev.retrospec.signatures.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectedCodesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 502 on load                         | http:502
          Request failed with status code 404          | http:404
          503 Service Unavailable                      | http:503
          ERROR: x (SQLSTATE 23505)                    | sqlstate:23505
          connect ECONNREFUSED 127.0.0.1:80            | errno:ECONNREFUSED
          net::ERR_NAME_NOT_RESOLVED at x              | err:ERR_NAME_NOT_RESOLVED
          Process exited with code 137                 | exit:137
          error TS2345: Argument                       | vendor:TS2345
          error[E0382]: borrow of moved value          | rust:E0382
          """)
  void codesThatNameAnErrorAreFound(String text, String code) {
    assertThat(ProtectedCodes.of(text)).containsExactly(code);
  }

  @ParameterizedTest
  @CsvSource({"expected 404 items", "ERROR of EXPECTED kind", "/orders/500", "port 8080"})
  void numbersAndWordsAreNone(String text) {
    assertThat(ProtectedCodes.of(text)).isEmpty();
  }

  @Test
  void anAnswersStatusIsToldFromOtherCodes() {
    assertThat(ProtectedCodes.tellAnswer(ProtectedCodes.of("ENOENT after status 502"))).isTrue();
    assertThat(ProtectedCodes.tellAnswer(ProtectedCodes.of("connect ECONNREFUSED"))).isFalse();
  }
}
