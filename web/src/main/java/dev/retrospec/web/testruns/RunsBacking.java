package dev.retrospec.web.testruns;

import dev.retrospec.inspection.RunFilter;
import dev.retrospec.inspection.RunFilter.Tab;
import dev.retrospec.inspection.RunListInspection;
import dev.retrospec.inspection.RunListView;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The page that lists a project's test runs. */
@Named
@RequestScoped
public class RunsBacking {

  private static final List<Tab> TABS = List.of(Tab.values());

  private final Shell shell;
  private final RunListInspection inspection;
  private final Notices notices;
  private @Nullable Filters filters;
  private @Nullable RunFilter filter;
  private @Nullable RunListView view;

  @Inject
  public RunsBacking(Shell shell, RunListInspection inspection, Notices notices) {
    this.shell = shell;
    this.inspection = inspection;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RunsBacking() {
    this.shell = null;
    this.inspection = null;
    this.notices = null;
  }

  public Filters getFilters() {
    if (filters == null) {
      filters = new Filters("/admin/runs", shell.getProject());
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
        new RunFilter(
            Objects.requireNonNullElse(given.choice("show", TABS, Tab::wireName), Tab.ALL),
            given.get("q"),
            given.get("branch"),
            given.get("author"),
            pullRequest(given),
            given.integer("limit", RunFilter.DEFAULT_LIMIT, 1, RunFilter.MAX_LIMIT),
            given.cursor());
    view = inspection.open(shell.getProject(), filter);
  }

  private static @Nullable Integer pullRequest(Filters given) {
    Double number = given.decimal("pr", 0, Integer.MAX_VALUE);
    return number == null ? null : number.intValue();
  }

  public @Nullable RunListView getView() {
    return view;
  }

  public @Nullable RunFilter getFilter() {
    return filter;
  }

  public List<Tab> getTabs() {
    return TABS;
  }
}
