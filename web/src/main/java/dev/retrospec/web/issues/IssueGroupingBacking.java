package dev.retrospec.web.issues;

import dev.retrospec.inspection.IssuePageView;
import dev.retrospec.issues.AliasKind;
import dev.retrospec.issues.ClusterAlias;
import dev.retrospec.issues.GroupingView;
import dev.retrospec.issues.IssueGrouping;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of an issue's page that says why its failures are one. */
@Named("issueGrouping")
@RequestScoped
public class IssueGroupingBacking {

  private static final Map<String, String> RULES =
      Map.of(
          "client", "The page itself says what belongs together.",
          "family", "A failure that every site knows, one whatever the browser.",
          "own_frames", "The same thing was thrown, by the same calls of your code.",
          "all_frames", "The same thing was thrown, by the same calls.",
          "message", "The same thing was thrown, with the same words.",
          "place", "The same went wrong at the same place.");

  private final Shell shell;
  private final IssueBacking page;
  private final IssueGrouping grouping;
  private @Nullable GroupingView view;
  private boolean read;

  @Inject
  public IssueGroupingBacking(Shell shell, IssueBacking page, IssueGrouping grouping) {
    this.shell = shell;
    this.page = page;
    this.grouping = grouping;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected IssueGroupingBacking() {
    this(null, null, null);
  }

  /** Null when no marker of the issue is left. */
  public @Nullable GroupingView getView() {
    IssuePageView issue = page.getView();
    if (!read && issue != null) {
      read = true;
      view = grouping.of(shell.getProject(), issue.issue().key()).orElse(null);
    }
    return view;
  }

  /** What the rule says, in a sentence. */
  public String rule(String rule) {
    return RULES.getOrDefault(rule, rule);
  }

  /** Keys that the issue had before. */
  public List<ClusterAlias> getOlderKeys() {
    GroupingView known = getView();
    return known == null
        ? List.of()
        : known.aliases().stream().filter(alias -> alias.kind() == AliasKind.REGROUP).toList();
  }
}
