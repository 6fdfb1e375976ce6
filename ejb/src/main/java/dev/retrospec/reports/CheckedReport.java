package dev.retrospec.reports;

import org.jspecify.annotations.Nullable;

/**
 * A report of which every sentence that names a moment stands on something that was recorded. Only
 * {@link EvidenceGate} makes one, so that none gets past it.
 */
public final class CheckedReport {

  private final AnalysisReport report;
  private final @Nullable String refusal;

  CheckedReport(AnalysisReport report, @Nullable String refusal) {
    this.report = report;
    this.refusal = refusal;
  }

  public AnalysisReport report() {
    return report;
  }

  /** Why it is not shown; null when it is. */
  public @Nullable String refusal() {
    return refusal;
  }
}
