package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.MuteCondition;
import dev.retrospec.issues.TriageState;
import dev.retrospec.issues.triage.Actor;
import dev.retrospec.issues.triage.IssueState;
import dev.retrospec.issues.triage.IssueTriage;
import dev.retrospec.issues.triage.TriageChange;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import dev.retrospec.web.faces.Wording;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A decision about an issue as the pages send it: {@code change} is the button of a list, {@code
 * issue} and {@code to} come from the issue's own form. Both name the version that the reader saw.
 */
@Named
@RequestScoped
public class TriageForm {

  private static final String BETWEEN = "~";

  /** Assignee and note only. */
  private static final String KEEP = "keep";

  /** What a click can go back to; a mute has a window, a regression is the system's finding. */
  private static final Set<String> UNDOABLE = Set.of("open", "acknowledged", "resolved");

  private final Shell shell;
  private final IssueTriage triage;
  private final Notices notices;
  private final Wording say;

  @Inject
  public TriageForm(Shell shell, IssueTriage triage, Notices notices, Wording say) {
    this.shell = shell;
    this.triage = triage;
    this.notices = notices;
    this.say = say;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected TriageForm() {
    this.shell = null;
    this.triage = null;
    this.notices = null;
    this.say = null;
  }

  /** What a button sends that brings an issue to another state. */
  public String step(IssueView issue, String to) {
    return value(issue.key(), issue.version(), issue.state().wireName(), to);
  }

  /** Decides what was sent, and goes back to where it was sent from. */
  public void apply(String here) {
    if (!shell.isMayTriage()) {
      notices.forbidden();
      return;
    }
    try {
      decide();
    } catch (ChangedMeanwhile conflict) {
      notices.problem(
          "Somebody changed this issue after you opened the page. Nothing of yours was saved:"
              + " look at it as it is now, and decide again.");
    } catch (Failure refused) {
      notices.problem("Not changed: " + refused.getMessage() + ".");
    }
    notices.goTo(here);
  }

  private void decide() {
    boolean isStep = !shell.sent("change").isEmpty();
    String[] parts = shell.sent(isStep ? "change" : "issue").split(BETWEEN);
    if (parts.length < 3) {
      throw new InvalidRequest("the form names no issue");
    }
    ClusterKey key = new ClusterKey(parts[0]);
    String from = parts[2];
    String wanted = isStep ? parts[parts.length - 1] : shell.sent("to");
    TriageState to = wanted.equals(KEEP) ? null : TriageState.fromWireName(wanted);
    IssueState after =
        triage.change(
            shell.getProject(),
            key,
            new TriageChange(
                to,
                isStep ? null : shell.sent("assignee"),
                isStep ? null : shell.sent("note"),
                to == TriageState.MUTED ? end(shell.sent("window")) : null,
                to == TriageState.RESOLVED && !isStep ? shell.sent("release") : null,
                version(parts[1])),
            Actor.user(shell.getUser()));
    tell(after, from, to == null);
  }

  private void tell(IssueState after, String from, boolean stays) {
    String to = after.state().wireName();
    String text = "The issue is " + to.toLowerCase(Locale.ROOT) + ".";
    if (stays) {
      text = "Assignee and note are saved.";
    } else if (after.resolvedInRelease() != null) {
      text = "The issue is resolved in " + after.resolvedInRelease() + ".";
    } else if (after.state() == TriageState.MUTED && after.mutedUntil() != null) {
      text = "The issue is muted until " + say.moment(after.mutedUntil()) + ".";
    }
    if (UNDOABLE.contains(from) && !to.equals(from)) {
      notices.done(text, value(after.clusterKey(), after.version(), to, from));
    } else {
      notices.done(text);
    }
  }

  private static String value(ClusterKey key, int version, String from, String to) {
    return String.join(BETWEEN, key.value(), Integer.toString(version), from, to);
  }

  /** A length of time, "sessions:10", "users:10", or "escalating". */
  private MuteCondition end(String window) {
    try {
      String[] parts = window.split(":");
      return switch (parts[0]) {
        case "sessions" -> new MuteCondition(null, Integer.valueOf(parts[1]), null, false);
        case "users" -> new MuteCondition(null, null, Integer.valueOf(parts[1]), false);
        case "escalating" -> new MuteCondition(null, null, null, true);
        default -> MuteCondition.until(say.now().plus(Duration.parse(window)));
      };
    } catch (DateTimeException
        | ArithmeticException
        | NumberFormatException
        | IndexOutOfBoundsException e) {
      throw new InvalidRequest("the mute has no window");
    }
  }

  private static @Nullable Integer version(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new InvalidRequest("the form names no version");
    }
  }
}
