package dev.retrospec.workers.analysis;

import dev.retrospec.platform.config.Settings;
import dev.retrospec.workers.analysis.heuristic.HeuristicAnalyzer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;

/** Makes the analyzer that the settings name. */
@Dependent
public class AnalyzerProducer {

  @Produces
  @ApplicationScoped
  Analyzer analyzer(Settings settings) {
    return switch (AnalyzerConfig.from(settings).provider()) {
      case HEURISTIC -> new HeuristicAnalyzer();
    };
  }
}
