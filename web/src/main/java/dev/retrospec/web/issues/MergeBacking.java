package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.inspection.MergeInspection;
import dev.retrospec.inspection.MergeView;
import dev.retrospec.issues.IssueMerge;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.TransferState;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.issues.triage.GroupingDecisions;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** The page on which issues become one: what would be merged, and the step itself. */
@Named
@RequestScoped
public class MergeBacking {

  /** As long as the page's field allows; longer texts come from nobody's hand. */
  private static final int MAX_SEARCH = 500;

  private final Shell shell;
  private final MergeInspection inspection;
  private final GroupingDecisions decisions;
  private final Notices notices;
  private @Nullable MergeView view;

  @Inject
  public MergeBacking(
      Shell shell, MergeInspection inspection, GroupingDecisions decisions, Notices notices) {
    this.shell = shell;
    this.inspection = inspection;
    this.decisions = decisions;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected MergeBacking() {
    this(null, null, null, null);
  }

  public void load() {
    if (shell.chosenProject().isEmpty()) {
      notices.notFound();
    } else if (!shell.isMayTriage()) {
      notices.forbidden();
    } else {
      MergeChoice choice = choice();
      String search = getSearch();
      view =
          inspection.open(
              choice.project(),
              choice.keys().stream().toList(),
              choice.into(),
              search.isEmpty() ? null : search);
    }
  }

  /** Merges what the form showed, and goes to the issue that stays. */
  public void merge() {
    if (!shell.isMayTriage()) {
      notices.forbidden();
      return;
    }
    String next = choice().address();
    try {
      IssueMerge.Result done =
          decisions.merge(
              shell.getProject(),
              MergeChoice.request(
                  shell.sent("stays"), shell.sentAll("seen"), shell.sent("note"), shell.getUser()),
              Actor.user(shell.getUser()));
      notices.done(said(done));
      next = new Filters("/admin/issues/" + done.targetClusterKey(), shell.getProject()).here();
    } catch (ChangedMeanwhile changed) {
      notices.problem(
          "Somebody changed one of these issues after you opened the page. Nothing was merged:"
              + " look at them as they are now, and decide again.");
    } catch (NotFound gone) {
      notices.problem("Nothing was merged: one of the issues is gone.");
    } catch (Failure refused) {
      notices.problem("Nothing was merged: " + refused.getMessage() + ".");
    }
    notices.goTo(next);
  }

  private static String said(IssueMerge.Result done) {
    if (done.joined().isEmpty()) {
      return "They are one issue: this one.";
    }
    return done.state() == TransferState.DONE
        ? "Merged. Under “What it is made of” each part can be taken out again."
        : "Merged: what comes in is counted here from now on. What was counted in the others is"
            + " being moved here; how far that is stands under “Why these are one”.";
  }

  public @Nullable MergeView getView() {
    return view;
  }

  /** What another issue is looked for by; empty when none is. */
  public String getSearch() {
    String text = shell.sent("q");
    return text.length() <= MAX_SEARCH ? text : text.substring(0, MAX_SEARCH);
  }

  /** What the form sends of an issue. */
  public String seen(IssueView issue) {
    return MergeChoice.seen(issue.key(), issue.version());
  }

  public String adding(ClusterKey key) {
    return choice().adding(key);
  }

  public String without(ClusterKey key) {
    return choice().without(key);
  }

  private MergeChoice choice() {
    return MergeChoice.of(shell.getProject(), shell.sentAll("key"), shell.sent("into"));
  }
}
