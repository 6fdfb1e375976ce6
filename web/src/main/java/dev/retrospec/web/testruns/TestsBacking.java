package dev.retrospec.web.testruns;

import dev.retrospec.inspection.TestListFilter;
import dev.retrospec.inspection.TestListFilter.Sort;
import dev.retrospec.inspection.TestListFilter.Tab;
import dev.retrospec.inspection.TestListInspection;
import dev.retrospec.inspection.TestListView;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The page that lists a project's tests. */
@Named
@RequestScoped
public class TestsBacking {

  private static final List<Tab> TABS = List.of(Tab.values());
  private static final List<Sort> SORTS = List.of(Sort.values());

  private final Shell shell;
  private final TestListInspection inspection;
  private final Notices notices;
  private @Nullable Filters filters;
  private @Nullable TestListFilter filter;
  private @Nullable TestListView view;

  @Inject
  public TestsBacking(Shell shell, TestListInspection inspection, Notices notices) {
    this.shell = shell;
    this.inspection = inspection;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected TestsBacking() {
    this(null, null, null);
  }

  public Filters getFilters() {
    if (filters == null) {
      filters = new Filters("/admin/tests", shell.getProject());
    }
    return filters;
  }

  public void load() {
    if (shell.chosenProject().isEmpty()) {
      notices.notFound();
      return;
    }
    try {
      view = inspection.open(shell.getProject(), filter(getFilters().cursor()));
    } catch (InvalidRequest cursorOfAnotherOrder) {
      view = inspection.open(shell.getProject(), filter(null));
    }
  }

  private TestListFilter filter(@Nullable Cursor after) {
    Filters given = getFilters();
    filter =
        new TestListFilter(
            Objects.requireNonNullElse(given.choice("show", TABS, Tab::wireName), Tab.ALL),
            given.get("q"),
            Objects.requireNonNullElse(given.choice("sort", SORTS, Sort::wireName), Sort.RATE),
            given.integer("limit", TestListFilter.DEFAULT_LIMIT, 1, TestListFilter.MAX_LIMIT),
            after);
    return filter;
  }

  public @Nullable TestListView getView() {
    return view;
  }

  public @Nullable TestListFilter getFilter() {
    return filter;
  }

  public List<Tab> getTabs() {
    return TABS;
  }

  public List<Sort> getSorts() {
    return SORTS;
  }
}
