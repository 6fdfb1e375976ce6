package dev.retrospec.sessions;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a session could not be indexed.
 *
 * @param of whose fault it is
 * @param name of the cause, without its message: PostgreSQL's may quote what a visitor saw
 */
record IndexFailure(Of of, String name) {

  enum Of {
    /** What was recorded cannot be stored so, however often it is tried. */
    SESSION,
    /** No connection, no memory, a shutdown, a deadlock: all sessions would meet it. */
    DATABASE,
    /** Too slow, or nobody knows. */
    UNKNOWN
  }

  private static final String CANCELED = "57014";

  static IndexFailure of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    String name = cause.getClass().getName();
    return cause instanceof SQLException sql
        ? new IndexFailure(of(sql.getSQLState()), name + " " + sql.getSQLState())
        : new IndexFailure(Of.UNKNOWN, name);
  }

  /** By PostgreSQL's classes of errors (its manual, appendix A); the pool's own have none. */
  private static Of of(@Nullable String state) {
    if (state == null || state.length() < 2) {
      return Of.DATABASE;
    }
    if (state.equals(CANCELED)) {
      return Of.UNKNOWN;
    }
    return switch (state.substring(0, 2)) {
      case "22", "23", "54" -> Of.SESSION;
      case "08", "25", "40", "53", "55", "57", "58" -> Of.DATABASE;
      default -> Of.UNKNOWN;
    };
  }
}
