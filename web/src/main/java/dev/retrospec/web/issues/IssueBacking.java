package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.inspection.IssueInspection;
import dev.retrospec.inspection.IssuePageView;
import dev.retrospec.issues.ClusterSessionFilter;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The page of one issue. */
@Named
@RequestScoped
public class IssueBacking {

  private final Shell shell;
  private final IssueInspection inspection;
  private final TriageForm triage;
  private final Notices notices;
  private @Nullable Filters filters;
  private @Nullable IssuePageView view;
  private @Nullable ClusterSessionFilter filter;

  @Inject
  public IssueBacking(Shell shell, IssueInspection inspection, TriageForm triage, Notices notices) {
    this.shell = shell;
    this.inspection = inspection;
    this.triage = triage;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected IssueBacking() {
    this.shell = null;
    this.inspection = null;
    this.triage = null;
    this.notices = null;
  }

  public Filters getFilters() {
    if (filters == null) {
      String key = shell.item(ClusterKey::new).map(ClusterKey::value).orElse("");
      filters = new Filters("/admin/issues/" + key, shell.getProject());
    }
    return filters;
  }

  public void load() {
    Optional<ClusterKey> key = shell.item(ClusterKey::new);
    Filters given = getFilters();
    filter =
        new ClusterSessionFilter(
            given.integer(
                "limit", ClusterSessionFilter.DEFAULT_LIMIT, 1, ClusterSessionFilter.MAX_LIMIT),
            given.choice("reportStatus", ClusterSessionFilter.REPORT_STATUSES, Function.identity()),
            given.decimal("minConfidence", 0, 1));
    Optional<IssuePageView> found =
        shell
            .chosenProject()
            .flatMap(project -> key.flatMap(known -> inspection.open(project, known, filter)));
    found.ifPresentOrElse(issue -> view = issue, notices::notFound);
  }

  /** State, assignee, note and window in one step. */
  public void change() {
    triage.apply(getFilters().here());
  }

  public @Nullable IssuePageView getView() {
    return view;
  }

  public @Nullable ClusterSessionFilter getFilter() {
    return filter;
  }

  public List<String> getReportStatuses() {
    return ClusterSessionFilter.REPORT_STATUSES;
  }

  public List<String> getConfidences() {
    return List.of("0.25", "0.5", "0.75", "0.9");
  }
}
