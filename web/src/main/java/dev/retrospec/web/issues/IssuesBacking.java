package dev.retrospec.web.issues;

import dev.retrospec.inspection.IssueListFilter;
import dev.retrospec.inspection.IssueListInspection;
import dev.retrospec.inspection.IssueListView;
import dev.retrospec.inspection.IssueOrder;
import dev.retrospec.inspection.IssueTab;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page that lists a project's issues. */
@Named
@RequestScoped
public class IssuesBacking {

  private static final int MAX_PAGE = 10_000;

  private final Shell shell;
  private final IssueListInspection inspection;
  private final TriageForm triage;
  private final Notices notices;
  private @Nullable Filters filters;
  private @Nullable IssueListFilter filter;
  private @Nullable IssueListView view;

  @Inject
  public IssuesBacking(
      Shell shell, IssueListInspection inspection, TriageForm triage, Notices notices) {
    this.shell = shell;
    this.inspection = inspection;
    this.triage = triage;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected IssuesBacking() {
    this.shell = null;
    this.inspection = null;
    this.triage = null;
    this.notices = null;
  }

  public Filters getFilters() {
    if (filters == null) {
      filters = new Filters("/admin/issues", shell.getProject());
    }
    return filters;
  }

  public void load() {
    if (shell.chosenProject().isEmpty()) {
      notices.notFound();
      return;
    }
    Filters given = getFilters();
    String kind = given.get("kind");
    filter =
        new IssueListFilter(
            IssueTab.fromWireName(given.or("state", "")).orElse(IssueTab.ACTIVE),
            kind == null ? null : MarkerKind.fromWireName(kind),
            given.get("q"),
            IssueOrder.fromWireName(given.or("sort", "")).orElse(IssueOrder.LAST_SEEN),
            given.integer("page", 0, 0, MAX_PAGE));
    view = inspection.open(shell.getProject(), filter);
  }

  /** One step from the list: what the pressed button says. */
  public void change() {
    triage.apply(getFilters().here());
  }

  public @Nullable IssueListView getView() {
    return view;
  }

  public @Nullable IssueListFilter getFilter() {
    return filter;
  }

  public List<IssueTab> getTabs() {
    return List.of(IssueTab.values());
  }

  public List<IssueOrder> getOrders() {
    return List.of(IssueOrder.values());
  }

  public List<MarkerKind> getKinds() {
    return List.of(MarkerKind.values());
  }
}
