package dev.retrospec.projects;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.retrospec.ids.ApiKeyId;
import dev.retrospec.ids.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A project key without its secret, which nobody can show again.
 *
 * @param status {@code active} or {@code revoked}
 * @param lastUsedAt to the minute; null before its first use
 */
public record ApiKey(
    ApiKeyId id,
    ProjectId projectId,
    String label,
    KeyScope scope,
    String status,
    Instant createdAt,
    @Nullable Instant lastUsedAt) {

  static final String ACTIVE = "active";
  static final String REVOKED = "revoked";

  /** Whether it opens anything. */
  @JsonIgnore
  public boolean isActive() {
    return status.equals(ACTIVE);
  }
}
