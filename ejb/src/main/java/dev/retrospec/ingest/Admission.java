package dev.retrospec.ingest;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.projects.RecordingRules;
import dev.retrospec.recordings.SpoolBudget;
import dev.retrospec.retention.ErasedSessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Whether a recording may come in at all. */
@ApplicationScoped
public class Admission {

  private final RecordingRules rules;
  private final SpoolBudget spool;
  private final ErasedSessions erased;

  @Inject
  public Admission(RecordingRules rules, SpoolBudget spool, ErasedSessions erased) {
    this.rules = rules;
    this.spool = spool;
    this.erased = erased;
  }

  /** For the container's proxy. */
  protected Admission() {
    this(null, null, null);
  }

  /**
   * Asked before the body is read.
   *
   * @throws RecordingUnwanted when the project has switched recording off
   * @throws dev.retrospec.recordings.SpoolFull when there is no room for now
   */
  void check(ProjectId project) {
    if (!rules.wantsRecordings(project)) {
      throw new RecordingUnwanted("recording is switched off for this project");
    }
    spool.check();
  }

  /**
   * Asked in the transaction that has written the session's row, because an erasure that comes at
   * the same moment either sees that row or was noted before it.
   *
   * @throws RecordingUnwanted when the session was erased
   */
  void check(ProjectId project, SessionId session) {
    if (erased.contains(project, session)) {
      throw new RecordingUnwanted("this session was erased");
    }
  }
}
