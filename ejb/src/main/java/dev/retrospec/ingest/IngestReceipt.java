package dev.retrospec.ingest;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.SessionId;
import java.util.Set;

/**
 * A stored report.
 *
 * @param sessionId the client's, else that of its upload, else minted
 * @param markers those that this report told, known before or not; unmodifiable
 */
public record IngestReceipt(SessionId sessionId, Set<MarkerId> markers) {

  public IngestReceipt {
    markers = Set.copyOf(markers);
  }
}
