package dev.retrospec.web.alerts;

import dev.retrospec.alerts.AlertBoard;
import dev.retrospec.alerts.AlertTests;
import dev.retrospec.ids.AlertDeliveryId;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.InvalidId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** The page of a project's alerts: its rules, what they hold, and what became of messages. */
@Named
@RequestScoped
public class AlertsBacking {

  private final Shell shell;
  private final AlertBoard board;
  private final AlertTests tests;
  private final Notices notices;
  private AlertBoard.@Nullable View view;

  @Inject
  public AlertsBacking(Shell shell, AlertBoard board, AlertTests tests, Notices notices) {
    this.shell = shell;
    this.board = board;
    this.tests = tests;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected AlertsBacking() {
    this(null, null, null, null);
  }

  public void load() {
    shell.chosenProject().ifPresentOrElse(project -> view = board.open(project), notices::notFound);
  }

  public AlertBoard.@Nullable View getView() {
    return view;
  }

  /** Sends a test or a delivery again, as the pressed button says. */
  public void change() {
    if (!shell.isMayTriage()) {
      notices.forbidden();
    } else if (shell.chosenProject().isEmpty()) {
      notices.notFound();
    } else {
      ProjectId project = shell.chosenProject().get();
      try {
        change(project);
      } catch (Failure | InvalidId refused) {
        notices.problem("Nothing was sent: " + refused.getMessage() + ".");
      }
      notices.goTo(new Filters("/admin/alerts", project).here());
    }
  }

  private void change(ProjectId project) {
    if (!shell.sent("test").isEmpty()) {
      tests.test(project, new AlertRuleId(shell.sent("test")));
      notices.done("A test message is on its way. Its outcome stands among the deliveries.");
    } else {
      tests.again(project, new AlertDeliveryId(shell.sent("again")));
      notices.done("The delivery is made again. Its outcome stands among the deliveries.");
    }
  }
}
