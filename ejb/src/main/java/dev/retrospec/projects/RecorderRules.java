package dev.retrospec.projects;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.retrospec.platform.failure.InvalidRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a project's recorders do.
 *
 * @param version grows with each change
 * @param enabled false is the kill switch: recorders stop, and chunks are answered with 410
 * @param sampleRate share of the sessions that are recorded, 0 to 1
 * @param privateSelectors CSS selectors, masked with all inside
 * @param blockedSelectors CSS selectors of which only an empty box is recorded
 * @param excludedPages paths that are never recorded; {@code *} stands for anything
 * @param minDurationMs a visit that is over sooner is not sent; to an hour
 * @param bufferAfterMs how long policy {@code buffer} goes on after the last failure; to an hour
 * @param triggers what has to happen before anything is sent; null for nothing
 * @param slowRequestMs a request that takes longer is a failure; 100 to an hour
 * @param canvas whether canvases are recorded, as images
 * @param respectDoNotTrack whether a browser that sends {@code DNT: 1} is left alone
 * @param respectGlobalPrivacyControl whether a browser that sends {@code Sec-GPC: 1} is left alone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecorderRules(
    int version,
    boolean enabled,
    double sampleRate,
    RecordingPolicy policy,
    PrivacyLevel privacyLevel,
    List<String> privateSelectors,
    List<String> blockedSelectors,
    List<String> excludedPages,
    long minDurationMs,
    long bufferAfterMs,
    @Nullable Triggers triggers,
    Rage rage,
    long slowRequestMs,
    Network network,
    boolean canvas,
    boolean respectDoNotTrack,
    boolean respectGlobalPrivacyControl) {

  /** More is a mistake, and every page load would pay for it. */
  static final int MAX_ITEMS = 200;

  static final int MAX_ITEM_LENGTH = 500;

  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  /** What a project begins with. */
  public static final RecorderRules DEFAULT =
      new RecorderRules(
          1,
          true,
          1,
          RecordingPolicy.CONTINUOUS,
          PrivacyLevel.BALANCED,
          List.of(),
          List.of(),
          List.of(),
          0,
          60_000,
          null,
          new Rage(3, 30, 1_000),
          10_000,
          new Network(List.of()),
          false,
          false,
          true);

  /**
   * So many clicks on nearly one spot are rage.
   *
   * @param clicks 2 to 20
   * @param radiusPx 1 to 1,000
   * @param windowMs within which they fall; 100 to 60,000
   */
  public record Rage(int clicks, int radiusPx, long windowMs) {

    public Rage {
      requireWithin("rage.clicks", clicks, 2, 20);
      requireWithin("rage.radiusPx", radiusPx, 1, 1_000);
      requireWithin("rage.windowMs", windowMs, 100, 60_000);
    }
  }

  /**
   * @param detailUrls addresses of requests whose headers and bodies are recorded; {@code *} stands
   *     for anything
   */
  public record Network(List<String> detailUrls) {

    public Network {
      detailUrls = checked("network.detailUrls", detailUrls);
    }
  }

  /**
   * @throws InvalidRequest when a rule is out of range
   */
  public RecorderRules {
    if (!(sampleRate >= 0 && sampleRate <= 1)) {
      throw new InvalidRequest("sampleRate must be 0 to 1");
    }
    privateSelectors = checked("privateSelectors", privateSelectors);
    blockedSelectors = checked("blockedSelectors", blockedSelectors);
    excludedPages = checked("excludedPages", excludedPages);
    requireWithin("minDurationMs", minDurationMs, 0, HOUR_MS);
    requireWithin("bufferAfterMs", bufferAfterMs, 0, HOUR_MS);
    requireWithin("slowRequestMs", slowRequestMs, 100, HOUR_MS);
  }

  private static void requireWithin(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw new InvalidRequest(field + " must be " + least + " to " + most);
    }
  }

  private static List<String> checked(String field, List<String> items) {
    if (items.size() > MAX_ITEMS) {
      throw new InvalidRequest(field + " must have at most " + MAX_ITEMS + " items");
    }
    for (String item : items) {
      if (item == null || item.isBlank() || item.length() > MAX_ITEM_LENGTH || hasControl(item)) {
        throw new InvalidRequest(
            "an item of " + field + " must be 1 to " + MAX_ITEM_LENGTH + " characters of text");
      }
    }
    return List.copyOf(items);
  }

  static boolean hasControl(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
