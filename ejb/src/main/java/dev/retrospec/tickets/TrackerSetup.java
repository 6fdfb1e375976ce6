package dev.retrospec.tickets;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people do about a project's trackers. Whoever has no secret for a tracker's messages is
 * given one, and a tracker is tried as soon as it is set up.
 */
@ApplicationScoped
public class TrackerSetup {

  private static final int SECRET_BYTES = 32;

  private final Trackers trackers;
  private final TrackerTrials trials;
  private final TicketConfig config;
  private final SecureRandom random = new SecureRandom();

  @Inject
  public TrackerSetup(Trackers trackers, TrackerTrials trials, TicketConfig config) {
    this.trackers = trackers;
    this.trials = trials;
    this.config = config;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected TrackerSetup() {
    this(null, null, null);
  }

  /**
   * A tracker that was set up.
   *
   * @param newSecret that signs its messages, to be shown this once; null: none was made
   */
  public record Saved(TrackerView tracker, @Nullable String newSecret) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Saved[" + tracker + "]";
    }
  }

  /** The project's trackers. */
  public List<TrackerView> of(ProjectId project) {
    return trackers.of(project);
  }

  /**
   * Where the tracker has to send its messages.
   *
   * @param origin under which the reader reaches us; it counts where no public address is set
   */
  public String webhookAddress(ProjectId project, TrackerKind kind, String origin) {
    return config.publicUrl().orElse(origin)
        + "/v1/tickets/"
        + kind.wireName()
        + "/webhook?project="
        + project.value();
  }

  /**
   * Has a tracker tried.
   *
   * @throws NotFound when the project has no such tracker
   * @throws InvalidRequest when it has no token
   */
  @Transactional
  public void tryOut(ProjectId project, TrackerKind kind) {
    trials.ask(project, kind);
  }

  /** Forgets a tracker and its secrets; tickets stay as links. */
  @Transactional
  public void remove(ProjectId project, TrackerKind kind) {
    trackers.remove(project, kind);
  }

  /**
   * Sets a project's tracker and has it tried.
   *
   * @param renewsSecret whether the secret of its messages is to be another one
   * @throws InvalidRequest when the server may not be asked
   */
  @Transactional
  public Saved save(ProjectId project, TrackerChange change, boolean renewsSecret) {
    boolean isMade =
        change.kind().takesOurSecret()
            && change.webhookSecret() == null
            && (renewsSecret
                || !trackers
                    .find(project, change.kind())
                    .map(TrackerView::hasWebhookSecret)
                    .orElse(false));
    String secret = isMade ? mint() : null;
    TrackerView saved =
        trackers.set(project, secret == null ? change : change.withWebhookSecret(secret));
    return new Saved(saved.hasToken() ? trials.ask(project, change.kind()) : saved, secret);
  }

  private String mint() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
