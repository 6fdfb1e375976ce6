package dev.retrospec.issues;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.clustering.NoisePolicy;
import dev.retrospec.issues.clustering.NoiseRule;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What projects call noise, and how much of it there was. */
@ApplicationScoped
public class NoiseRules {

  /** Rules of a project beside ours. */
  public static final int MAX_RULES = 100;

  /** How late a changed rule may hold. */
  static final Duration GRAIN = Duration.ofSeconds(5);

  private static final NoisePolicy OURS = new NoisePolicy(NoisePolicy.DEFAULTS);

  private static final String STORED =
      "select version, rules::text as rules from noise_rules where project_id = :project";

  private static final String REPLACE =
      """
      insert into noise_rules as n (project_id, version, rules, updated_at)
      select id, 1, cast(:rules as jsonb), :now from project where id = :project
      on conflict (project_id) do update set
        version = n.version + 1, rules = excluded.rules, updated_at = excluded.updated_at
      where n.version = :version
      returning version
      """;

  private static final String COUNTS =
      """
      select noise as rule, count(*) as markers, count(distinct session_id) as sessions,
             max(observed_at) as last_seen_at
      from error_marker where project_id = :project and noise is not null
      group by noise
      """;

  private final Jdbi jdbi;
  private final Clock clock;
  private final ConcurrentMap<ProjectId, Known> lately = new ConcurrentHashMap<>();

  @Inject
  public NoiseRules(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected NoiseRules() {
    this(null, null);
  }

  /**
   * A project's rules, ours among them.
   *
   * @param version 0 until the project changes them
   */
  public record Held(int version, List<NoiseRule> rules) {}

  /** How much a rule kept out of the clusters, of sessions that are still there. */
  public record Count(String rule, long markers, long sessions, Instant lastSeenAt) {}

  /** The rules of a project; ours, where there is no such project. */
  public Held of(ProjectId project) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery(STORED)
                    .bind("project", project)
                    .map(
                        (row, context) ->
                            new Held(
                                row.getInt("version"),
                                NoisePolicy.over(read(row.getString("rules")))))
                    .findOne())
        .orElse(new Held(0, NoisePolicy.DEFAULTS));
  }

  /** The same to be asked for each request; may be {@link #GRAIN} old. */
  NoisePolicy policy(ProjectId project) {
    Instant now = clock.instant();
    Known known = lately.get(project);
    if (known == null || !now.isBefore(known.until())) {
      Held held = of(project);
      NoisePolicy policy = held.version() == 0 ? OURS : new NoisePolicy(held.rules());
      known = new Known(policy, now.plus(GRAIN));
      lately.put(project, known);
    }
    return known.policy();
  }

  /**
   * Replaces what the project says. Rules of ours that are not named stay as they come.
   *
   * @param version what the caller has seen, 0 where nothing was changed yet
   * @throws ChangedMeanwhile when somebody else changed them since
   * @throws InvalidRequest when there are too many, or two have one name
   * @throws NotFound when there is no such project
   */
  @Transactional
  public Held replace(ProjectId project, int version, List<NoiseRule> rules) {
    Set<String> names = new HashSet<>();
    rules.forEach(
        rule -> {
          if (!names.add(rule.name())) {
            throw new InvalidRequest("two rules are named " + rule.name());
          }
        });
    if (names.stream().filter(name -> !NoisePolicy.isDefault(name)).count() > MAX_RULES) {
      throw new InvalidRequest("rules must be at most " + MAX_RULES);
    }
    Held before = of(project);
    if (before.version() != version) {
      throw new ChangedMeanwhile("The rules of noise");
    }
    Optional<Integer> stored =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(REPLACE)
                    .bind("project", project)
                    .bind("version", version)
                    .bind("rules", Json.write(rules))
                    .bind("now", clock.instant())
                    .mapTo(Integer.class)
                    .findOne());
    if (stored.isEmpty()) {
      throw version == 0 ? new NotFound("project") : new ChangedMeanwhile("The rules of noise");
    }
    lately.remove(project);
    return new Held(stored.get(), NoisePolicy.over(rules));
  }

  /** By the rule's name; rules that kept nothing out are left out. */
  public Map<String, Count> counts(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(COUNTS)
                .bind("project", project)
                .map(ConstructorMapper.of(Count.class))
                .stream()
                .collect(Collectors.toMap(Count::rule, count -> count)));
  }

  private static List<NoiseRule> read(String json) {
    return Stream.of(Json.read(json, Stored[].class))
        .map(rule -> NoiseRule.told(rule.name, rule.on, rule.pattern, rule.enabled))
        .toList();
  }

  private record Stored(
      @Nullable String name,
      @Nullable String on,
      @Nullable String pattern,
      @Nullable Boolean enabled) {}

  private record Known(NoisePolicy policy, Instant until) {}
}
