package dev.retrospec.patterns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.patterns.openai.EmbeddingConfig.Model;
import dev.retrospec.patterns.openai.Embeddings;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Asks for jobs that have the model read the memory; without a model for none. */
@ApplicationScoped
public class EmbeddingRequests {

  private final Embeddings embeddings;
  private final ModelVectors vectors;
  private final JobQueue jobs;

  @Inject
  public EmbeddingRequests(Embeddings embeddings, ModelVectors vectors, JobQueue jobs) {
    this.embeddings = embeddings;
    this.vectors = vectors;
    this.jobs = jobs;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected EmbeddingRequests() {
    this(Embeddings.off(), null, null);
  }

  /** Without a model, and without anything that jobs need. */
  public static EmbeddingRequests off() {
    return new EmbeddingRequests();
  }

  /**
   * Something has come. Needs the caller's transaction.
   *
   * @param id of one that has
   */
  void came(ProjectId project, ModelVectors.Kind kind, String id) {
    if (embeddings.model().isPresent()) {
      jobs.enqueue(job(project, EmbeddingTask.newest(kind), List.of("came", id)));
    }
  }

  /** A slice was not all. Needs the caller's transaction. */
  void goOn(ProjectId project, EmbeddingTask next, String slice) {
    jobs.enqueue(job(project, next, List.of("after", slice)));
  }

  /**
   * Asks for what no job has brought: everything when another model is set, what was given up when
   * its server was away. Asked again within an hour it does nothing.
   */
  @Transactional
  public void askForMissing() {
    embeddings
        .model()
        .ifPresent(
            model ->
                jobs.enqueueAll(
                    vectors.projects().stream()
                        .map(project -> job(project, EmbeddingTask.all(), key(model)))
                        .toList()));
  }

  private static List<String> key(Model model) {
    return List.of("missing", model.name(), String.valueOf(model.dimensions()));
  }

  private static NewJob job(ProjectId project, EmbeddingTask task, List<String> distinguishing) {
    String subject = task.after() == null ? "the newest" : "all";
    return NewJob.about(JobKind.EMBEDDING, project, subject, Json.write(task), distinguishing);
  }
}
