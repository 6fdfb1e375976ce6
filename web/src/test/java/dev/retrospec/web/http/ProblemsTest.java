package dev.retrospec.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.platform.failure.FailureCode;
import jakarta.ws.rs.core.Response.Status;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statuses are seen on the real server; here is what decides between them. */
class ProblemsTest {

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "57P03", "53300", "53100"})
  void tellALostDatabaseFromAMistakeOfOurs(String state) {
    Throwable thrown = new IllegalStateException(new SQLException("gone", state));

    assertThat(Causes.isDatabaseAway(thrown)).isTrue();
  }

  @Test
  void takeAMistakeOfOursForOne() {
    assertThat(Causes.isDatabaseAway(new IllegalStateException(new SQLException("x", "23505"))))
        .isFalse();
    assertThat(Causes.isDatabaseAway(new IllegalStateException("x"))).isFalse();
    assertThat(Causes.isDatabaseAway(new SQLTransientConnectionException("x"))).isTrue();
  }

  @Test
  void tellAValueThatDoesNotFitFromAMistakeOfOurs() {
    assertThat(Causes.isUnstorableValue(new IllegalStateException(new SQLException("x", "22008"))))
        .isTrue();
    assertThat(Causes.isUnstorableValue(new IllegalStateException(new SQLException("x", "23505"))))
        .isFalse();
  }

  @Test
  void sayWhenToAskAgainToWhoWantsTooMuchAtOnce() {
    assertThat(Problems.status(FailureCode.TOO_MANY)).isEqualTo(Status.TOO_MANY_REQUESTS);
    assertThat(Problems.retryAfterSeconds(FailureCode.TOO_MANY)).hasValue(20);
    assertThat(Problems.retryAfterSeconds(FailureCode.NOT_FOUND)).isEmpty();
  }

  @Test
  void lookThroughWhatContainersWrap() {
    Refused refused = Refused.forbidden("no");

    assertThat(Causes.telling(new RuntimeException(new IllegalStateException(refused))))
        .isSameAs(refused);
  }

  @Test
  void endWhereCausesFormARing() {
    Exception one = new Exception("one");
    Exception two = new Exception("two", one);
    one.initCause(two);

    assertThat(Causes.telling(one)).isSameAs(one);
  }
}
