package dev.retrospec.web.projects;

import dev.retrospec.inspection.ProjectInspection;
import dev.retrospec.inspection.ProjectLine;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.projects.Project;
import dev.retrospec.projects.Projects;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** The page that lists the projects and makes new ones. */
@Named
@RequestScoped
public class ProjectsBacking {

  private final Shell shell;
  private final ProjectInspection inspection;
  private final Projects projects;
  private final Notices notices;
  private List<ProjectLine> lines = List.of();

  @Inject
  public ProjectsBacking(
      Shell shell, ProjectInspection inspection, Projects projects, Notices notices) {
    this.shell = shell;
    this.inspection = inspection;
    this.projects = projects;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected ProjectsBacking() {
    this.shell = null;
    this.inspection = null;
    this.projects = null;
    this.notices = null;
  }

  public void load() {
    lines = inspection.list();
  }

  public void add() {
    if (!shell.isMayAdminister()) {
      notices.forbidden();
      return;
    }
    try {
      Project project = projects.add(shell.sent("name"), shell.sent("site"));
      notices.done("“" + project.name() + "” is there. Now it needs a key for its pages.");
      notices.goTo(new Filters("/admin/projects/" + project.id(), project.id()).here());
    } catch (InvalidRequest refused) {
      notices.problem("Not created: " + refused.getMessage() + ".");
      notices.goTo("/admin/projects");
    }
  }

  public List<ProjectLine> getLines() {
    return lines;
  }
}
