package dev.retrospec.web.sessions;

import dev.retrospec.ids.InvalidId;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.replays.rendering.RenderRequests;
import dev.retrospec.replays.rendering.RenderRequests.Asked;
import dev.retrospec.replays.rendering.RenderTarget;
import dev.retrospec.replays.rendering.Videos;
import dev.retrospec.replays.rendering.Videos.VideoView;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Videos on the pages of sessions and issues, and the wish for one. */
@Named
@RequestScoped
public class VideoBacking {

  /** Both come from the page's own form. */
  private static final String SESSION = "session";

  private static final String MARKER = "marker";

  private final Shell shell;
  private final Videos videos;
  private final RenderRequests requests;
  private final Notices notices;

  /** A page asks several times for the same one. */
  private final Map<String, VideoView> known = new HashMap<>();

  @Inject
  public VideoBacking(Shell shell, Videos videos, RenderRequests requests, Notices notices) {
    this.shell = shell;
    this.videos = videos;
    this.requests = requests;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected VideoBacking() {
    this.shell = null;
    this.videos = null;
    this.requests = null;
    this.notices = null;
  }

  public boolean isMade() {
    return videos.areMade();
  }

  /** Of the whole session. */
  public @Nullable VideoView of(@Nullable SessionId session) {
    return session == null ? null : view(session, RenderTarget.wholeSession());
  }

  /** Of one of its markers. */
  public @Nullable VideoView clip(@Nullable SessionId session, @Nullable MarkerId marker) {
    return session == null || marker == null ? null : view(session, RenderTarget.clipOf(marker));
  }

  private @Nullable VideoView view(SessionId session, RenderTarget target) {
    ProjectId project = shell.getProject();
    return project == null
        ? null
        : known.computeIfAbsent(
            session + " " + target.video(), key -> videos.of(project, session, target));
  }

  /** Asks for what the form names, and goes back to where it was sent from. */
  public void ask(String here) {
    ProjectId project = shell.getProject();
    if (project == null || !shell.isMayTriage()) {
      notices.forbidden();
      return;
    }
    try {
      String marker = shell.sent(MARKER);
      RenderTarget target =
          marker.isEmpty()
              ? RenderTarget.wholeSession()
              : RenderTarget.clipOf(new MarkerId(marker));
      Asked asked =
          requests.ask(project, new SessionId(shell.sent(SESSION)), target, RenderRequests.BY_HAND);
      if (asked instanceof Asked.Refused refused) {
        notices.problem("Not asked for: " + refused.reason() + ".");
      } else if (asked instanceof Asked.NoSuchMarker) {
        notices.problem("The session has no such failure.");
      } else if (asked instanceof Asked.Already) {
        notices.done("The video was asked for a moment ago. Load this page again soon.");
      } else {
        notices.done("The video is being made. Load this page again in a minute.");
      }
    } catch (InvalidId e) {
      notices.problem("The form names no session.");
    }
    notices.goTo(here);
  }
}
