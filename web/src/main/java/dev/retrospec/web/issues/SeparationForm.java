package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.IssueSeparation;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.issues.triage.GroupingDecisions;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** "Not the same", as an issue's page sends it: {@code apart} names the part. */
@Named
@RequestScoped
public class SeparationForm {

  private final Shell shell;
  private final IssueBacking page;
  private final GroupingDecisions decisions;
  private final Notices notices;

  @Inject
  public SeparationForm(
      Shell shell, IssueBacking page, GroupingDecisions decisions, Notices notices) {
    this.shell = shell;
    this.page = page;
    this.decisions = decisions;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SeparationForm() {
    this(null, null, null, null);
  }

  /** Takes the part out, and goes back to the issue. */
  public void apply() {
    if (!shell.isMayTriage()) {
      notices.forbidden();
      return;
    }
    try {
      IssueSeparation.Result result =
          decisions.separate(
              shell.getProject(),
              shell.item(ClusterKey::new).orElseThrow(),
              new ClusterKey(shell.sent("apart")),
              null,
              shell.getUser(),
              Actor.user(shell.getUser()));
      notices.done(
          "It is an issue of its own, and stays one: " + result.separatedCluster().symptom());
    } catch (Failure refused) {
      notices.problem("Not separated: " + refused.getMessage() + ".");
    }
    notices.goTo(page.getFilters().here());
  }
}
