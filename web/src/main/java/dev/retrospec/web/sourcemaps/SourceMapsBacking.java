package dev.retrospec.web.sourcemaps;

import dev.retrospec.sourcemaps.ReleaseMaps;
import dev.retrospec.sourcemaps.SourceMaps;
import dev.retrospec.web.faces.ProjectForm;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** The part of a project's page that says which releases have source maps. */
@Named
@RequestScoped
public class SourceMapsBacking {

  /** The latest are those that people visit. */
  private static final int SHOWN = 10;

  private final ProjectForm form;
  private final SourceMaps maps;

  private List<ReleaseMaps> releases = List.of();
  private boolean isRead;

  @Inject
  public SourceMapsBacking(ProjectForm form, SourceMaps maps) {
    this.form = form;
    this.maps = maps;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SourceMapsBacking() {
    this.form = null;
    this.maps = null;
  }

  /** The latest upload first; read once for a page. */
  public List<ReleaseMaps> getReleases() {
    if (!isRead) {
      releases = form.project().map(project -> maps.releases(project, SHOWN)).orElse(List.of());
      isRead = true;
    }
    return releases;
  }
}
