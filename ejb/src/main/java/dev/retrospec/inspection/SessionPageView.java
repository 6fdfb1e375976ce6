package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.sessions.SessionView;
import java.time.Instant;
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
    @Nullable Report report,
    List<ArtifactLine> artifacts) {

  public SessionPageView {
    markers = List.copyOf(markers);
    artifacts = List.copyOf(artifacts);
  }

  /**
   * Something that went wrong.
   *
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
      @Nullable String issue) {}

  /**
   * What the analysis says; its texts are empty while the status is not {@code ready}.
   *
   * @param confidence 0 to 1
   * @param evidence the moments that its sentences stand on
   */
  public record Report(
      String status,
      String symptom,
      String technicalRootCause,
      String suggestedFix,
      String textSummary,
      String visualSummary,
      double confidence,
      @Nullable Instant generatedAt,
      List<Evidence> evidence) {

    public Report {
      evidence = List.copyOf(evidence);
    }
  }

  /** A moment of the replay and what is seen there. */
  public record Evidence(long atMs, String text) {}

  /** A file that the workers made of the session. */
  public record ArtifactLine(String artifactType, String status, Instant generatedAt) {}
}
