package dev.retrospec.workers.patterns;

import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.patterns.EmbeddingTask;
import dev.retrospec.patterns.MemoryEmbedding;
import dev.retrospec.platform.json.Json;
import dev.retrospec.testruns.LateMatches;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Has a model read a slice of the memory of failures; one job asks for the next. */
@ApplicationScoped
public class EmbeddingJob implements JobWork {

  private final MemoryEmbedding memory;
  private final LateMatches runs;

  @Inject
  public EmbeddingJob(MemoryEmbedding memory, LateMatches runs) {
    this.memory = memory;
    this.runs = runs;
  }

  /** For the container's proxy. */
  protected EmbeddingJob() {
    this(null, null);
  }

  @Override
  public JobKind kind() {
    return JobKind.EMBEDDING;
  }

  /** It waits for the model, most of the time. */
  @Override
  public boolean isForTheProcessor() {
    return false;
  }

  @Override
  public Runnable perform(Job job) {
    MemoryEmbedding.Slice slice =
        memory.read(job.projectId(), Json.read(job.payload(), EmbeddingTask.class));
    return () -> {
      memory.keep(job.projectId(), slice, String.valueOf(job.id().value()));
      runs.found(job.projectId(), slice.alike());
    };
  }
}
