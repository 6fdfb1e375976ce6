package dev.retrospec.issues.triage;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;

/** The stored clusters as the team works on them. */
@ApplicationScoped
public class IssueClusters {

  @PersistenceContext private EntityManager entityManager;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  protected IssueClusters() {}

  /** With a given entity manager, outside of the container. */
  public IssueClusters(EntityManager entityManager) {
    this.entityManager = entityManager;
  }

  /** Nobody else decides about it until the caller's transaction ends. */
  Optional<IssueCluster> toDecide(ProjectId project, ClusterKey key) {
    return Optional.ofNullable(
        entityManager.find(
            IssueCluster.class,
            new IssueCluster.Key(project, key),
            LockModeType.PESSIMISTIC_WRITE));
  }

  /** Writes what was decided, so that the version is the stored one. */
  void save() {
    entityManager.flush();
  }
}
