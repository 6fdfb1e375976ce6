package dev.retrospec.workers.moments;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.SessionStatus;
import dev.retrospec.sessions.SessionView;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a session is to be looked at once more: a recorder sends a marker at once, and what the
 * visitor did in the seconds after it comes with later chunks.
 */
public final class SecondLook {

  /**
   * The longest window behind a marker, the SDK's five seconds between two chunks, and a margin.
   */
  public static final Duration PAUSE = Duration.ofSeconds(15);

  private SecondLook() {}

  /**
   * @param afterMs how much of the time after a marker belongs to its window
   */
  public static boolean isDue(SessionView session, List<ObservedMarker> observed, long afterMs) {
    return session.status() == SessionStatus.RECORDING
        && observed.stream()
            .anyMatch(marker -> marker.replayOffsetMs() + afterMs > session.durationMs());
  }

  /** The markers that the session has by now. */
  public static Set<MarkerId> about(List<ObservedMarker> observed) {
    return observed.stream().map(ObservedMarker::id).collect(Collectors.toUnmodifiableSet());
  }
}
