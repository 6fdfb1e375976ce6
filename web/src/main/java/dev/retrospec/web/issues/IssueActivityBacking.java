package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.triage.ActivityEntry;
import dev.retrospec.issues.triage.IssueActivities;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to the issue whose page is shown. */
@Named
@RequestScoped
public class IssueActivityBacking {

  /** What fits beside the replay; the rest is one click away. */
  private static final int SHOWN = 12;

  private final Shell shell;
  private final IssueActivities activities;
  private @Nullable Page<ActivityEntry> page;

  @Inject
  public IssueActivityBacking(Shell shell, IssueActivities activities) {
    this.shell = shell;
    this.activities = activities;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected IssueActivityBacking() {
    this(null, null);
  }

  /** The latest first. */
  public List<ActivityEntry> getEntries() {
    return page().items();
  }

  /** Whether there are more than are shown, and these can be. */
  public boolean isMore() {
    return !isAll() && page().nextCursor() != null;
  }

  private boolean isAll() {
    return shell.sent("activity").equals("all");
  }

  private Page<ActivityEntry> page() {
    if (page == null) {
      int limit = isAll() ? IssueActivities.MAX_LIMIT : SHOWN;
      page =
          shell
              .chosenProject()
              .flatMap(
                  project ->
                      shell
                          .item(ClusterKey::new)
                          .map(key -> activities.of(project, key, limit, null)))
              .orElseGet(() -> new Page<>(List.of(), null));
    }
    return page;
  }
}
