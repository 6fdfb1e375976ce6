package dev.retrospec.patterns.openai;

import dev.retrospec.patterns.openai.EmbeddingConfig.Model;
import dev.retrospec.platform.openai.ModelUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the model, where one is set: patiently for jobs, briefly for people. */
@ApplicationScoped
public class Embeddings {

  private static final Logger LOG = LoggerFactory.getLogger(Embeddings.class);

  private final @Nullable Model model;
  private final @Nullable EmbeddingModel server;
  private final MeterRegistry meters;
  private final Circuit circuit;

  @Inject
  public Embeddings(EmbeddingConfig config, MeterRegistry meters, Clock clock) {
    model = config.model();
    server = model == null ? null : new EmbeddingModel(model);
    this.meters = meters;
    circuit = new Circuit(clock);
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected Embeddings() {
    this(EmbeddingConfig.OFF, null, null);
  }

  /** Without a model. */
  public static Embeddings off() {
    return new Embeddings();
  }

  /** Empty: none is asked. */
  public Optional<Model> model() {
    return Optional.ofNullable(model);
  }

  /**
   * For a job, which can come back.
   *
   * @param texts at most a batch, none of them empty
   * @return a vector for each, in the same order
   * @throws ModelUnavailable when there are none
   */
  public List<ModelVector> of(List<RedactedText> texts) {
    if (model == null || server == null) {
      throw new ModelUnavailable("No model is set any more");
    }
    return texts.isEmpty() ? List.of() : server.of(texts, model.timeout());
  }

  /**
   * For somebody who waits: empty when no model is set, or when it does not answer in time or has
   * not done so lately. Call it before a transaction has taken its connection.
   */
  public Optional<ModelVector> ofQuestion(String text) {
    if (model == null || server == null) {
      return Optional.empty();
    }
    RedactedText question = RedactedText.of(text, model.maxCharacters());
    if (question.isEmpty() || !circuit.lets()) {
      count("skipped");
      return Optional.empty();
    }
    try {
      ModelVector vector = server.of(List.of(question), model.questionTimeout()).get(0);
      circuit.succeeded();
      count("answered");
      return Optional.of(vector);
    } catch (ModelUnavailable e) {
      if (circuit.failed()) {
        LOG.warn(
            "Searches go on without the model {} for {} s: {}",
            model.name(),
            Circuit.PAUSE.toSeconds(),
            e.getMessage());
      }
      count("failed");
      return Optional.empty();
    }
  }

  private void count(String outcome) {
    meters.counter("retrospec.embeddings.questions", "outcome", outcome).increment();
  }
}
