package dev.retrospec.reports;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.time.StorableTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an analyzer says about a session. What is null stays as it was.
 *
 * @param confidence 0 to 1; where {@code origin} names a rule, what that rule has seen of the
 *     cause, before its record in the project is asked
 * @param origin null when a client outside gave the report
 */
public record AnalysisReport(
    ProjectId projectId,
    SessionId sessionId,
    @Nullable ReportStatus status,
    @Nullable String symptom,
    @Nullable String technicalRootCause,
    @Nullable String suggestedFix,
    @Nullable String textSummary,
    @Nullable String visualSummary,
    @Nullable Double confidence,
    @Nullable List<Evidence> evidence,
    @Nullable Instant generatedAt,
    @Nullable Origin origin) {

  /** A page of text; a report card is read by a person. */
  static final int MAX_TEXT = 8_000;

  private static final int MAX_EVIDENCE = 200;

  /**
   * How a report came about.
   *
   * @param rule whose record in the project says how far it is to be trusted
   * @param marker what it is about
   * @param isProvisional whether another look is due, so that the rule is not yet to be judged
   */
  public record Origin(
      String rule, MarkerId marker, List<ProviderPart> providers, boolean isProvisional) {

    public Origin {
      providers = List.copyOf(providers);
    }

    public Origin(String rule, MarkerId marker, List<ProviderPart> providers) {
      this(rule, marker, providers, false);
    }
  }

  public AnalysisReport {
    if (confidence != null && !(confidence >= 0 && confidence <= 1)) {
      throw new InvalidRequest("confidence must be between 0 and 1");
    }
    if (!StorableTime.holds(generatedAt)) {
      throw new InvalidRequest("generatedAt must lie in the years 1 to 9999");
    }
    symptom = bounded("symptom", symptom);
    technicalRootCause = bounded("technicalRootCause", technicalRootCause);
    suggestedFix = bounded("suggestedFix", suggestedFix);
    textSummary = bounded("textSummary", textSummary);
    visualSummary = bounded("visualSummary", visualSummary);
    if (evidence != null) {
      if (evidence.size() > MAX_EVIDENCE) {
        throw new InvalidRequest("evidence must have at most " + MAX_EVIDENCE + " items");
      }
      evidence = List.copyOf(evidence);
    }
  }

  /** A report of a client outside, or one of which it is not known how it came about. */
  public AnalysisReport(
      ProjectId projectId,
      SessionId sessionId,
      @Nullable ReportStatus status,
      @Nullable String symptom,
      @Nullable String technicalRootCause,
      @Nullable String suggestedFix,
      @Nullable String textSummary,
      @Nullable String visualSummary,
      @Nullable Double confidence,
      @Nullable List<Evidence> evidence,
      @Nullable Instant generatedAt) {
    this(
        projectId,
        sessionId,
        status,
        symptom,
        technicalRootCause,
        suggestedFix,
        textSummary,
        visualSummary,
        confidence,
        evidence,
        generatedAt,
        null);
  }

  private static @Nullable String bounded(String field, @Nullable String text) {
    if (text == null) {
      return null;
    }
    if (text.length() > MAX_TEXT) {
      throw new InvalidRequest(field + " must have at most " + MAX_TEXT + " characters");
    }
    // because PostgreSQL takes no NUL in text
    return text.replace('\0', ' ');
  }
}
