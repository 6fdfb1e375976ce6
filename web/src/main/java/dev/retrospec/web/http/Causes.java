package dev.retrospec.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.retrospec.ids.InvalidId;
import dev.retrospec.platform.failure.Failure;
import jakarta.resource.ResourceException;
import jakarta.ws.rs.WebApplicationException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks through what containers wrap around an exception. */
final class Causes {

  /** A chain of causes may be a ring. */
  private static final int MAX_DEPTH = 20;

  private Causes() {}

  /** The exception of the chain that says what happened; a failure of ours before all others. */
  static Throwable telling(Throwable thrown) {
    for (Predicate<Throwable> wanted :
        java.util.List.<Predicate<Throwable>>of(
            Failure.class::isInstance,
            Refused.class::isInstance,
            InvalidId.class::isInstance,
            JsonProcessingException.class::isInstance,
            WebApplicationException.class::isInstance)) {
      Throwable found = find(thrown, wanted);
      if (found != null) {
        return found;
      }
    }
    return thrown;
  }

  /** PostgreSQL cannot do it now, and trying again later is right. */
  static boolean isDatabaseAway(Throwable thrown) {
    return find(thrown, Causes::tellsOfLostDatabase) != null;
  }

  /** A value of the request's that no column takes: a year of nine digits, a number beyond all. */
  static boolean isUnstorableValue(Throwable thrown) {
    return find(
            thrown,
            cause ->
                cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().startsWith("22"))
        != null;
  }

  private static boolean tellsOfLostDatabase(Throwable cause) {
    if (cause instanceof SQLTransientConnectionException
        || cause instanceof SQLNonTransientConnectionException
        || cause instanceof ResourceException) {
      return true;
    }
    if (cause instanceof SQLException sql && sql.getSQLState() != null) {
      String state = sql.getSQLState();
      // Connection exceptions; operator intervention; no connection, memory or disk left; a
      // deadlock's victim.
      return state.startsWith("08")
          || state.startsWith("57P")
          || state.startsWith("53")
          || state.equals("40P01");
    }
    return false;
  }

  private static @Nullable Throwable find(Throwable thrown, Predicate<Throwable> wanted) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
      if (wanted.test(cause)) {
        return cause;
      }
      cause = cause.getCause();
    }
    return null;
  }
}
