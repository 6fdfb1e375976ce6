package dev.retrospec.ingest;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.privacy.ScrubMode;
import dev.retrospec.projects.PrivacyLevel;
import dev.retrospec.projects.RecorderRules;
import dev.retrospec.projects.RecordingRules;
import dev.retrospec.recordings.SpoolBudget;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Whether a recording may come in at all. */
@ApplicationScoped
public class Admission {

  private final RecordingRules rules;
  private final SpoolBudget spool;

  @Inject
  public Admission(RecordingRules rules, SpoolBudget spool) {
    this.rules = rules;
    this.spool = spool;
  }

  /** For the container's proxy. */
  protected Admission() {
    this(null, null);
  }

  /**
   * Asked before the body is read.
   *
   * @return the rules that recorders have to follow now
   * @throws RecordingUnwanted when the project has switched recording off
   * @throws dev.retrospec.recordings.SpoolFull when there is no room for now
   */
  RecorderRules check(ProjectId project) {
    RecorderRules inForce = rules.lately(project);
    if (!inForce.enabled()) {
      throw new RecordingUnwanted("recording is switched off for this project");
    }
    spool.check();
    return inForce;
  }

  /** As the project's rules have it now, whether it records or not. */
  ScrubMode scrubMode(ProjectId project) {
    return scrubMode(rules.lately(project));
  }

  /** How sure the scrub has to be: a project that masks all text rather loses a number. */
  static ScrubMode scrubMode(RecorderRules rules) {
    return rules.privacyLevel() == PrivacyLevel.STRICT ? ScrubMode.STRICT : ScrubMode.BALANCED;
  }
}
