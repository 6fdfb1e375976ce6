package dev.retrospec.projects;

import dev.retrospec.platform.failure.InvalidRequest;
import java.util.List;

/**
 * What a project's recorders do.
 *
 * @param version grows with each change
 * @param enabled false is the kill switch: recorders stop, and chunks are answered with 410
 * @param sampleRate share of the sessions that are recorded, 0 to 1
 * @param privateSelectors CSS selectors, masked with all inside
 * @param excludedPages paths that are never recorded; {@code *} stands for anything
 */
public record RecorderRules(
    int version,
    boolean enabled,
    double sampleRate,
    RecordingPolicy policy,
    PrivacyLevel privacyLevel,
    List<String> privateSelectors,
    List<String> excludedPages) {

  /** More is a mistake, and every page load would pay for it. */
  static final int MAX_ITEMS = 200;

  static final int MAX_ITEM_LENGTH = 500;

  /**
   * @throws InvalidRequest when a rule is out of range
   */
  public RecorderRules {
    if (!(sampleRate >= 0 && sampleRate <= 1)) {
      throw new InvalidRequest("sampleRate must be 0 to 1");
    }
    privateSelectors = checked("privateSelectors", privateSelectors);
    excludedPages = checked("excludedPages", excludedPages);
  }

  private static List<String> checked(String field, List<String> items) {
    if (items.size() > MAX_ITEMS) {
      throw new InvalidRequest(field + " must have at most " + MAX_ITEMS + " items");
    }
    for (String item : items) {
      if (item.isBlank() || item.length() > MAX_ITEM_LENGTH) {
        throw new InvalidRequest(
            "an item of " + field + " must be 1 to " + MAX_ITEM_LENGTH + " characters");
      }
    }
    return List.copyOf(items);
  }
}
