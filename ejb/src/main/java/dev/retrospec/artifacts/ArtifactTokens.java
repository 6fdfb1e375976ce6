package dev.retrospec.artifacts;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Short-lived permissions to fetch one artifact of one session, for players and video elements that
 * cannot send a key. The form is {@link SignedToken}'s.
 */
@ApplicationScoped
public class ArtifactTokens {

  /** A token and until when it opens. */
  public record IssuedToken(String token, Instant expiresAt) {}

  private static final String PURPOSE = "artifact-token-v1";

  private final ArtifactTokensConfig config;
  private final Clock clock;

  @Inject
  public ArtifactTokens(ArtifactTokensConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected ArtifactTokens() {
    this(null, null);
  }

  public IssuedToken issue(ProjectId project, SessionId session, String artifactType) {
    Instant expiry = clock.instant().plus(config.timeToLive()).truncatedTo(ChronoUnit.SECONDS);
    return new IssuedToken(
        SignedToken.issue(config.secret(), PURPOSE, expiry, project, session.value(), artifactType),
        expiry);
  }

  /**
   * The project for whose artifact the token was issued; empty when it is for another session or
   * type, has expired, or is no token of ours.
   */
  public Optional<ProjectId> projectOf(String token, SessionId session, String artifactType) {
    return SignedToken.projectOf(
        token, config.secret(), PURPOSE, clock.instant(), session.value(), artifactType);
  }
}
