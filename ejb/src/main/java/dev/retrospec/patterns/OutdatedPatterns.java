package dev.retrospec.patterns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.store.Holding;
import dev.retrospec.signatures.store.Origin;
import dev.retrospec.signatures.store.SignatureStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * Patterns that hold no signature of this version of the rules. They get the one that today's rules
 * make of their text. Shapes of earlier versions stay, because they may be scored still; only a
 * pattern that cannot hold more gives them up. Again: nothing more happens.
 */
@ApplicationScoped
public class OutdatedPatterns {

  /** Comparing waits meanwhile, for one project; some hundred milliseconds. */
  static final int SLICE = 200;

  private static final String OUTDATED =
      """
      select p.project_id, p.id, p.error_type, p.error_message, p.stack_trace, p.last_seen,
             (select count(*) from failure_signature s
              where s.project_id = p.project_id and s.origin = 'ci' and s.owner_id = p.id)
               as shapes
      from failure_pattern p
      where not exists (
        select from failure_signature s
        where s.project_id = p.project_id and s.origin = 'ci' and s.owner_id = p.id
          and s.version = :version)
      order by p.project_id, p.id limit :most
      """;

  private final Jdbi jdbi;
  private final Patterns patterns;
  private final SignatureStore store;

  @Inject
  public OutdatedPatterns(Jdbi jdbi, Patterns patterns, SignatureStore store) {
    this.jdbi = jdbi;
    this.patterns = patterns;
    this.store = store;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected OutdatedPatterns() {
    this(null, null, null);
  }

  /** A pattern without a signature of this version. */
  public record Outdated(
      ProjectId projectId,
      String id,
      String errorType,
      String errorMessage,
      @Nullable String stackTrace,
      Instant lastSeen,
      int shapes) {

    private Holding holding() {
      FailureText text =
          new FailureText(errorType.isEmpty() ? null : errorType, errorMessage, stackTrace);
      return new Holding(Origin.CI, id, Signatures.of(text), lastSeen);
    }
  }

  /**
   * Renews some patterns of one project.
   *
   * @return how many; 0 when all hold a signature of this version
   */
  @Transactional
  public int renewSome() {
    Map<ProjectId, List<Outdated>> outdated =
        outdated().stream().collect(Collectors.groupingBy(Outdated::projectId));
    if (outdated.isEmpty()) {
      return 0;
    }
    // One project for each transaction, because each has a lock of its own.
    ProjectId project = outdated.keySet().iterator().next();
    List<Outdated> wanted = outdated.get(project);
    patterns.lock(project);
    store.remove(
        project,
        Origin.CI,
        wanted.stream()
            .filter(pattern -> pattern.shapes >= SignatureStore.MAX_SHAPES)
            .map(Outdated::id)
            .toList());
    store.putAll(project, wanted.stream().map(Outdated::holding).toList());
    return wanted.size();
  }

  private List<Outdated> outdated() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OUTDATED)
                .bind("version", FailureSignature.VERSION)
                .bind("most", SLICE)
                .map(ConstructorMapper.of(Outdated.class))
                .list());
  }
}
