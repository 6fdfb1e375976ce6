package dev.retrospec.web.issues;

import dev.retrospec.access.AppUsers;
import dev.retrospec.issues.IssueMute;
import dev.retrospec.issues.IssueView;
import dev.retrospec.sessions.Releases;
import dev.retrospec.web.faces.Shell;
import dev.retrospec.web.faces.Wording;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the form of triage offers. */
@Named
@RequestScoped
public class IssueTriageBacking {

  private static final int MAX_PEOPLE = 200;
  private static final int MAX_RELEASES = 30;

  private final Shell shell;
  private final AppUsers users;
  private final Releases releases;
  private final Wording say;

  @Inject
  public IssueTriageBacking(Shell shell, AppUsers users, Releases releases, Wording say) {
    this.shell = shell;
    this.users = users;
    this.releases = releases;
    this.say = say;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected IssueTriageBacking() {
    this(null, null, null, null);
  }

  /** Who may be asked to look at an issue. */
  public List<String> getPeople() {
    return users.namesOfDevelopers(MAX_PEOPLE);
  }

  /** The project's releases, those seen first latest. */
  public List<String> getReleases() {
    return shell
        .chosenProject()
        .map(project -> releases.latest(project, MAX_RELEASES))
        .orElse(List.of());
  }

  /** What ends the mute: "in 6 days, or after 3 more sessions". */
  public String muteEnd(@Nullable IssueView issue) {
    IssueMute mute = issue == null ? null : issue.mute();
    if (issue == null || mute == null) {
      return "";
    }
    List<String> ends = new ArrayList<>();
    if (issue.mutedUntil() != null) {
      ends.add(say.ago(issue.mutedUntil()));
    }
    if (mute.sessionsLeft() != null) {
      ends.add("after " + say.count(mute.sessionsLeft(), "more session"));
    }
    if (mute.usersLeft() != null) {
      ends.add("after " + say.count(mute.usersLeft(), "more user"));
    }
    if (mute.untilEscalating()) {
      ends.add("when it escalates");
    }
    return String.join(", or ", ends);
  }
}
