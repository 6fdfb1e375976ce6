package dev.retrospec.reports;

import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.sessions.SessionQueries;
import dev.retrospec.sessions.SessionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one way into a report card: drops each sentence that stands on nothing that was recorded,
 * whoever said it, and corrects its time to that of the event. What a dropped sentence belonged to
 * loses it; a card that loses its symptom or its cause is discarded.
 */
@ApplicationScoped
public class EvidenceGate {

  static final String NOTHING_LIVE =
      "Nothing of what the analyzer said stands on a recorded event.";

  private final SessionQueries sessions;
  private final LiveMoments moments;

  @Inject
  public EvidenceGate(SessionQueries sessions, LiveMoments moments) {
    this.sessions = sessions;
    this.moments = moments;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected EvidenceGate() {
    this(null, null);
  }

  /**
   * Reads the chunks that are cited: call it outside of a transaction.
   *
   * @throws NotFound when the project has no such session
   * @throws dev.retrospec.artifacts.ArtifactStoreUnavailable when a cited chunk is in the store and
   *     that is away
   */
  public CheckedReport check(AnalysisReport report) {
    SessionView session =
        sessions
            .find(report.projectId(), report.sessionId())
            .orElseThrow(() -> new NotFound("session"));
    List<Evidence> said = report.evidence();
    if (said == null || said.isEmpty()) {
      return new CheckedReport(report, null);
    }
    LiveMoments.OfSession live = moments.of(session);
    List<Evidence> kept = new ArrayList<>();
    said.forEach(item -> live.confirmed(item).ifPresent(kept::add));
    AnalysisReport clean = withEvidence(report, kept);
    return new CheckedReport(clean, refusal(clean, said, kept));
  }

  private static @Nullable String refusal(
      AnalysisReport clean, List<Evidence> said, List<Evidence> kept) {
    boolean lostAll = kept.isEmpty();
    boolean lostItsPoint =
        lost(CardText.SYMPTOM, said, kept) || lost(CardText.ROOT_CAUSE, said, kept);
    return clean.status() == ReportStatus.READY && (lostAll || lostItsPoint) ? NOTHING_LIVE : null;
  }

  private static boolean lost(CardText text, List<Evidence> said, List<Evidence> kept) {
    return says(text, said) && !says(text, kept);
  }

  private static boolean says(CardText text, List<Evidence> sentences) {
    return sentences.stream().anyMatch(item -> item.says() == text);
  }

  /** The texts that are made of sentences are made again, of what is left. */
  private static AnalysisReport withEvidence(AnalysisReport report, List<Evidence> kept) {
    return new AnalysisReport(
        report.projectId(),
        report.sessionId(),
        report.status(),
        text(CardText.SYMPTOM, report, report.symptom(), kept),
        text(CardText.ROOT_CAUSE, report, report.technicalRootCause(), kept),
        text(CardText.FIX, report, report.suggestedFix(), kept),
        text(CardText.TEXT_SUMMARY, report, report.textSummary(), kept),
        text(CardText.VISUAL_SUMMARY, report, report.visualSummary(), kept),
        report.confidence(),
        kept,
        report.generatedAt(),
        report.origin());
  }

  private static @Nullable String text(
      CardText text, AnalysisReport report, @Nullable String given, List<Evidence> kept) {
    if (!says(text, Objects.requireNonNull(report.evidence()))) {
      return given;
    }
    String left = CardSentences.of(text, kept);
    // Our own analyzers add a remark that belongs to no moment, such as that more was recorded.
    boolean hasRemark = report.origin() != null && given != null && !given.isBlank();
    return hasRemark && !left.isEmpty() ? left + " " + given : left;
  }
}
