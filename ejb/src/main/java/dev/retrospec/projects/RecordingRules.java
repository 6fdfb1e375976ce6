package dev.retrospec.projects;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.NotFound;
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
      "version, enabled, sample_rate, policy, privacy_level, private_selectors, excluded_pages";

  /** How late a kill switch may be. */
  static final Duration SWITCH_GRAIN = Duration.ofSeconds(2);

  private final Jdbi jdbi;
  private final Clock clock;
  private final RecordingConfig config;
  private final ConcurrentMap<ProjectId, Switch> switches = new ConcurrentHashMap<>();

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
    RecorderRules own = of(project);
    return new RecorderRules(
        own.version(),
        own.enabled() && config.enabled(),
        own.sampleRate(),
        own.policy(),
        own.privacyLevel(),
        Stream.concat(own.privateSelectors().stream(), config.privateSelectors().stream())
            .distinct()
            .limit(RecorderRules.MAX_ITEMS)
            .toList(),
        own.excludedPages());
  }

  /**
   * Whether recordings of this project are taken in at all. Asked for every chunk, so the answer
   * may be {@link #SWITCH_GRAIN} old.
   */
  public boolean wantsRecordings(ProjectId project) {
    if (!config.enabled()) {
      return false;
    }
    Instant now = clock.instant();
    Switch known = switches.get(project);
    if (known == null || !now.isBefore(known.until())) {
      known = new Switch(isEnabled(project), now.plus(SWITCH_GRAIN));
      switches.put(project, known);
    }
    return known.on();
  }

  private boolean isEnabled(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select enabled from recording_rules where project_id = :project")
                .bind("project", project)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(true));
  }

  /**
   * The project's own rules.
   *
   * @throws NotFound when there is no such project
   */
  public RecorderRules of(ProjectId project) {
    Optional<RecorderRules> rules =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select " + COLUMNS + " from recording_rules where project_id = :project")
                    .bind("project", project)
                    .map((row, context) -> rules(row))
                    .findOne());
    return rules.orElseThrow(() -> new NotFound("project"));
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
    return new RecorderRules(
        row.getInt("version"),
        row.getBoolean("enabled"),
        row.getDouble("sample_rate"),
        RecordingPolicy.fromWireName(row.getString("policy")),
        PrivacyLevel.fromWireName(row.getString("privacy_level")),
        List.of((String[]) row.getArray("private_selectors").getArray()),
        List.of((String[]) row.getArray("excluded_pages").getArray()));
  }

  private record Switch(boolean on, Instant until) {}
}
