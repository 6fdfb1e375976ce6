package dev.retrospec.web.issues;

import dev.retrospec.issues.RegroupRun;
import dev.retrospec.web.faces.Wording;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** How a project's page tells of its regroups. */
@Named
@ApplicationScoped
public class RegroupWording {

  private final Wording say;

  @Inject
  public RegroupWording(Wording say) {
    this.say = say;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RegroupWording() {
    this(null);
  }

  /** What a run is doing, or has come to, in a sentence without its end. */
  public String says(RegroupRun run) {
    String read = say.count(run.markersRead(), "occurrence");
    String moved = say.number(run.markersMoved());
    return switch (run.state()) {
      case WAITING -> "Waits for a worker";
      case READING -> "Reads all occurrences: " + read + " so far";
      case MOVING -> "Moves: " + moved + " of " + read + " so far";
      case DONE -> run.dryRun() ? "Looked at " + read : "Moved " + moved + " of " + read;
      case FAILED -> "Ended early: " + run.failure();
    };
  }
}
