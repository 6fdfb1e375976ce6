package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.patterns.ModelVectors.Kind;
import dev.retrospec.patterns.ModelVectors.Made;
import dev.retrospec.patterns.ModelVectors.Owner;
import dev.retrospec.patterns.openai.EmbeddingConfig.Model;
import dev.retrospec.patterns.openai.Embeddings;
import dev.retrospec.patterns.openai.ModelVector;
import dev.retrospec.patterns.openai.RedactedText;
import dev.retrospec.platform.openai.ModelUnavailable;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.stacks.Frame;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the model read patterns and entries, a batch at a time, and looks for what new patterns
 * resemble. What has been read stands; a slice that is begun again reads what is still missing.
 */
@ApplicationScoped
public class MemoryEmbedding {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryEmbedding.class);

  /** Who looks at a run's page does so on the day of the run. */
  private static final Duration NEW = Duration.ofDays(1);

  private static final int MAX_CALLS = 8;

  private final Embeddings embeddings;
  private final ModelVectors vectors;
  private final FoundPatterns patterns;
  private final MemoryEntries entries;
  private final ModelNeighbours neighbours;
  private final EmbeddingRequests requests;
  private final Clock clock;

  @Inject
  public MemoryEmbedding(
      Embeddings embeddings,
      ModelVectors vectors,
      FoundPatterns patterns,
      MemoryEntries entries,
      ModelNeighbours neighbours,
      EmbeddingRequests requests,
      Clock clock) {
    this.embeddings = embeddings;
    this.vectors = vectors;
    this.patterns = patterns;
    this.entries = entries;
    this.neighbours = neighbours;
    this.requests = requests;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected MemoryEmbedding() {
    this(null, null, null, null, null, null, null);
  }

  /** What was read, and what is to be done next; not kept yet. */
  public static final class Slice {

    private final Kind kind;
    private final List<Made> made;
    private final List<FoundAlike> alike;
    private final @Nullable EmbeddingTask next;

    private Slice(
        Kind kind, List<Made> made, List<FoundAlike> alike, @Nullable EmbeddingTask next) {
      this.kind = kind;
      this.made = made;
      this.alike = alike;
      this.next = next;
    }

    /** Older patterns that new ones resemble. */
    public List<FoundAlike> alike() {
      return alike;
    }
  }

  /** What one slice of the memory misses. */
  private record Work(List<Owner> batch, @Nullable EmbeddingTask next) {}

  /**
   * Asks the model. Call it without a transaction, because that takes its time.
   *
   * @throws ModelUnavailable when it does not answer
   */
  public Slice read(ProjectId project, EmbeddingTask task) {
    Optional<Model> model = embeddings.model();
    if (model.isEmpty()) {
      return new Slice(task.kind(), List.of(), List.of(), null); // switched off meanwhile
    }
    Work work = work(project, task, model.get());
    Map<String, PatternView> views = views(project, task.kind(), work.batch);
    Map<String, RedactedText> texts = texts(project, task.kind(), views, work.batch, model.get());
    Map<String, ModelVector> read = vectorsOf(project, texts, model.get());
    List<Made> made = new ArrayList<>();
    List<FoundAlike> alike = new ArrayList<>();
    for (Owner owner : work.batch) {
      RedactedText text = texts.get(owner.id());
      ModelVector vector = text == null ? null : read.get(text.hash());
      if (vector != null) {
        made.add(new Made(owner.id(), text.hash(), vector));
        PatternView pattern = views.get(owner.id());
        if (pattern != null && owner.never() && isNew(pattern)) {
          alike.addAll(neighbours.olderThan(project, pattern, vector));
        }
      }
    }
    return new Slice(
        task.kind(), made, alike, made.isEmpty() && task.after() == null ? null : work.next);
  }

  /**
   * Keeps what was read and asks for the next slice, in the transaction that ends the job.
   *
   * @param slice names this one, so that the next is asked for once
   */
  @Transactional
  public void keep(ProjectId project, Slice slice, String name) {
    vectors.put(project, slice.kind, slice.made, clock.instant());
    if (slice.next != null) {
      requests.goOn(project, slice.next, name);
    }
  }

  private boolean isNew(PatternView pattern) {
    return pattern.firstSeen().isAfter(clock.instant().minus(NEW));
  }

  private Work work(ProjectId project, EmbeddingTask task, Model model) {
    String after = task.after();
    while (true) {
      List<Owner> window =
          after == null
              ? vectors.newest(project, task.kind(), model)
              : vectors.after(project, task.kind(), model, after);
      List<Owner> missing = window.stream().filter(Owner::missing).toList();
      List<Owner> batch = missing.subList(0, Math.min(model.batch(), missing.size()));
      boolean isWindowDone = batch.size() == missing.size();
      if (after == null) {
        return new Work(batch, isWindowDone ? null : task);
      }
      if (!isWindowDone) {
        return new Work(batch, new EmbeddingTask(task.kind(), batch.get(batch.size() - 1).id()));
      }
      if (window.size() < ModelVectors.WINDOW) {
        return new Work(
            batch, task.kind() == Kind.PATTERN ? new EmbeddingTask(Kind.ENTRY, "") : null);
      }
      after = window.get(window.size() - 1).id();
      if (!batch.isEmpty()) {
        return new Work(batch, new EmbeddingTask(task.kind(), after));
      }
    }
  }

  private Map<String, PatternView> views(ProjectId project, Kind kind, List<Owner> batch) {
    return kind == Kind.ENTRY
        ? Map.of()
        : patterns
            .byId(project, batch.stream().map(owner -> new PatternId(owner.id())).toList())
            .stream()
            .collect(Collectors.toMap(pattern -> pattern.id().value(), pattern -> pattern));
  }

  private Map<String, RedactedText> texts(
      ProjectId project,
      Kind kind,
      Map<String, PatternView> views,
      List<Owner> batch,
      Model model) {
    Map<String, RedactedText> texts = new HashMap<>();
    if (kind == Kind.ENTRY) {
      entries
          .texts(project, batch.stream().map(Owner::id).toList())
          .forEach((id, text) -> texts.put(id, RedactedText.of(text, model.maxCharacters())));
    } else {
      views.forEach(
          (id, view) -> texts.put(id, RedactedText.of(text(view), model.maxCharacters())));
    }
    return texts;
  }

  /** As somebody would describe it: what was said, by which test, in which calls. */
  private static String text(PatternView pattern) {
    String calls =
        Signatures.of(PatternText.failure(pattern)).tellingFrames().stream()
            .limit(MAX_CALLS)
            .map(Frame::token)
            .collect(Collectors.joining(", "));
    String said = pattern.errorMessage().isBlank() ? pattern.summary() : pattern.errorMessage();
    return pattern.errorType() + ": " + said + "\nin " + pattern.testName() + "\nat " + calls;
  }

  /** By the texts' hashes; what this model has read before is not sent again. */
  private Map<String, ModelVector> vectorsOf(
      ProjectId project, Map<String, RedactedText> texts, Model model) {
    Map<String, RedactedText> byHash = new LinkedHashMap<>();
    texts.values().stream()
        .filter(text -> !text.isEmpty())
        .forEach(text -> byHash.putIfAbsent(text.hash(), text));
    Map<String, ModelVector> read = new HashMap<>(vectors.known(project, model, byHash.keySet()));
    List<RedactedText> unread =
        byHash.entrySet().stream()
            .filter(each -> !read.containsKey(each.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    ask(unread, unread.size(), read);
    return read;
  }

  /** One text that the server does not take must not hold up the others. */
  private void ask(List<RedactedText> texts, int all, Map<String, ModelVector> read) {
    try {
      List<ModelVector> made = embeddings.of(texts);
      for (int i = 0; i < made.size(); i++) {
        read.put(texts.get(i).hash(), made.get(i));
      }
    } catch (ModelUnavailable e) {
      if (!e.isRefusal() || all == 1) {
        throw e;
      }
      if (texts.size() == 1) {
        LOG.warn(
            "The model does not take a text of {} characters: {}",
            texts.get(0).length(),
            e.getMessage());
        return;
      }
      int half = texts.size() / 2;
      ask(texts.subList(0, half), all, read);
      ask(texts.subList(half, texts.size()), all, read);
      if (texts.size() == all && read.isEmpty()) {
        throw e; // it takes none: the settings are wrong, not the texts
      }
    }
  }
}
