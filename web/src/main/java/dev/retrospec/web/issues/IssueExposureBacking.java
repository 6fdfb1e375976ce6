package dev.retrospec.web.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.exposure.Exposure;
import dev.retrospec.issues.exposure.Exposures;
import dev.retrospec.web.faces.Shell;
import dev.retrospec.web.faces.Wording;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** How far the fix of the issue whose page is shown is proven. */
@Named
@RequestScoped
public class IssueExposureBacking {

  private final Shell shell;
  private final Exposures exposures;
  private final Wording say;
  private @Nullable Exposure exposure;
  private boolean isRead;

  @Inject
  public IssueExposureBacking(Shell shell, Exposures exposures, Wording say) {
    this.shell = shell;
    this.exposures = exposures;
    this.say = say;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected IssueExposureBacking() {
    this(null, null, null);
  }

  /** Null for an issue that is not resolved. */
  public @Nullable Exposure getExposure() {
    if (!isRead) {
      isRead = true;
      exposure =
          shell
              .chosenProject()
              .flatMap(
                  project -> shell.item(ClusterKey::new).flatMap(key -> exposures.of(project, key)))
              .orElse(null);
    }
    return exposure;
  }

  /** "7 of 20 sessions walked this path on 2.4.1 without it". */
  public String getSentence() {
    Exposure now = getExposure();
    if (now == null) {
      return "";
    }
    String where = now.release() == null ? "since" : "on " + now.release() + " or later";
    return "%s of %s walked this path %s without it"
        .formatted(say.number(now.walked()), say.count(now.needed(), "session"), where);
  }

  /** 0 to 1. */
  public double getShare() {
    Exposure now = getExposure();
    return now == null ? 0 : Math.min(1, (double) now.walked() / now.needed());
  }
}
