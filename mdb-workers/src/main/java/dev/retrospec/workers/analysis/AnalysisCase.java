package dev.retrospec.workers.analysis;

import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.SessionView;
import dev.retrospec.workers.moments.MarkerMoments;
import java.util.List;

/**
 * What an analyzer has to go by.
 *
 * @param markers at least one, in the order of the session
 * @param found what happened around them
 * @param peers how it goes for others on the same route
 */
public record AnalysisCase(
    SessionView session, List<ObservedMarker> markers, MarkerMoments.Found found, Peers peers) {

  public AnalysisCase {
    markers = List.copyOf(markers);
    if (markers.isEmpty()) {
      throw new IllegalArgumentException("a case needs a marker");
    }
  }

  public AnalysisCase(
      SessionView session, List<ObservedMarker> markers, MarkerMoments.Found found) {
    this(session, markers, found, Peers.NONE);
  }
}
