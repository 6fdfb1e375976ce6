package dev.retrospec.replays.rendering;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.platform.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a render job is told beside its session.
 *
 * @param markerId null for the whole session
 * @param secondLook whether it was put off once already, because the session was still recording
 */
public record RenderJobPayload(@Nullable String markerId, String triggerKind, boolean secondLook) {

  private static final RenderJobPayload UNKNOWN = new RenderJobPayload(null, "unknown", true);

  String write() {
    return Json.write(this);
  }

  /** What cannot be read counts as the whole session: that is what the job's subject says. */
  public static RenderJobPayload read(String json) {
    try {
      RenderJobPayload payload = Json.read(json, RenderJobPayload.class);
      return payload.triggerKind() == null ? UNKNOWN : payload;
    } catch (IllegalArgumentException e) {
      return UNKNOWN;
    }
  }

  public RenderTarget target() {
    return new RenderTarget(markerId == null ? null : new MarkerId(markerId));
  }
}
