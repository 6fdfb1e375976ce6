package dev.retrospec.snapshots;

import dev.retrospec.artifacts.ArtifactTokensConfig;
import dev.retrospec.artifacts.SignedToken;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SnapshotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Links to a snapshot's artifacts that work without a key: for reading one artifact, for {@link
 * SnapshotConfig#LINK_LIFETIME}, through the application, so that nobody can write by them and a
 * deleted snapshot is gone.
 */
@ApplicationScoped
public class SnapshotLinks {

  private static final String PURPOSE = "snapshot-link-v1";

  /** The links of one snapshot, each null where there is no such artifact. */
  public record Links(
      @Nullable String screenshot,
      @Nullable String htmlDump,
      @Nullable String har,
      @Nullable String consoleLogs,
      @Nullable String dom) {}

  private final ArtifactTokensConfig tokens;
  private final SnapshotConfig config;
  private final Clock clock;

  @Inject
  public SnapshotLinks(ArtifactTokensConfig tokens, SnapshotConfig config, Clock clock) {
    this.tokens = tokens;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected SnapshotLinks() {
    this(null, null, null);
  }

  /** New links, which begin to age now. */
  public Links of(SnapshotView snapshot) {
    return new Links(
        link(snapshot, SnapshotArtifact.SCREENSHOT),
        link(snapshot, SnapshotArtifact.HTML),
        link(snapshot, SnapshotArtifact.HAR),
        link(snapshot, SnapshotArtifact.CONSOLE),
        link(snapshot, SnapshotArtifact.DOM));
  }

  private @Nullable String link(SnapshotView snapshot, SnapshotArtifact artifact) {
    if (!snapshot.objects().containsKey(artifact)) {
      return null;
    }
    String token =
        SignedToken.issue(
            tokens.secret(),
            PURPOSE,
            clock.instant().plus(SnapshotConfig.LINK_LIFETIME),
            snapshot.projectId(),
            snapshot.id().value(),
            artifact.wireName());
    return config.server()
        + "/v1/snapshots/"
        + snapshot.id()
        + "/"
        + artifact.wireName()
        + "?artifactToken="
        + URLEncoder.encode(token, StandardCharsets.UTF_8);
  }

  /**
   * The project whose artifact the token opens; empty when it does not open this one (any more).
   */
  public Optional<ProjectId> projectOf(String token, SnapshotId id, SnapshotArtifact artifact) {
    return SignedToken.projectOf(
        token, tokens.secret(), PURPOSE, clock.instant(), id.value(), artifact.wireName());
  }
}
