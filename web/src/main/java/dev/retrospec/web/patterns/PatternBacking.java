package dev.retrospec.web.patterns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.PatternInspection;
import dev.retrospec.inspection.PatternPageView;
import dev.retrospec.patterns.PatternDecision;
import dev.retrospec.patterns.PatternDecisions;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page of one pattern, and what people decide there. */
@Named
@RequestScoped
public class PatternBacking {

  /** A form sends text; this is no decision. */
  private static final String UNDECIDED = "";

  private static final List<String> CHOICES =
      Stream.concat(
              Stream.of(PatternDecision.values()).map(PatternDecision::wireName),
              Stream.of(UNDECIDED))
          .toList();

  private final Shell shell;
  private final PatternInspection inspection;
  private final PatternDecisions decisions;
  private final Notices notices;
  private @Nullable PatternPageView view;

  @Inject
  public PatternBacking(
      Shell shell, PatternInspection inspection, PatternDecisions decisions, Notices notices) {
    this.shell = shell;
    this.inspection = inspection;
    this.decisions = decisions;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected PatternBacking() {
    this.shell = null;
    this.inspection = null;
    this.decisions = null;
    this.notices = null;
  }

  public void load() {
    Optional<PatternId> id = shell.item(PatternId::new);
    shell
        .chosenProject()
        .flatMap(project -> id.flatMap(known -> inspection.open(project, known)))
        .ifPresentOrElse(pattern -> view = pattern, notices::notFound);
  }

  /** What the pressed button says: a decision, or that an issue is another failure. */
  public void change() {
    Optional<PatternId> id = shell.item(PatternId::new);
    Optional<ProjectId> project = shell.chosenProject();
    if (!shell.isMayTriage()) {
      notices.forbidden();
    } else if (id.isEmpty() || project.isEmpty()) {
      notices.notFound();
    } else {
      change(project.get(), id.get());
      notices.goTo(new Filters("/admin/patterns/" + id.get(), project.get()).here());
    }
  }

  private void change(ProjectId project, PatternId pattern) {
    try {
      if (shell.sent("apart").isEmpty()) {
        decisions.decide(project, pattern, sent());
        notices.done("The decision is saved. It is shown wherever this failure comes back.");
      } else {
        ClusterKey issue = new ClusterKey(shell.sent("apart"));
        decisions.issue(project, pattern, issue, false, shell.getUser());
        notices.done("The two are apart, and stay so.");
      }
    } catch (ChangedMeanwhile conflict) {
      notices.problem(
          "Somebody changed this pattern after you opened the page. Nothing of yours was saved:"
              + " look at it as it is now, and decide again.");
    } catch (Failure refused) {
      notices.problem("Not changed: " + refused.getMessage() + ".");
    }
  }

  private PatternDecisions.Change sent() {
    String decision = shell.sent("decision");
    try {
      return new PatternDecisions.Change(
          decision.equals(UNDECIDED) ? null : PatternDecision.fromWireName(decision),
          shell.sent("note"),
          shell.getUser(),
          Integer.valueOf(shell.sent("version")));
    } catch (NumberFormatException e) {
      throw new InvalidRequest("the form names no version");
    }
  }

  public @Nullable PatternPageView getView() {
    return view;
  }

  public List<String> getChoices() {
    return CHOICES;
  }

  /** The choice that stands. */
  public String getChosen() {
    PatternDecision decision = view == null ? null : view.pattern().decision();
    return decision == null ? UNDECIDED : decision.wireName();
  }
}
