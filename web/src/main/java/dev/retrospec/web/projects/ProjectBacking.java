package dev.retrospec.web.projects;

import dev.retrospec.ids.ApiKeyId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.ProjectInspection;
import dev.retrospec.inspection.ProjectPageView;
import dev.retrospec.projects.ApiKeys;
import dev.retrospec.projects.KeyScope;
import dev.retrospec.projects.MintedKey;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.ProjectForm;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page of one project: its keys, the lines for its pages, and what is recorded. */
@Named
@RequestScoped
public class ProjectBacking {

  private static final String NEW_KEY = "project.newKey";
  private static final String NEW_SCOPE = "project.newScope";

  private final ProjectForm form;
  private final ProjectInspection inspection;
  private final ApiKeys keys;
  private final Notices notices;
  private @Nullable ProjectPageView view;

  @Inject
  public ProjectBacking(
      ProjectForm form, ProjectInspection inspection, ApiKeys keys, Notices notices) {
    this.form = form;
    this.inspection = inspection;
    this.keys = keys;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected ProjectBacking() {
    this.form = null;
    this.inspection = null;
    this.keys = null;
    this.notices = null;
  }

  public void load() {
    Optional<ProjectPageView> found = form.project().flatMap(inspection::open);
    found.ifPresentOrElse(project -> view = project, notices::notFound);
  }

  /** Mints or revokes a key, as the pressed button says. */
  public void change() {
    form.submit(this::change);
  }

  private void change(ProjectId project) {
    if (form.sent("revoke").isEmpty()) {
      MintedKey minted = keys.mint(project, form.sent("label"), KeyScope.of(form.sent("scope")));
      notices.hand(NEW_KEY, minted.raw());
      notices.hand(NEW_SCOPE, minted.key().scope().wireName());
    } else {
      keys.revoke(project, new ApiKeyId(form.sent("revoke")));
      notices.done("The key is revoked. Requests with it are refused from now on.");
    }
  }

  public @Nullable ProjectPageView getView() {
    return view;
  }

  /** The key that was just minted, this once; null otherwise. */
  public @Nullable Object getNewKey() {
    return notices.handed(NEW_KEY);
  }

  public @Nullable Object getNewScope() {
    return notices.handed(NEW_SCOPE);
  }
}
