package dev.retrospec.web.tickets;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.tickets.TrackerKind;
import dev.retrospec.tickets.TrackerSetup;
import dev.retrospec.tickets.TrackerTrial;
import dev.retrospec.tickets.TrackerView;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.ProjectForm;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a project's page that ties it to trackers of tickets. */
@Named
@RequestScoped
public class TrackersBacking {

  private static final String NEW_SECRET = "tracker.newSecret";
  private static final String SECRET_OF = "tracker.secretOf";

  private final ProjectForm form;
  private final TrackerSetup setup;
  private final Notices notices;
  private final Shell shell;
  private @Nullable List<TrackerView> trackers;

  @Inject
  public TrackersBacking(ProjectForm form, TrackerSetup setup, Notices notices, Shell shell) {
    this.form = form;
    this.setup = setup;
    this.notices = notices;
    this.shell = shell;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected TrackersBacking() {
    this(null, null, null, null);
  }

  public List<TrackerView> getTrackers() {
    if (trackers == null) {
      trackers = form.project().map(setup::of).orElse(List.of());
    }
    return trackers;
  }

  /** Those that the project does not have yet. */
  public List<TrackerKind> getOthers() {
    return Arrays.stream(TrackerKind.values())
        .filter(kind -> getTrackers().stream().noneMatch(one -> one.provider() == kind))
        .toList();
  }

  /** Whether an answer of a tracker is waited for. */
  public boolean isWaiting() {
    return getTrackers().stream().map(TrackerView::trial).anyMatch(TrackersBacking::isPending);
  }

  private static boolean isPending(@Nullable TrackerTrial trial) {
    return trial != null && trial.isPending();
  }

  /** Where a tracker has to send its messages. */
  public String webhook(TrackerKind kind) {
    return form.project()
        .map(project -> setup.webhookAddress(project, kind, shell.getOrigin()))
        .orElse("");
  }

  /** The secret that was just made, this once; null otherwise. */
  public @Nullable Object getNewSecret() {
    return notices.handed(NEW_SECRET);
  }

  /** The tracker that it is for. */
  public @Nullable Object getSecretOf() {
    return notices.handed(SECRET_OF);
  }

  /** Saves, tries or takes away, as the pressed button says. */
  public void change() {
    form.submit(this::change);
  }

  private void change(ProjectId project) {
    if (!form.sent("try").isEmpty()) {
      TrackerKind kind = TrackerKind.fromWireName(form.sent("try"));
      setup.tryOut(project, kind);
      notices.done(kind.label() + " is being asked. Its answer stands beside it.");
    } else if (!form.sent("remove").isEmpty()) {
      TrackerKind kind = TrackerKind.fromWireName(form.sent("remove"));
      setup.remove(project, kind);
      notices.done(kind.label() + " is taken away. Tickets stay as links.");
    } else {
      save(project, TrackerKind.fromWireName(form.sent("save")));
    }
  }

  private void save(ProjectId project, TrackerKind kind) {
    TrackerSetup.Saved saved =
        setup.save(
            project,
            TrackerForm.read(kind, form::sent),
            TrackerForm.renewsSecret(kind, form::sent));
    if (saved.newSecret() != null) {
      notices.hand(NEW_SECRET, saved.newSecret());
      notices.hand(SECRET_OF, kind);
    }
    notices.done(
        saved.tracker().hasToken()
            ? kind.label() + " is saved and being asked. Its answer stands beside it."
            : kind.label() + " is saved. Without a token it cannot be asked.");
  }
}
