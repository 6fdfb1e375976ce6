package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.replays.ArtifactView;
import dev.retrospec.reports.ReportCardView;
import dev.retrospec.sessions.SessionView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One session with everything its page shows beside the player.
 *
 * @param markers in the order of the replay
 * @param report null before anybody asked for one
 */
public record SessionPageView(
    SessionView session,
    List<MarkerLine> markers,
    @Nullable ReportCardView report,
    List<ArtifactView> artifacts) {

  public SessionPageView {
    markers = List.copyOf(markers);
    artifacts = List.copyOf(artifacts);
  }

  /**
   * Something that went wrong.
   *
   * @param originalStack the stack after source maps; null where none is known
   * @param issue what the issue is called that this belongs to; null when it is none (yet)
   */
  public record MarkerLine(
      MarkerId id,
      String kind,
      @Nullable String subkind,
      String label,
      @Nullable String evidence,
      long replayOffsetMs,
      ClusterKey clusterKey,
      @Nullable String issue,
      @Nullable String stack,
      @Nullable String originalStack) {}
}
