package dev.retrospec.web.testruns;

import dev.retrospec.inspection.TestInspection;
import dev.retrospec.inspection.TestPageView;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page of one test: its history across runs. */
@Named
@RequestScoped
public class TestBacking {

  /** The catalogue counts from 1. */
  private static final long NO_TEST = 0;

  private final Shell shell;
  private final TestInspection inspection;
  private final Notices notices;
  private @Nullable Filters filters;
  private @Nullable TestPageView view;

  @Inject
  public TestBacking(Shell shell, TestInspection inspection, Notices notices) {
    this.shell = shell;
    this.inspection = inspection;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected TestBacking() {
    this.shell = null;
    this.inspection = null;
    this.notices = null;
  }

  public Filters getFilters() {
    if (filters == null) {
      filters = new Filters("/admin/tests/" + test(), shell.getProject());
    }
    return filters;
  }

  private long test() {
    return shell.item(TestBacking::number).orElse(NO_TEST);
  }

  private static long number(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : NO_TEST;
  }

  public void load() {
    Optional<TestPageView> found =
        shell
            .chosenProject()
            .flatMap(project -> inspection.open(project, test(), getFilters().get("branch")));
    found.ifPresentOrElse(history -> view = history, notices::notFound);
  }

  public @Nullable TestPageView getView() {
    return view;
  }
}
