package dev.retrospec.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.ReportCardId;
import dev.retrospec.ids.SessionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report card in the contract's shape, and more.
 *
 * @param confidence 0 to 1; where a rule spoke, by its record as it is now
 * @param evidence in the order of the session
 * @param generatedAt null while nothing was generated
 * @param reason why it failed or was discarded; null otherwise
 * @param rule the rule that spoke and how it has done in this project; null for a client's report
 * @param markerId what the card is about; null for a client's report
 * @param providers who was asked, and what each of them said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
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
    Instant updatedAt,
    @Nullable String reason,
    @Nullable RuleRecord rule,
    @Nullable MarkerId markerId,
    List<ProviderPart> providers) {

  /** How far the report is, without a word of it. */
  public ReportCardView withoutContent() {
    return new ReportCardView(
        id, projectId, sessionId, status, "", "", "", "", "", 0, List.of(), null, createdAt,
        updatedAt, null, null, null, List.of());
  }

  /** The sentences of one of its texts, each with its moment; empty when it has none of its own. */
  public List<Evidence> sentences(CardText text) {
    return evidence.stream().filter(item -> item.says() == text).toList();
  }

  /** Whether somebody may ask for it once more. */
  public boolean canBeRetried() {
    return status == ReportStatus.FAILED || status == ReportStatus.DISCARDED;
  }
}
