package dev.retrospec.workers.analysis;

import dev.retrospec.sessions.ObservedMarker;
import java.util.Comparator;
import java.util.List;

/**
 * Which marker a report card is about: the one that says most about the cause, and of those the
 * first, because later ones are often its consequences.
 */
public final class MarkerChoice {

  private MarkerChoice() {}

  /**
   * @param markers at least one
   */
  public static ObservedMarker of(List<ObservedMarker> markers) {
    return markers.stream()
        .min(
            Comparator.comparingInt(MarkerChoice::rank)
                .thenComparingLong(ObservedMarker::replayOffsetMs))
        .orElseThrow();
  }

  private static int rank(ObservedMarker marker) {
    return switch (marker.kind()) {
      case JS_EXCEPTION -> "console_error".equals(marker.subkind()) ? 3 : 0;
      case API_ERROR -> isClientError(marker) ? 2 : 1;
      case VALIDATION_FAILED -> 4;
      case UI_NO_EFFECT -> 5;
    };
  }

  private static boolean isClientError(ObservedMarker marker) {
    Integer status = marker.request() == null ? null : marker.request().status();
    return status != null && status >= 400 && status < 500;
  }
}
