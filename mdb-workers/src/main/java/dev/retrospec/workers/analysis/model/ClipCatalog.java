package dev.retrospec.workers.analysis.model;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.sessions.SessionView;
import java.util.Optional;

/** The clips that a visual model can be shown. */
public interface ClipCatalog {

  /** There are none. */
  ClipCatalog NONE = (session, marker) -> Optional.empty();

  /**
   * A clip that can be fetched for some minutes.
   *
   * @param url with a token that opens this clip only
   * @param posterUrl of the picture of the moment that matters, for models that see no videos
   * @param startMs where it begins in the session
   */
  record Clip(String url, String mediaType, String posterUrl, long startMs, long endMs) {}

  /** Empty when there is none (yet); it may be asked for then, so that there is one later. */
  Optional<Clip> of(SessionView session, MarkerId marker);
}
