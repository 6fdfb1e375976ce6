package dev.retrospec.inspection;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.sessions.SessionRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of sessions.
 *
 * @param nextCursor gives the following piece; null at the end
 * @param everRecorded whether the project has any session at all
 */
public record SessionListView(List<Row> rows, @Nullable String nextCursor, boolean everRecorded) {

  public SessionListView {
    rows = List.copyOf(rows);
  }

  /**
   * A session and why one would open it.
   *
   * @param firstMarker null in a healthy session
   * @param reportStatus null before anybody asked for a report
   */
  public record Row(
      SessionRow session, @Nullable FirstMarker firstMarker, @Nullable String reportStatus) {}

  /** The first thing that went wrong; of the filtered kind, where one is chosen. */
  public record FirstMarker(
      SessionId sessionId, MarkerId id, String kind, String label, long replayOffsetMs) {}
}
