package dev.retrospec.web.issues;

import dev.retrospec.inspection.IssueListInspection;
import dev.retrospec.inspection.IssueListView;
import dev.retrospec.issues.IssueFilter;
import dev.retrospec.issues.IssueFilter.Sort;
import dev.retrospec.issues.IssueFilter.Tab;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page that lists a project's issues. */
@Named
@RequestScoped
public class IssuesBacking {

  /** Everything at once is for the API; a page begins with what needs somebody. */
  private static final List<Tab> TABS =
      Stream.of(Tab.values()).filter(tab -> tab != Tab.ALL).toList();

  private static final List<Sort> SORTS = List.of(Sort.values());
  private static final List<MarkerKind> KINDS = List.of(MarkerKind.values());

  private final Shell shell;
  private final IssueListInspection inspection;
  private final TriageForm triage;
  private final Notices notices;
  private @Nullable Filters filters;
  private @Nullable IssueFilter filter;
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
    filter =
        new IssueFilter(
            Objects.requireNonNullElse(given.choice("state", TABS, Tab::wireName), Tab.ACTIVE),
            given.get("q"),
            given.choice("kind", KINDS, MarkerKind::wireName),
            "true".equals(given.get("newInRelease")),
            Objects.requireNonNullElse(given.choice("sort", SORTS, Sort::wireName), Sort.LAST_SEEN),
            IssueFilter.DEFAULT_LIMIT,
            given.cursor());
    view = inspection.open(shell.getProject(), filter);
  }

  /** One step from the list: what the pressed button says. */
  public void change() {
    triage.apply(getFilters().here());
  }

  public @Nullable IssueListView getView() {
    return view;
  }

  public @Nullable IssueFilter getFilter() {
    return filter;
  }

  public List<Tab> getTabs() {
    return TABS;
  }

  public List<Sort> getSorts() {
    return SORTS;
  }

  public List<MarkerKind> getKinds() {
    return KINDS;
  }
}
