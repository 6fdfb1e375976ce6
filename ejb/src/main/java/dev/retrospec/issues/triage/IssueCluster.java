package dev.retrospec.issues.triage;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.MuteCondition;
import dev.retrospec.issues.TriageState;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as the team works on it. Its counts are not here: they change by SQL all the time, and
 * a decision must neither wait for them nor overwrite them.
 */
@Entity
@Table(name = "issue_cluster")
@IdClass(IssueCluster.Key.class)
public class IssueCluster {

  @Id
  @Column(name = "project_id")
  private String projectId;

  @Id
  @Column(name = "key")
  private String key;

  @Column(name = "state")
  private String state;

  @Column(name = "assignee")
  private @Nullable String assignee;

  @Column(name = "state_note")
  private @Nullable String note;

  @Column(name = "muted_until")
  private @Nullable Instant mutedUntil;

  @Column(name = "resolved_at")
  private @Nullable Instant resolvedAt;

  @Column(name = "resolved_in_release")
  private @Nullable String resolvedInRelease;

  @Column(name = "mute_sessions")
  private @Nullable Integer muteSessions;

  @Column(name = "mute_sessions_left")
  private @Nullable Integer muteSessionsLeft;

  @Column(name = "mute_users")
  private @Nullable Integer muteUsers;

  @Column(name = "mute_users_left")
  private @Nullable Integer muteUsersLeft;

  @Column(name = "mute_until_escalating")
  private boolean muteUntilEscalating;

  @Column(name = "escalated_from")
  private @Nullable String escalatedFrom;

  @Column(name = "state_updated_at")
  private @Nullable Instant stateUpdatedAt;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Version
  @Column(name = "version")
  private int version;

  /** For the persistence provider: clusters are made by taking markers in. */
  @SuppressWarnings("NullAway.Init")
  protected IssueCluster() {}

  /** The identity, as Persistence wants it. */
  public static final class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private String projectId;
    private String key;

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init")
    public Key() {}

    public Key(ProjectId projectId, ClusterKey key) {
      this.projectId = projectId.value();
      this.key = key.value();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && Objects.equals(projectId, that.projectId)
          && Objects.equals(key, that.key);
    }

    @Override
    public int hashCode() {
      return Objects.hash(projectId, key);
    }
  }

  /**
   * Decides anew.
   *
   * @param waiting what has been seen and is not counted in the row yet: it does not count for a
   *     mute
   * @return whether this resolved it
   * @throws ChangedMeanwhile when the decision was made on another version
   */
  boolean apply(TriageChange change, UnfoldedCounts waiting, Instant now) {
    if (change.expectedVersion() != null && change.expectedVersion() != version) {
      throw new ChangedMeanwhile("The issue");
    }
    assignee = changed(assignee, change.assignee());
    note = changed(note, change.note());
    stateUpdatedAt = now;
    if (change.state() == null) {
      return false;
    }
    boolean resolvedBefore = TriageState.RESOLVED.wireName().equals(state);
    state = change.state().wireName();
    escalatedFrom = null;
    mute(change.state() == TriageState.MUTED ? change.mute() : null, waiting);
    if (change.state() != TriageState.RESOLVED) {
      resolvedAt = null;
      resolvedInRelease = null;
      return false;
    }
    if (change.resolvedInRelease() != null || !resolvedBefore) {
      resolvedInRelease = change.resolvedInRelease();
    }
    if (!resolvedBefore) {
      // A later note on a resolved issue does not move the moment of its resolution.
      resolvedAt = now;
    }
    return !resolvedBefore;
  }

  private void mute(@Nullable MuteCondition condition, UnfoldedCounts waiting) {
    mutedUntil = condition == null ? null : condition.until();
    muteSessions = condition == null ? null : condition.sessions();
    muteSessionsLeft = muteSessions == null ? null : muteSessions + waiting.sessions();
    muteUsers = condition == null ? null : condition.users();
    muteUsersLeft = muteUsers == null ? null : muteUsers + waiting.users();
    muteUntilEscalating = condition != null && condition.untilEscalating();
  }

  private static @Nullable String changed(@Nullable String stored, @Nullable String given) {
    if (given == null) {
      return stored;
    }
    return given.isBlank() ? null : given.strip();
  }

  IssueState view() {
    return new IssueState(
        new ProjectId(projectId),
        new ClusterKey(key),
        TriageState.fromWireName(state),
        Objects.requireNonNullElse(assignee, ""),
        mutedUntil,
        Objects.requireNonNullElse(note, ""),
        createdAt,
        Objects.requireNonNullElse(stateUpdatedAt, createdAt),
        version,
        resolvedInRelease,
        muteSessions,
        muteUsers,
        muteUntilEscalating);
  }
}
