package dev.retrospec.replays;

import dev.retrospec.platform.json.Json;

/**
 * What a replay job is told beside its session.
 *
 * @param secondLook whether the session was looked at before, while it was still being recorded
 */
public record ReplayJobPayload(String triggerKind, boolean secondLook) {

  private static final ReplayJobPayload UNKNOWN = new ReplayJobPayload("unknown", false);

  String write() {
    return Json.write(this);
  }

  /** What cannot be read counts as unknown: the job is about its session, whatever else it says. */
  public static ReplayJobPayload read(String json) {
    try {
      ReplayJobPayload payload = Json.read(json, ReplayJobPayload.class);
      return payload.triggerKind() == null ? UNKNOWN : payload;
    } catch (IllegalArgumentException e) {
      return UNKNOWN;
    }
  }
}
