package dev.retrospec.web.faces;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.Failure;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Consumer;

/** The forms of a project's page: which project they are about, and what becomes of a change. */
@RequestScoped
public class ProjectForm {

  private final Shell shell;
  private final Notices notices;

  @Inject
  public ProjectForm(Shell shell, Notices notices) {
    this.shell = shell;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected ProjectForm() {
    this.shell = null;
    this.notices = null;
  }

  /** The project that the page's address names; empty when it names none. */
  public Optional<ProjectId> project() {
    return shell.item(ProjectId::new);
  }

  /** The login of whoever sends it. */
  public String user() {
    return shell.getUser();
  }

  /** What a field of the form says; empty when it is not there. */
  public String sent(String name) {
    return shell.sent(name);
  }

  /**
   * Lets an administrator change the project, and shows its page anew. A refused change is told
   * there; what the change itself has to say, it says.
   */
  public void submit(Consumer<ProjectId> change) {
    Optional<ProjectId> project = project();
    if (!shell.isMayAdminister()) {
      notices.forbidden();
    } else if (project.isEmpty()) {
      notices.notFound();
    } else {
      try {
        change.accept(project.get());
      } catch (Failure refused) {
        notices.problem("Nothing was changed: " + refused.getMessage() + ".");
      }
      notices.goTo(new Filters("/admin/projects/" + project.get(), project.get()).here());
    }
  }
}
