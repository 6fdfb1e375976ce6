package dev.retrospec.web.patterns;

import dev.retrospec.inspection.PatternListInspection;
import dev.retrospec.inspection.PatternListView;
import dev.retrospec.patterns.PatternDecision;
import dev.retrospec.patterns.PatternFilter;
import dev.retrospec.patterns.PatternSearch;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page that lists a project's patterns, and searches them. */
@Named
@RequestScoped
public class PatternsBacking {

  private static final int DEFAULT_LIMIT = 30;

  private static final List<String> DECISIONS =
      Stream.concat(
              Stream.of(PatternFilter.UNDECIDED),
              Stream.of(PatternDecision.values()).map(PatternDecision::wireName))
          .toList();

  /** People look for what is related; the machine's own matches need more. */
  private static final String DEFAULT_THRESHOLD = "0.3";

  private static final List<String> THRESHOLDS = List.of("0.1", DEFAULT_THRESHOLD, "0.6", "0.85");

  private final Shell shell;
  private final PatternListInspection inspection;
  private final Notices notices;
  private @Nullable Filters filters;
  private @Nullable PatternListView view;

  @Inject
  public PatternsBacking(Shell shell, PatternListInspection inspection, Notices notices) {
    this.shell = shell;
    this.inspection = inspection;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected PatternsBacking() {
    this.shell = null;
    this.inspection = null;
    this.notices = null;
  }

  public Filters getFilters() {
    if (filters == null) {
      filters = new Filters("/admin/patterns", shell.getProject());
    }
    return filters;
  }

  public void load() {
    if (shell.chosenProject().isEmpty()) {
      notices.notFound();
      return;
    }
    Filters given = getFilters();
    int limit = given.integer("limit", DEFAULT_LIMIT, 1, PatternFilter.MAX_LIMIT);
    String words = given.get("q");
    view =
        words == null
            ? inspection.list(
                shell.getProject(),
                new PatternFilter(null, getDecision(), null, null, limit, given.cursor()))
            : inspection.search(
                shell.getProject(),
                words,
                getDecision(),
                Math.min(limit, PatternSearch.MAX_RESULTS),
                Double.parseDouble(getThreshold()));
  }

  public @Nullable PatternListView getView() {
    return view;
  }

  /** The chosen one of {@link #getDecisions}; null for all. */
  public @Nullable String getDecision() {
    return getFilters().choice("decision", DECISIONS, Function.identity());
  }

  public List<String> getDecisions() {
    return DECISIONS;
  }

  /** The chosen one of {@link #getThresholds}. */
  public String getThreshold() {
    return Objects.requireNonNullElse(
        getFilters().choice("threshold", THRESHOLDS, Function.identity()), DEFAULT_THRESHOLD);
  }

  public List<String> getThresholds() {
    return THRESHOLDS;
  }
}
