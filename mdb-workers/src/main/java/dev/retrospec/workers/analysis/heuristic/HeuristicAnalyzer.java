package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.analysis.AnalysisCase;
import dev.retrospec.workers.analysis.Analyzer;
import dev.retrospec.workers.analysis.Verdict;

/**
 * Finds a verdict by rules alone: the marker that says most, what failed just before it, what the
 * page did just after it. Says so when there is little to go by.
 */
public final class HeuristicAnalyzer implements Analyzer {

  /** Rules see what came before what, never why: they are not sure. */
  private static final double MAX_CONFIDENCE = 0.9;

  /** Without recorded events a verdict only repeats the marker. */
  private static final double MAX_CONFIDENCE_THIN = 0.35;

  @Override
  public Verdict analyze(AnalysisCase analysisCase) {
    ObservedMarker marker = MarkerChoice.of(analysisCase.markers());
    Scene scene = new Scene(analysisCase, marker);
    Finding finding =
        switch (marker.kind()) {
          case JS_EXCEPTION -> ScriptErrorRule.apply(scene);
          case API_ERROR -> FailedRequestRule.apply(scene);
          case VALIDATION_FAILED -> BlockedFormRule.apply(scene);
          case UI_NO_EFFECT -> NoEffectRule.apply(scene);
        };
    Story story = new Story(analysisCase, scene);
    double limit = scene.isThin() ? MAX_CONFIDENCE_THIN : MAX_CONFIDENCE;
    return new Verdict(
        finding.symptom(),
        finding.rootCause(),
        finding.fix(),
        story.text(),
        story.picture(),
        Math.round(Math.min(finding.confidence(), limit) * 100) / 100.0,
        story.evidence());
  }
}
