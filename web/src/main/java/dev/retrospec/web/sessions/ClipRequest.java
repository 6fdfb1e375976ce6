package dev.retrospec.web.sessions;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.replays.rendering.RenderTarget;
import org.jspecify.annotations.Nullable;

/** How a request names what is made of one marker: by the marker's own id beside the type. */
final class ClipRequest {

  private ClipRequest() {}

  /**
   * The artifact's type.
   *
   * @param named as the path names it
   * @throws InvalidRequest when a marker is named for a type that markers do not have
   */
  static String typeOf(String named, @Nullable MarkerId marker) {
    if (marker == null) {
      return named;
    }
    return switch (named) {
      case RenderTarget.MARKER_CLIP -> RenderTarget.clipOf(marker).video();
      case RenderTarget.MARKER_POSTER -> RenderTarget.clipOf(marker).poster();
      default -> throw new InvalidRequest("marker belongs to marker_clip and marker_poster");
    };
  }

  /**
   * What a wish for this type is a wish for.
   *
   * @throws InvalidRequest when it is none that is made on demand
   */
  static RenderTarget targetOf(String named, @Nullable MarkerId marker) {
    if (named.equals(RenderTarget.REPLAY_VIDEO) && marker == null) {
      return RenderTarget.wholeSession();
    }
    if (named.equals(RenderTarget.MARKER_CLIP) && marker != null) {
      return RenderTarget.clipOf(marker);
    }
    throw new InvalidRequest("made on demand are replay_video, and marker_clip with its marker");
  }
}
