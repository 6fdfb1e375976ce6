package dev.retrospec.workers.analysis.heuristic;

import dev.retrospec.reports.CardText;
import dev.retrospec.reports.Evidence;
import dev.retrospec.reports.ProviderPart;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.workers.analysis.AnalysisCase;
import dev.retrospec.workers.analysis.Analyzer;
import dev.retrospec.workers.analysis.MarkerChoice;
import dev.retrospec.workers.analysis.Statement;
import dev.retrospec.workers.analysis.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds a verdict by rules alone: the marker that says most, and the first rule that knows what
 * happened around it. Says so when there is little to go by.
 */
public final class HeuristicAnalyzer implements Analyzer {

  /** Who said what this analyzer says. */
  public static final String PROVIDER = "heuristic";

  /** Rules see what came before what, never why: they are not sure. */
  private static final double MAX_STRENGTH = 0.9;

  /** Without recorded events a verdict only repeats the marker. */
  private static final double MAX_STRENGTH_THIN = 0.35;

  /** From the particular to the general; the last ones of each kind always have an answer. */
  static final List<Rule> RULES =
      List.of(
          new ReloadLoopRule(),
          new FacesAjaxRule(),
          new GraphqlErrorRule(),
          new MissingResourceRule(),
          new RequestTimeoutRule(),
          new SlowRequestRule(),
          new ValidationLoopRule(),
          new BlockedFormRule(),
          new CoveredElementRule(),
          new ExceptionBeforeEffectRule(),
          new SwallowedErrorRule(),
          new EndlessSpinnerRule(),
          new ScriptErrorRule(),
          new FailedRequestRule(),
          new DeadControlRule(),
          new NoEffectRule());

  @Override
  public Verdict analyze(AnalysisCase analysisCase) {
    ObservedMarker marker = MarkerChoice.of(analysisCase.markers());
    Scene scene = new Scene(analysisCase, marker);
    for (Rule rule : RULES) {
      Optional<Finding> finding = rule.look(scene);
      if (finding.isPresent()) {
        return verdict(analysisCase, scene, rule, finding.get());
      }
    }
    throw new IllegalStateException("no rule answers for " + marker.kind());
  }

  private static Verdict verdict(
      AnalysisCase analysisCase, Scene scene, Rule rule, Finding finding) {
    List<Statement> statements = new ArrayList<>(finding.statements());
    Story story = new Story(analysisCase, scene);
    statements.addAll(story.statements());
    List<Evidence> evidence = statements.stream().map(it -> it.by(PROVIDER)).toList();
    double limit = scene.isThin() ? MAX_STRENGTH_THIN : MAX_STRENGTH;
    List<CardText> said = evidence.stream().map(Evidence::says).distinct().toList();
    return new Verdict(
        rule.id(),
        scene.marker().id(),
        evidence,
        Math.round(Math.min(finding.strength(), limit) * 100) / 100.0,
        story.remark(),
        List.of(ProviderPart.used(PROVIDER, null, said)));
  }
}
