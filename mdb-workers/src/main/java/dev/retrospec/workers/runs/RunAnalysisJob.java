package dev.retrospec.workers.runs;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.platform.openai.ModelUnavailable;
import dev.retrospec.testruns.RunAnalysisConfig;
import dev.retrospec.testruns.RunTelling;
import dev.retrospec.testruns.TestRunQueries;
import dev.retrospec.testruns.TestRunView;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Has a model analyse a red run; then the run is told. */
@ApplicationScoped
public class RunAnalysisJob implements JobWork {

  private final TestRunQueries runs;
  private final RunTelling telling;
  private final RunAnalysisConfig config;
  private final ModelAnalysis analysis = new ModelAnalysis();

  @Inject
  public RunAnalysisJob(TestRunQueries runs, RunTelling telling, RunAnalysisConfig config) {
    this.runs = runs;
    this.telling = telling;
    this.config = config;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RunAnalysisJob() {
    this(null, null, null);
  }

  @Override
  public JobKind kind() {
    return JobKind.RUN_ANALYSIS;
  }

  /** It waits for the model, nearly all of the time. */
  @Override
  public boolean isForTheProcessor() {
    return false;
  }

  @Override
  public Runnable perform(Job job) {
    ProjectId project = job.projectId();
    TestRunId id = new TestRunId(job.subject());
    RunAnalysisConfig.Model model = config.model();
    Optional<TestRunView> run = runs.find(project, id);
    if (run.isEmpty()) {
      return () -> {}; // expired since: nobody waits for words
    }
    if (model == null) {
      throw new ModelUnavailable("No model is set any more");
    }
    String text = analysis.of(run.get(), model);
    return () -> telling.analysed(project, id, text, model.name());
  }
}
