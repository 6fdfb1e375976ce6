package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.RegroupInspection;
import dev.retrospec.inspection.RegroupsView;
import dev.retrospec.issues.ClusterRegroup;
import dev.retrospec.issues.IssueView;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.ProjectForm;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a project's page that brings its issues to today's rules of grouping. */
@Named
@RequestScoped
public class RegroupBacking {

  private final ProjectForm form;
  private final RegroupInspection inspection;
  private final ClusterRegroup regroup;
  private final Notices notices;
  private @Nullable RegroupsView view;

  @Inject
  public RegroupBacking(
      ProjectForm form, RegroupInspection inspection, ClusterRegroup regroup, Notices notices) {
    this.form = form;
    this.inspection = inspection;
    this.regroup = regroup;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RegroupBacking() {
    this(null, null, null, null);
  }

  /** Null when there is no project. */
  public @Nullable RegroupsView getView() {
    if (view == null) {
      view = form.project().map(inspection::open).orElse(null);
    }
    return view;
  }

  /** Looks, or moves, as the pressed button says. */
  public void change() {
    form.submit(this::change);
  }

  private void change(ProjectId project) {
    boolean dryRun =
        switch (form.sent("regroup")) {
          case "look" -> true;
          case "move" -> false;
          default -> throw new InvalidRequest("the form is not from this page");
        };
    regroup.request(project, dryRun, form.user());
    notices.done(
        dryRun
            ? "A worker looks at all occurrences. What would change stands below; nothing is moved."
            : "A worker moves the occurrences to the issues that today's rules give them.");
  }

  /** Of a list, what is shown of it. */
  public <T> List<T> some(List<T> all) {
    return all.stream().limit(RegroupsView.SHOWN).toList();
  }

  /** What to call a cluster: its issue's symptom, else its key. */
  public String name(ClusterKey key) {
    IssueView issue = issue(key);
    return issue == null ? key.value() : issue.symptom();
  }

  /** The issue that a key leads to now; null when it leads to none. */
  public @Nullable IssueView issue(ClusterKey key) {
    RegroupsView known = getView();
    return known == null ? null : known.issues().get(key);
  }
}
