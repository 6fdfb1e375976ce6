package dev.retrospec.web.patterns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.patterns.PatternDecision;
import dev.retrospec.patterns.PatternDecisions;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** What people decide on a pattern's page. Each button sends the name of what it does. */
@RequestScoped
public class PatternChanges {

  /** A form sends text; this is no decision. */
  static final String UNDECIDED = "";

  private final Shell shell;
  private final PatternDecisions decisions;
  private final IssueQueries issues;
  private final Notices notices;

  @Inject
  public PatternChanges(
      Shell shell, PatternDecisions decisions, IssueQueries issues, Notices notices) {
    this.shell = shell;
    this.decisions = decisions;
    this.issues = issues;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected PatternChanges() {
    this(null, null, null, null);
  }

  /** What one button does. */
  @FunctionalInterface
  private interface Step {

    /** Returns the pattern whose page comes next. */
    PatternId take(ProjectId project, PatternId pattern, String value);
  }

  private Map<String, Step> steps() {
    return Map.of(
        "merge", this::merge,
        "different", this::different,
        "not-different", this::notDifferent,
        "link", this::link,
        "apart", this::apart,
        "not-apart", this::notApart);
  }

  /**
   * Does what was sent, and tells the reader what became of it.
   *
   * @return the pattern whose page comes next
   */
  PatternId apply(ProjectId project, PatternId pattern) {
    try {
      for (Map.Entry<String, Step> step : steps().entrySet()) {
        String value = shell.sent(step.getKey());
        if (!value.isEmpty()) {
          return step.getValue().take(project, pattern, value);
        }
      }
      return decide(project, pattern);
    } catch (ChangedMeanwhile conflict) {
      notices.problem(
          "Somebody changed this pattern after you opened the page. Nothing of yours was saved:"
              + " look at it as it is now, and decide again.");
    } catch (NotFound gone) {
      notices.problem(
          "Not changed: one of the two is gone, merged or forgotten after you opened the page.");
    } catch (Failure refused) {
      notices.problem("Not changed: " + refused.getMessage() + ".");
    }
    return pattern;
  }

  private PatternId decide(ProjectId project, PatternId pattern) {
    String decision = shell.sent("decision");
    decisions.decide(
        project,
        pattern,
        new PatternDecisions.Change(
            decision.equals(UNDECIDED) ? null : PatternDecision.fromWireName(decision),
            shell.sent("note"),
            shell.getUser(),
            version()));
    notices.done("The decision is saved. It is shown wherever this failure comes back.");
    return pattern;
  }

  private PatternId merge(ProjectId project, PatternId pattern, String into) {
    PatternId target = new PatternId(into);
    decisions.merge(project, pattern, target, version(), shell.getUser());
    notices.done("Merged. This pattern has all that the other one had.");
    return target;
  }

  private PatternId different(ProjectId project, PatternId pattern, String other) {
    decisions.apart(project, pattern, new PatternId(other), shell.getUser());
    notices.done("The two are different failures from now on; below you can take that back.");
    return pattern;
  }

  private PatternId notDifferent(ProjectId project, PatternId pattern, String other) {
    decisions.takeBack(project, pattern, new PatternId(other));
    notices.done("Taken back. The two may be named as alike again.");
    return pattern;
  }

  private PatternId link(ProjectId project, PatternId pattern, String issue) {
    ClusterKey key = new ClusterKey(issue);
    if (issues.find(project, key).isEmpty()) {
      throw new NotFound("issue");
    }
    decisions.issue(project, pattern, key, true, shell.getUser());
    notices.done("Linked. The issue's page names this failure, too.");
    return pattern;
  }

  private PatternId apart(ProjectId project, PatternId pattern, String issue) {
    decisions.issue(project, pattern, new ClusterKey(issue), false, shell.getUser());
    notices.done("The two are apart, and stay so; below you can take that back.");
    return pattern;
  }

  private PatternId notApart(ProjectId project, PatternId pattern, String issue) {
    decisions.takeBack(project, pattern, new ClusterKey(issue));
    notices.done("Taken back. The two may be linked again.");
    return pattern;
  }

  private int version() {
    try {
      return Integer.parseInt(shell.sent("version"));
    } catch (NumberFormatException e) {
      throw new InvalidRequest("the form names no version");
    }
  }
}
