package dev.retrospec.web.sessions;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.reports.ReportRetry;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** What a reader sends about a session's report card: once more, helpful, wrong. */
@Named
@RequestScoped
public class CardForm {

  private final Shell shell;
  private final ReportRetry retry;
  private final CardOpinions opinions;
  private final Notices notices;

  @Inject
  public CardForm(Shell shell, ReportRetry retry, CardOpinions opinions, Notices notices) {
    this.shell = shell;
    this.retry = retry;
    this.opinions = opinions;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected CardForm() {
    this(null, null, null, null);
  }

  /** Does what was sent, and goes back to the session. */
  public void apply() {
    if (!shell.isMayTriage()) {
      notices.forbidden();
      return;
    }
    SessionId session = shell.item(SessionId::new).orElse(null);
    ProjectId project = shell.getProject();
    if (session == null || project == null) {
      notices.notFound();
      return;
    }
    try {
      decide(project, session, shell.sent("card"));
    } catch (Failure refused) {
      notices.problem("Not done: " + refused.getMessage() + ".");
    }
    notices.goTo(new Filters("/admin/sessions/" + session.value(), project).here());
  }

  private void decide(ProjectId project, SessionId session, String wish) {
    switch (wish) {
      case "retry" -> {
        retry.retry(project, session);
        notices.done("The analysis is asked for once more. Load this page again in a few seconds.");
      }
      case "helpful", "wrong" -> {
        opinions.say(project, session, wish.equals("helpful"), null, shell.getUser());
        notices.done("Thank you: the next cards of this rule go by it.");
      }
      default -> throw new InvalidRequest("the form says neither retry, helpful nor wrong");
    }
  }
}
