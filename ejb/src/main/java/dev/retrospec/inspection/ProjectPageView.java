package dev.retrospec.inspection;

import dev.retrospec.ids.ApiKeyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A project with its keys, oldest first, and the rules that its recorders follow. */
public record ProjectPageView(ProjectLine project, List<KeyLine> keys, Rules rules) {

  public ProjectPageView {
    keys = List.copyOf(keys);
  }

  /**
   * A key without its secret.
   *
   * @param scope as in the API
   * @param lastUsedAt null before its first use
   * @param revokedAt null while it works
   */
  public record KeyLine(
      ApiKeyId id,
      String label,
      String scope,
      Instant createdAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {}

  /**
   * What is recorded.
   *
   * @param sampleRate 0 to 1
   * @param policy as in the API
   */
  public record Rules(
      boolean enabled,
      double sampleRate,
      String policy,
      String privacyLevel,
      List<String> privateSelectors,
      List<String> excludedPages) {

    public Rules {
      privateSelectors = List.copyOf(privateSelectors);
      excludedPages = List.copyOf(excludedPages);
    }
  }
}
