package dev.retrospec.web.testruns;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.inspection.RunInspection;
import dev.retrospec.inspection.RunPageFilter;
import dev.retrospec.inspection.RunPageView;
import dev.retrospec.snapshots.SnapshotArtifact;
import dev.retrospec.snapshots.SnapshotView;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page of one test run. */
@Named
@RequestScoped
public class RunBacking {

  private final Shell shell;
  private final RunInspection inspection;
  private final Notices notices;
  private @Nullable Filters filters;
  private @Nullable RunPageView view;

  @Inject
  public RunBacking(Shell shell, RunInspection inspection, Notices notices) {
    this.shell = shell;
    this.inspection = inspection;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RunBacking() {
    this.shell = null;
    this.inspection = null;
    this.notices = null;
  }

  public Filters getFilters() {
    if (filters == null) {
      String id = shell.item(TestRunId::new).map(TestRunId::value).orElse("");
      filters = new Filters("/admin/runs/" + id, shell.getProject());
    }
    return filters;
  }

  public void load() {
    Optional<TestRunId> id = shell.item(TestRunId::new);
    Filters given = getFilters();
    RunPageFilter filter =
        new RunPageFilter(
            given.integer(
                "failures", RunPageFilter.DEFAULT_FAILURES, 1, RunPageFilter.MAX_FAILURES),
            given.choice("result", RunPageFilter.RESULTS, Function.identity()),
            given.get("test"));
    Optional<RunPageView> found =
        shell
            .chosenProject()
            .flatMap(project -> id.flatMap(known -> inspection.open(project, known, filter)));
    found.ifPresentOrElse(run -> view = run, notices::notFound);
  }

  public @Nullable RunPageView getView() {
    return view;
  }

  public List<String> getResults() {
    return RunPageFilter.RESULTS;
  }

  /** Whether the list of tests is filtered. */
  public boolean isNarrowed() {
    return getFilters().has("result", "test");
  }

  public int getMostFailures() {
    return RunPageFilter.MAX_FAILURES;
  }

  /** The first snapshot that can be seen; null when there is none. */
  public @Nullable SnapshotView getPicture() {
    return view == null
        ? null
        : view.snapshots().stream()
            .filter(snapshot -> has(snapshot, "screenshot"))
            .findFirst()
            .orElse(null);
  }

  public boolean has(SnapshotView snapshot, String artifact) {
    return SnapshotArtifact.fromWireName(artifact)
        .filter(snapshot.objects()::containsKey)
        .isPresent();
  }

  /** What there is of a snapshot, in an order that never changes. */
  public List<SnapshotArtifact> files(SnapshotView snapshot) {
    return Stream.of(SnapshotArtifact.values()).filter(snapshot.objects()::containsKey).toList();
  }

  /** What runs one test again; null when the name does not tell by which tool. */
  public @Nullable String rerun(String testName, @Nullable String file) {
    return RerunCommand.of(testName, file).orElse(null);
  }

  /** What runs all recommended tests at once, a command for each tool that their names tell. */
  public List<String> getRerunAll() {
    return view == null
        ? List.of()
        : RerunCommand.together(
            view.recommended(), RunPageView.Recommended::testName, RunPageView.Recommended::file);
  }
}
