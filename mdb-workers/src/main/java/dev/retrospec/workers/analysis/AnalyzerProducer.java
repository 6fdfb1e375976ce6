package dev.retrospec.workers.analysis;

import dev.retrospec.platform.config.Settings;
import dev.retrospec.workers.analysis.heuristic.HeuristicAnalyzer;
import dev.retrospec.workers.analysis.model.ClipCatalog;
import dev.retrospec.workers.analysis.model.ModelAnalyzer;
import dev.retrospec.workers.analysis.model.ModelConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;

/** Makes the analyzer that the settings name. */
@Dependent
public class AnalyzerProducer {

  @Produces
  @ApplicationScoped
  Analyzer analyzer(Settings settings, ClipCatalog clips) {
    ModelConfig models = AnalyzerConfig.from(settings).models();
    return models == null ? new HeuristicAnalyzer() : new ModelAnalyzer(models, clips);
  }
}
