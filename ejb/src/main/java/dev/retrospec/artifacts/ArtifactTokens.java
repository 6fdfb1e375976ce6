package dev.retrospec.artifacts;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Short-lived permissions to fetch one artifact of one session, for players and video elements that
 * cannot send a key. A token is {@code v1.<expiry in epoch seconds>.<HMAC-SHA-256>.<project>};
 * project, session and type are in what is signed, so that a token opens nothing else. The project
 * stands in it, because who shows a token shows no key that would tell it.
 */
@ApplicationScoped
public class ArtifactTokens {

  /** A token and until when it opens. */
  public record IssuedToken(String token, Instant expiresAt) {}

  private static final Pattern FORM =
      Pattern.compile("v1\\.(\\d{1,12})\\.([A-Za-z0-9_-]{43})\\.([A-Za-z0-9._:-]{1,128})");

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
    long expiry = clock.instant().plus(config.timeToLive()).getEpochSecond();
    String signature =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(sign(expiry, project, session, artifactType));
    return new IssuedToken(
        "v1." + expiry + "." + signature + "." + project, Instant.ofEpochSecond(expiry));
  }

  /**
   * The project for whose artifact the token was issued; empty when it is for another session or
   * type, has expired, or is no token of ours.
   */
  public Optional<ProjectId> projectOf(String token, SessionId session, String artifactType) {
    Matcher form = FORM.matcher(token);
    if (!form.matches() || form.group(3).equals(".") || form.group(3).equals("..")) {
      return Optional.empty();
    }
    ProjectId project = new ProjectId(form.group(3));
    long expiry = Long.parseLong(form.group(1));
    byte[] given = Base64.getUrlDecoder().decode(form.group(2));
    // the signature first and in constant time: an answer's timing tells nothing about it
    return MessageDigest.isEqual(given, sign(expiry, project, session, artifactType))
            && clock.instant().getEpochSecond() < expiry
        ? Optional.of(project)
        : Optional.empty();
  }

  private byte[] sign(long expiry, ProjectId project, SessionId session, String artifactType) {
    // ids and types hold no newline, so that no two texts are the same
    String text =
        "artifact-token-v1\n" + expiry + '\n' + project + '\n' + session + '\n' + artifactType;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(config.secret(), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }
}
