package dev.retrospec.replays;

import dev.retrospec.platform.json.Json;

/** What a replay job is told beside its session. */
public record ReplayJobPayload(String triggerKind) {

  String write() {
    return Json.write(this);
  }

  public static ReplayJobPayload read(String json) {
    return Json.read(json, ReplayJobPayload.class);
  }
}
