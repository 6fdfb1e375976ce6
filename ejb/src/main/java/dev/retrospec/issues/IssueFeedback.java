package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps what people say about an issue: "false alarm", "wrong group", "this is the cause". */
@ApplicationScoped
public class IssueFeedback {

  private static final Pattern KIND = Pattern.compile("[a-z0-9_-]{1,40}");
  private static final int MAX_NOTE_LENGTH = 2_000;
  private static final int MAX_AUTHOR_LENGTH = 200;
  private static final int MAX_METADATA_LENGTH = 8_000;
  private static final int LATEST = 200;

  private final FeedbackEntries entries;
  private final ClusterDecisions decisions;
  private final Clock clock;

  @Inject
  public IssueFeedback(FeedbackEntries entries, ClusterDecisions decisions, Clock clock) {
    this.entries = entries;
    this.decisions = decisions;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueFeedback() {
    this(null, null, null);
  }

  /**
   * What somebody says.
   *
   * @param kind a word of the client's own, such as {@code false_positive}
   */
  public record Said(
      String kind,
      @Nullable SessionId sessionId,
      @Nullable String note,
      @Nullable String createdBy,
      Map<String, Object> metadata) {

    public Said {
      if (!KIND.matcher(kind).matches()) {
        throw new InvalidRequest("kind must be 1 to 40 characters of a-z 0-9 _ -");
      }
      checkLength("note", note, MAX_NOTE_LENGTH);
      checkLength("createdBy", createdBy, MAX_AUTHOR_LENGTH);
    }

    private static void checkLength(String field, @Nullable String value, int max) {
      if (value != null && value.length() > max) {
        throw new InvalidRequest(field + " must be at most " + max + " characters");
      }
    }
  }

  /**
   * Adds it to the issue.
   *
   * @throws NotFound when the project has no such cluster
   * @throws InvalidRequest when the metadata is longer than 8,000 characters of JSON
   */
  @Transactional
  public FeedbackEntry add(ProjectId project, ClusterKey key, Said said) {
    String metadata = Json.write(said.metadata());
    if (metadata.length() > MAX_METADATA_LENGTH) {
      throw new InvalidRequest(
          "metadata must be at most " + MAX_METADATA_LENGTH + " characters of JSON");
    }
    ClusterKey current = existing(project, key);
    return entries.add(project, current, said, metadata, clock.instant());
  }

  /**
   * The latest 200 words on the issue, newest first.
   *
   * @throws NotFound when the project has no such cluster
   */
  public List<FeedbackEntry> of(ProjectId project, ClusterKey key) {
    return entries.latest(project, existing(project, key), LATEST);
  }

  private ClusterKey existing(ProjectId project, ClusterKey key) {
    ClusterKey current = decisions.current(project, key);
    if (!decisions.exists(project, current)) {
      throw new NotFound("Issue");
    }
    return current;
  }
}
