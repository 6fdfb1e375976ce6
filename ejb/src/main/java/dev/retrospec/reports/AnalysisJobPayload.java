package dev.retrospec.reports;

import dev.retrospec.platform.json.Json;

/**
 * What an analysis job is told beside its session.
 *
 * @param secondLook whether the session was looked at before, while it was still being recorded
 */
public record AnalysisJobPayload(boolean secondLook) {

  String write() {
    return Json.write(this);
  }

  /** What cannot be read counts as a first look: the job is about its session in any case. */
  public static AnalysisJobPayload read(String json) {
    try {
      return Json.read(json, AnalysisJobPayload.class);
    } catch (IllegalArgumentException e) {
      return new AnalysisJobPayload(false);
    }
  }
}
