package dev.retrospec.replays;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.time.StorableTime;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has made, or has not.
 *
 * @param artifactKey not blank when the artifact is ready
 * @param reason why it is not ready
 * @param generatedAt null means now
 */
public record ReplayResult(
    ProjectId projectId,
    SessionId sessionId,
    String artifactType,
    String artifactKey,
    String triggerKind,
    ArtifactStatus status,
    @Nullable String reason,
    @Nullable Instant generatedAt,
    List<ReplayWindow> windows) {

  /** The artifact that the built-in worker makes of every session with markers. */
  public static final String ANALYSIS_JSON = "analysis_json";

  private static final Pattern TYPE = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");
  private static final int MAX_KEY = 1_024; // S3's own limit
  private static final int MAX_TRIGGER = 64;
  private static final int MAX_REASON = 500;
  private static final int MAX_WINDOWS = 1_000;

  public ReplayResult {
    if (!TYPE.matcher(artifactType).matches()) {
      throw new InvalidRequest("artifactType must be a word such as analysis_json");
    }
    if (artifactKey.length() > MAX_KEY || CONTROLS.matcher(artifactKey).find()) {
      throw new InvalidRequest("artifactKey must be an object key");
    }
    if (status == ArtifactStatus.READY && artifactKey.isBlank()) {
      throw new InvalidRequest("artifactKey is required");
    }
    if (triggerKind.length() > MAX_TRIGGER || CONTROLS.matcher(triggerKind).find()) {
      throw new InvalidRequest("triggerKind must have at most " + MAX_TRIGGER + " characters");
    }
    if (!StorableTime.holds(generatedAt)) {
      throw new InvalidRequest("generatedAt must lie in the years 1 to 9999");
    }
    if (windows.size() > MAX_WINDOWS) {
      throw new InvalidRequest("windows must have at most " + MAX_WINDOWS + " items");
    }
    if (reason != null) {
      String clean = CONTROLS.matcher(reason).replaceAll(" ");
      reason = clean.length() <= MAX_REASON ? clean : clean.substring(0, MAX_REASON);
    }
    windows = List.copyOf(windows);
  }
}
