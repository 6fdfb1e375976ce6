package dev.retrospec.issues.clustering;

import dev.retrospec.sessions.MarkerKind;

/**
 * How sure we are, from 0 to 1, that a cluster is a failure of the site and not a visitor's whim.
 *
 * <p>The kind gives the first belief: an exception or a refused request is a failure in itself, a
 * form that was not sent may be the visitor's own mistake, a click without effect may be
 * impatience. Each further visitor whose markers agree takes away 30 % of the doubt that is left;
 * each further session of a visitor who is counted already takes 10 %, since one odd browser can
 * repeat itself for ever. The number of markers does not count: a loop makes thousands in a minute.
 *
 * <pre>confidence = 1 − (1 − belief(kind)) × 0.7^(users − 1) × 0.9^(sessions − users), at most 0.99
 * </pre>
 */
public final class Confidence {

  private static final double DOUBT_PER_VISITOR = 0.7;
  private static final double DOUBT_PER_SESSION = 0.9;
  private static final double MAX = 0.99;

  private Confidence() {}

  /** Of a cluster that as many sessions of as many visitors have shown; 0 when none has. */
  public static double of(MarkerKind kind, int sessions, int users) {
    if (sessions <= 0) {
      return 0;
    }
    int visitors = Math.max(1, Math.min(users, sessions));
    double doubt =
        (1 - belief(kind))
            * Math.pow(DOUBT_PER_VISITOR, visitors - 1)
            * Math.pow(DOUBT_PER_SESSION, sessions - visitors);
    return Math.min(MAX, Math.round((1 - doubt) * 1_000) / 1_000.0);
  }

  private static double belief(MarkerKind kind) {
    return switch (kind) {
      case JS_EXCEPTION, API_ERROR -> 0.55;
      case VALIDATION_FAILED -> 0.35;
      case UI_NO_EFFECT -> 0.30;
    };
  }
}
