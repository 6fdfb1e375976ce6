package dev.retrospec.patterns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Entries of free text belong to no session; they go when they are older than any occurrence. */
@ApplicationScoped
public class MemoryEntryData implements ExpiringData {

  static final Duration KEPT = Duration.ofDays(400);

  private final Jdbi jdbi;
  private final MemoryEntries entries;
  private final Clock clock;

  @Inject
  public MemoryEntryData(Jdbi jdbi, MemoryEntries entries, Clock clock) {
    this.jdbi = jdbi;
    this.entries = entries;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected MemoryEntryData() {
    this(null, null, null);
  }

  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    return Deleted.NOTHING;
  }

  @Override
  public Deleted sweep(Instant sessionsBefore) {
    Instant before = clock.instant().minus(KEPT);
    for (ProjectId project : projects(before)) {
      entries.deleteBefore(project, before);
    }
    return Deleted.NOTHING;
  }

  private List<ProjectId> projects(Instant before) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select distinct project_id from memory_entry where created_at < :before")
                .bind("before", before)
                .mapTo(ProjectId.class)
                .list());
  }
}
