package dev.retrospec.issues.triage;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
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
   * @throws ChangedMeanwhile when the decision was made on another version
   */
  void apply(TriageChange change, Instant now) {
    if (change.expectedVersion() != null && change.expectedVersion() != version) {
      throw new ChangedMeanwhile("The issue");
    }
    boolean resolvedBefore = TriageState.RESOLVED.wireName().equals(state);
    state = change.state().wireName();
    assignee = changed(assignee, change.assignee());
    note = changed(note, change.note());
    mutedUntil = change.state() == TriageState.MUTED ? change.mutedUntil() : null;
    if (change.state() != TriageState.RESOLVED) {
      resolvedAt = null;
    } else if (!resolvedBefore) {
      // A later note on a resolved issue does not move the moment of its resolution.
      resolvedAt = now;
    }
    stateUpdatedAt = now;
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
        version);
  }
}
