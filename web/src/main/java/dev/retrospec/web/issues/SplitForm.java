package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.InvalidId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.IssueSplit;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.issues.triage.GroupingDecisions;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** The sessions that somebody ticked on an issue's page, which are another failure. */
@Named
@RequestScoped
public class SplitForm {

  private final Shell shell;
  private final IssueBacking page;
  private final GroupingDecisions decisions;
  private final Notices notices;

  @Inject
  public SplitForm(Shell shell, IssueBacking page, GroupingDecisions decisions, Notices notices) {
    this.shell = shell;
    this.page = page;
    this.decisions = decisions;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SplitForm() {
    this(null, null, null, null);
  }

  /** Splits them off and goes to their issue; back to the one they are in when that is refused. */
  public void apply() {
    if (!shell.isMayTriage()) {
      notices.forbidden();
      return;
    }
    String next = page.getFilters().here();
    List<String> ticked = shell.sentAll("session");
    if (ticked.isEmpty()) {
      notices.problem("Nothing was split off: tick the sessions that are another failure.");
    } else {
      try {
        next = new Filters("/admin/issues/" + split(ticked), shell.getProject()).here();
      } catch (NotFound | InvalidId gone) {
        notices.problem("Nothing was split off: a session is not in this issue any more.");
      } catch (Failure refused) {
        notices.problem("Nothing was split off: " + refused.getMessage() + ".");
      }
    }
    notices.goTo(next);
  }

  private ClusterKey split(List<String> ticked) {
    String note = shell.sent("note");
    IssueSplit.Result done =
        decisions.split(
            shell.getProject(),
            shell.item(ClusterKey::new).orElseThrow(),
            new IssueSplit.Request(
                ticked.stream().distinct().map(SessionId::new).toList(),
                null,
                note.isEmpty() ? null : note),
            Actor.user(shell.getUser()));
    int sessions = done.sessionIds().size();
    notices.done(
        (sessions == 1 ? "The session is an issue of its" : sessions + " sessions are one of their")
            + " own: this one. To take that back, merge it.");
    return done.newClusterKey();
  }
}
