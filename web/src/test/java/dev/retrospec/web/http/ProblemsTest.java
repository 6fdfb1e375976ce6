package dev.retrospec.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.FailureCode;
import jakarta.ws.rs.core.Response;
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
    Response response = Problems.of(new TooMuch());

    assertThat(response.getStatus()).isEqualTo(429);
    assertThat(response.getHeaderString("Retry-After")).isEqualTo("20");
  }

  private static final class TooMuch extends Failure {
    TooMuch() {
      super(FailureCode.TOO_MANY, "two are under way");
    }
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
