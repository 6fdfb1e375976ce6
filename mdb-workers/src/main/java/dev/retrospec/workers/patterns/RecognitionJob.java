package dev.retrospec.workers.patterns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.promotion.IssueRecognition;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Makes the memory of failures know an issue. */
@ApplicationScoped
public class RecognitionJob implements JobWork {

  private final IssueRecognition issues;

  @Inject
  public RecognitionJob(IssueRecognition issues) {
    this.issues = issues;
  }

  /** For the container's proxy. */
  protected RecognitionJob() {
    this(null);
  }

  @Override
  public JobKind kind() {
    return JobKind.RECOGNITION;
  }

  @Override
  public Runnable perform(Job job) {
    return () -> issues.recognise(job.projectId(), new ClusterKey(job.subject()));
  }
}
