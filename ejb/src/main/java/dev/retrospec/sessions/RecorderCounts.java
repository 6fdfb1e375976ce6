package dev.retrospec.sessions;

import java.util.Map;

/**
 * What a recorder counts beside its events. Not negative, but in the growth of a session, where one
 * piece replaces a larger one.
 *
 * @param dropped events that are lost, by the recorder's reason; under {@link #UNLISTED} those that
 *     came and are in the replay, but not in the list beside it
 * @param throttled markers beyond the recorder's budget
 * @param reduced what was left out on purpose to spare the page, by reason
 * @param masked of {@code maskable} texts and fields, those whose content was replaced in the
 *     browser
 * @param assetsMissing images and fonts that a replay lacks
 * @param clockJumps how often the browser's clock was set
 */
public record RecorderCounts(
    Map<String, Long> dropped,
    long throttled,
    Map<String, Long> reduced,
    long masked,
    long maskable,
    long assetsMissing,
    long clockJumps) {

  /** Among the reasons: more than the list of one chunk holds. */
  public static final String UNLISTED = "timeline";

  public static final RecorderCounts NONE = unlisted(0);

  public RecorderCounts {
    dropped = Map.copyOf(dropped);
    reduced = Map.copyOf(reduced);
  }

  /** Of a piece in which nothing else is missing. */
  public static RecorderCounts unlisted(long events) {
    return new RecorderCounts(
        events == 0 ? Map.of() : Map.of(UNLISTED, events), 0, Map.of(), 0, 0, 0, 0);
  }
}
