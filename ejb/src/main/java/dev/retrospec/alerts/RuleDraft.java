package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.RuleSettings;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.List;

/** A rule as somebody wants it. */
public record RuleDraft(
    String name, boolean enabled, RuleSettings settings, List<ChannelDraft> channels) {

  private static final int MAX_NAME = 200;

  /** More recipients are a mailing list's business. */
  private static final int MAX_CHANNELS = 10;

  /**
   * @throws InvalidRequest when it has no name, no channel or too many
   */
  public RuleDraft {
    name = name == null ? "" : name.strip();
    if (name.isEmpty()
        || name.length() > MAX_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidRequest("name must be one line of 1 to 200 characters");
    }
    if (channels == null || channels.isEmpty() || channels.size() > MAX_CHANNELS) {
      throw new InvalidRequest("channels must be 1 to 10 channels");
    }
    channels = List.copyOf(channels);
  }
}
