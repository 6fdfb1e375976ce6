package dev.retrospec.projects;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** The rules that projects give to their recorders, and the operator's word over them. */
@ApplicationScoped
public class RecordingRules {

  private static final String COLUMNS =
      "version, enabled, sample_rate, policy, privacy_level, private_selectors, excluded_pages,"
          + " details";

  /** How late a kill switch may be. */
  static final Duration SWITCH_GRAIN = Duration.ofSeconds(2);

  private final Jdbi jdbi;
  private final Clock clock;
  private final RecordingConfig config;
  private final ConcurrentMap<ProjectId, Known> lately = new ConcurrentHashMap<>();

  @Inject
  public RecordingRules(Jdbi jdbi, Clock clock, Settings settings) {
    this(jdbi, clock, RecordingConfig.from(settings));
  }

  RecordingRules(Jdbi jdbi, Clock clock, RecordingConfig config) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.config = config;
  }

  /** For the container's proxy. */
  protected RecordingRules() {
    this(null, null, RecordingConfig.DEFAULT);
  }

  /**
   * What a recorder of this project must follow now: the project's rules under the operator's.
   *
   * @throws NotFound when there is no such project
   */
  public RecorderRules inForce(ProjectId project) {
    return underOperator(of(project));
  }

  /**
   * The same for whom it may be {@link #SWITCH_GRAIN} old: asked for every chunk. A project that is
   * not there has the default rules.
   */
  public RecorderRules lately(ProjectId project) {
    Instant now = clock.instant();
    Known known = lately.get(project);
    if (known == null || !now.isBefore(known.until())) {
      RecorderRules rules = underOperator(stored(project).orElse(RecorderRules.DEFAULT));
      known = new Known(rules, now.plus(SWITCH_GRAIN));
      lately.put(project, known);
    }
    return known.rules();
  }

  private RecorderRules underOperator(RecorderRules own) {
    List<String> selectors =
        Stream.concat(own.privateSelectors().stream(), config.privateSelectors().stream())
            .distinct()
            .limit(RecorderRules.MAX_ITEMS)
            .toList();
    return new RecorderRules(
        own.version(),
        own.enabled() && config.enabled(),
        own.sampleRate(),
        own.policy(),
        own.privacyLevel(),
        selectors,
        own.blockedSelectors(),
        own.excludedPages(),
        own.minDurationMs(),
        own.bufferAfterMs(),
        own.triggers(),
        own.rage(),
        own.slowRequestMs(),
        own.network(),
        own.canvas(),
        own.respectDoNotTrack(),
        own.respectGlobalPrivacyControl());
  }

  /**
   * The project's own rules.
   *
   * @throws NotFound when there is no such project
   */
  public RecorderRules of(ProjectId project) {
    return stored(project).orElseThrow(() -> new NotFound("project"));
  }

  private Optional<RecorderRules> stored(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select " + COLUMNS + " from recording_rules where project_id = :project")
                .bind("project", project)
                .map((row, context) -> rules(row))
                .findOne());
  }

  /**
   * Replaces the rules if they still have the version of {@code changed}.
   *
   * @return the rules with their new version
   * @throws ChangedMeanwhile when they have another version
   * @throws NotFound when there is no such project
   */
  @Transactional
  public RecorderRules change(ProjectId project, RecorderRules changed) {
    Optional<RecorderRules> stored =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        update recording_rules set version = version + 1, enabled = :enabled,
                          sample_rate = :sampleRate, policy = :policy, privacy_level = :level,
                          private_selectors = :selectors, excluded_pages = :pages,
                          details = cast(:details as jsonb),
                          updated_at = :now
                        where project_id = :project and version = :version
                        returning\s"""
                            + COLUMNS)
                    .bind("enabled", changed.enabled())
                    .bind("sampleRate", changed.sampleRate())
                    .bind("policy", changed.policy().wireName())
                    .bind("level", changed.privacyLevel().wireName())
                    .bindArray("selectors", String.class, changed.privateSelectors())
                    .bindArray("pages", String.class, changed.excludedPages())
                    .bind("details", Json.write(details(changed)))
                    .bind("now", clock.instant())
                    .bind("project", project)
                    .bind("version", changed.version())
                    .map((row, context) -> rules(row))
                    .findOne());
    if (stored.isEmpty()) {
      of(project);
      throw new ChangedMeanwhile("The recording rules");
    }
    return stored.get();
  }

  private static RecorderRules rules(ResultSet row) throws SQLException {
    return new RulesChange(
            row.getBoolean("enabled"),
            row.getDouble("sample_rate"),
            row.getString("policy"),
            row.getString("privacy_level"),
            List.of((String[]) row.getArray("private_selectors").getArray()),
            null,
            List.of((String[]) row.getArray("excluded_pages").getArray()),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null)
        .onto(
            Json.read(row.getString("details"), RulesChange.class).onto(RecorderRules.DEFAULT, 0),
            row.getInt("version"));
  }

  /** The rules that have no column of their own. */
  private static RulesChange details(RecorderRules rules) {
    Triggers triggers = rules.triggers();
    RecorderRules.Rage rage = rules.rage();
    return new RulesChange(
        null,
        null,
        null,
        null,
        null,
        rules.blockedSelectors(),
        null,
        rules.minDurationMs(),
        rules.bufferAfterMs(),
        triggers == null ? null : RulesChange.TriggersChange.of(triggers),
        new RulesChange.RageChange(rage.clicks(), rage.radiusPx(), rage.windowMs()),
        rules.slowRequestMs(),
        new RulesChange.NetworkChange(rules.network().detailUrls()),
        rules.canvas(),
        rules.respectDoNotTrack(),
        rules.respectGlobalPrivacyControl());
  }

  private record Known(RecorderRules rules, Instant until) {}
}
