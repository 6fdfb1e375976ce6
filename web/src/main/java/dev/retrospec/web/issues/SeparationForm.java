package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.IssueSeparation;
import dev.retrospec.issues.TransferState;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.issues.triage.GroupingDecisions;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/**
 * "Not the same", as an issue's page sends it: {@code apart} names the part; without it, what has
 * stopped goes on.
 */
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
    ClusterKey issue = shell.item(ClusterKey::new).orElseThrow();
    String part = shell.sent("apart");
    if (part.isEmpty()) {
      if (decisions.goOn(shell.getProject(), issue)) {
        notices.done("It goes on.");
      }
      notices.goTo(page.getFilters().here());
      return;
    }
    try {
      IssueSeparation.Result result =
          decisions.separate(
              shell.getProject(),
              issue,
              new ClusterKey(part),
              null,
              shell.getUser(),
              Actor.user(shell.getUser()));
      String symptom = result.separatedCluster().symptom();
      notices.done(
          result.state() == TransferState.DONE
              ? "It is an issue of its own, and stays one: " + symptom
              : "It is an issue of its own from now on; what was counted here is being moved there: "
                  + symptom);
    } catch (Failure refused) {
      notices.problem("Not separated: " + refused.getMessage() + ".");
    }
    notices.goTo(page.getFilters().here());
  }
}
