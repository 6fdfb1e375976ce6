package dev.retrospec.workers.analysis;

import dev.retrospec.reports.Evidence;
import java.util.List;

/**
 * What an analyzer says.
 *
 * @param confidence 0 to 1
 * @param evidence each with the moment it speaks of, in the order of the session
 */
public record Verdict(
    String symptom,
    String technicalRootCause,
    String suggestedFix,
    String textSummary,
    String visualSummary,
    double confidence,
    List<Evidence> evidence) {

  public Verdict {
    evidence = List.copyOf(evidence);
  }
}
