package dev.retrospec.web.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.PatternInspection;
import dev.retrospec.inspection.PatternPageView;
import dev.retrospec.patterns.PatternDecision;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page of one pattern, and what people decide there. */
@Named
@RequestScoped
public class PatternBacking {

  private static final List<String> CHOICES =
      Stream.concat(
              Stream.of(PatternDecision.values()).map(PatternDecision::wireName),
              Stream.of(PatternChanges.UNDECIDED))
          .toList();

  private final Shell shell;
  private final PatternInspection inspection;
  private final PatternChanges changes;
  private final Notices notices;
  private @Nullable PatternPageView view;

  @Inject
  public PatternBacking(
      Shell shell, PatternInspection inspection, PatternChanges changes, Notices notices) {
    this.shell = shell;
    this.inspection = inspection;
    this.changes = changes;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected PatternBacking() {
    this.shell = null;
    this.inspection = null;
    this.changes = null;
    this.notices = null;
  }

  public void load() {
    Optional<PatternId> id = shell.item(PatternId::new);
    Optional<ProjectId> project = shell.chosenProject();
    if (id.isEmpty() || project.isEmpty()) {
      notices.notFound();
      return;
    }
    inspection
        .open(project.get(), id.get())
        .ifPresentOrElse(pattern -> view = pattern, () -> goToSuccessor(project.get(), id.get()));
  }

  /** Links in old messages still lead to patterns that are merged by now. */
  private void goToSuccessor(ProjectId project, PatternId merged) {
    inspection
        .successor(project, merged)
        .ifPresentOrElse(
            into -> {
              notices.done("The pattern that the link leads to was merged into this one.");
              notices.goTo(address(into, project));
            },
            notices::notFound);
  }

  private static String address(PatternId pattern, ProjectId project) {
    return new Filters("/admin/patterns/" + pattern, project).here();
  }

  /** What the pressed button says. */
  public void change() {
    Optional<PatternId> id = shell.item(PatternId::new);
    Optional<ProjectId> project = shell.chosenProject();
    if (!shell.isMayTriage()) {
      notices.forbidden();
    } else if (id.isEmpty() || project.isEmpty()) {
      notices.notFound();
    } else {
      notices.goTo(address(changes.apply(project.get(), id.get()), project.get()));
    }
  }

  public @Nullable PatternPageView getView() {
    return view;
  }

  public List<String> getChoices() {
    return CHOICES;
  }

  /** The choice that stands. */
  public String getChosen() {
    PatternDecision decision = view == null ? null : view.pattern().decision();
    return decision == null ? PatternChanges.UNDECIDED : decision.wireName();
  }
}
