package dev.retrospec.replays.rendering;

import dev.retrospec.ids.MarkerId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What is shown: a whole session, or the moments around one of its markers. Gives the artifacts
 * their names: a session has one of each, a marker's carry the first half of its id's SHA-256,
 * because an id may hold what an artifact's name may not.
 *
 * @param marker null for the whole session
 */
public record RenderTarget(@Nullable MarkerId marker) {

  public static final String REPLAY_VIDEO = "replay_video";
  public static final String MARKER_CLIP = "marker_clip";
  public static final String POSTER = "poster";
  public static final String MARKER_POSTER = "marker_poster";

  /** Videos have a second form that some players and chats want: H.264. */
  private static final String MP4 = "_mp4";

  private static final int HASH_BYTES = 8;

  public static RenderTarget wholeSession() {
    return new RenderTarget(null);
  }

  public static RenderTarget clipOf(MarkerId marker) {
    return new RenderTarget(marker);
  }

  public boolean isClip() {
    return marker != null;
  }

  /** The artifact type of the WebM video. */
  public String video() {
    return marker == null ? REPLAY_VIDEO : MARKER_CLIP + "." + hash(marker);
  }

  /** The artifact type of the same video as MP4. */
  public String mp4() {
    return mp4Of(video());
  }

  /** The artifact type of the picture of the moment that matters. */
  public String poster() {
    return marker == null ? POSTER : MARKER_POSTER + "." + hash(marker);
  }

  /** Whether an artifact of this type may have an MP4 beside it. */
  public static boolean isVideo(String artifactType) {
    return artifactType.equals(REPLAY_VIDEO) || artifactType.startsWith(MARKER_CLIP + ".");
  }

  /** The type of the MP4 beside a video. */
  public static String mp4Of(String artifactType) {
    int dot = artifactType.indexOf('.');
    return dot < 0
        ? artifactType + MP4
        : artifactType.substring(0, dot) + MP4 + artifactType.substring(dot);
  }

  private static String hash(MarkerId marker) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(marker.value().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
