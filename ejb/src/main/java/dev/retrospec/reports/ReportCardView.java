package dev.retrospec.reports;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.ReportCardId;
import dev.retrospec.ids.SessionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report card in the contract's shape.
 *
 * @param confidence 0 to 1
 * @param evidence in the order of the session
 * @param generatedAt null while nothing was generated
 */
public record ReportCardView(
    ReportCardId id,
    ProjectId projectId,
    SessionId sessionId,
    ReportStatus status,
    String symptom,
    String technicalRootCause,
    String suggestedFix,
    String textSummary,
    String visualSummary,
    double confidence,
    List<Evidence> evidence,
    @Nullable Instant generatedAt,
    Instant createdAt,
    Instant updatedAt) {

  /** How far the report is, without a word of it. */
  public ReportCardView withoutContent() {
    return new ReportCardView(
        id, projectId, sessionId, status, "", "", "", "", "", 0, List.of(), null, createdAt,
        updatedAt);
  }
}
