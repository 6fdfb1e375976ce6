package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.suspects.IssueSuspects;
import dev.retrospec.issues.suspects.IssueSuspects.Comparison;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the failing sessions of the issue share whose page is shown. */
@Named
@RequestScoped
public class IssueSuspectsBacking {

  private final Shell shell;
  private final IssueSuspects suspects;
  private @Nullable Comparison comparison;

  @Inject
  public IssueSuspectsBacking(Shell shell, IssueSuspects suspects) {
    this.shell = shell;
    this.suspects = suspects;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected IssueSuspectsBacking() {
    this(null, null);
  }

  public Comparison getComparison() {
    if (comparison == null) {
      comparison =
          shell
              .chosenProject()
              .flatMap(project -> shell.item(ClusterKey::new).map(key -> suspects.of(project, key)))
              .orElseGet(() -> new Comparison("/", 0, 0, List.of()));
    }
    return comparison;
  }
}
