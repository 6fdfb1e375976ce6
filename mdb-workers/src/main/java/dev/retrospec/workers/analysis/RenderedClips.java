package dev.retrospec.workers.analysis;

import dev.retrospec.artifacts.ArtifactTokens;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.replays.Clips;
import dev.retrospec.sessions.SessionView;
import dev.retrospec.workers.analysis.model.ClipCatalog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** The rendered clips of markers, as an address with a token that opens one clip for minutes. */
@ApplicationScoped
public class RenderedClips implements ClipCatalog {

  private static final String TRIGGER = "report_card";

  private final Clips clips;
  private final ArtifactTokens tokens;
  private final Settings settings;

  @Inject
  public RenderedClips(Clips clips, ArtifactTokens tokens, Settings settings) {
    this.clips = clips;
    this.tokens = tokens;
    this.settings = settings;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RenderedClips() {
    this(null, null, null);
  }

  /** Without a public address nobody outside could fetch it: there is none then. */
  @Override
  public Optional<Clip> of(SessionView session, MarkerId marker) {
    Optional<String> base =
        settings.text("RETROSPEC_PUBLIC_URL").or(() -> settings.text("RETROSPEC_URL"));
    if (base.isEmpty()) {
      return Optional.empty();
    }
    Optional<Clips.Clip> clip = clips.forMarker(session.projectId(), session.id(), marker);
    if (clip.isEmpty()) {
      clips.ask(session.projectId(), session.id(), marker, TRIGGER);
    }
    return clip.map(found -> clip(base.get(), session, found));
  }

  private Clip clip(String base, SessionView session, Clips.Clip clip) {
    return new Clip(
        address(base, session, clip.artifactType()),
        clip.mediaType(),
        address(base, session, clip.posterType()),
        clip.window().startMs(),
        clip.window().endMs());
  }

  private String address(String base, SessionView session, String artifactType) {
    String token = tokens.issue(session.projectId(), session.id(), artifactType).token();
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
        + "/v1/sessions/"
        + session.id().value()
        + "/artifacts/"
        + artifactType
        + "?artifactToken="
        + token;
  }
}
