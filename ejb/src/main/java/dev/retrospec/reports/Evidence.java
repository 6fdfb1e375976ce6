package dev.retrospec.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.recordings.EventId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sentence, the moment of the replay that shows it, and the events that it stands on.
 *
 * @param atMs milliseconds since the session's start, 0 or more
 * @param eventIds {@code 65537/12}: the chunk's number and the event's place in it (see {@link
 *     EventId}); or {@code marker/mrk_1}, for a failure that was reported without a recording
 * @param says the text of the card that this sentence belongs to; null when it is none of its own
 * @param provider who said it; null for the client that gave no name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evidence(
    long atMs,
    String text,
    List<String> eventIds,
    @Nullable CardText says,
    @Nullable String provider) {

  private static final String MARKER = "marker/";

  /** More than a person would look at. */
  private static final int MAX_EVENTS = 20;

  private static final int MAX_ID = 200;

  public Evidence(
      long atMs,
      String text,
      @Nullable List<String> eventIds,
      @Nullable CardText says,
      @Nullable String provider) {
    if (atMs < 0) {
      throw new InvalidRequest("atMs must be 0 or more");
    }
    if (text.length() > AnalysisReport.MAX_TEXT) {
      throw new InvalidRequest(
          "a sentence must have at most " + AnalysisReport.MAX_TEXT + " characters");
    }
    List<String> ids = eventIds == null ? List.of() : List.copyOf(eventIds);
    if (ids.size() > MAX_EVENTS || ids.stream().anyMatch(id -> id.length() > MAX_ID)) {
      throw new InvalidRequest(
          "eventIds must be at most " + MAX_EVENTS + " of " + MAX_ID + " characters");
    }
    this.atMs = atMs;
    this.text = text.replace('\0', ' '); // because PostgreSQL takes no NUL
    this.eventIds = ids;
    this.says = says;
    this.provider = provider;
  }

  /** A sentence without a word on which events it stands on. */
  public Evidence(long atMs, String text) {
    this(atMs, text, List.of(), null, null);
  }

  /** How a marker is named where no event is. */
  public static String idOf(MarkerId marker) {
    return MARKER + marker.value();
  }

  /** The marker that an id names, as text; null when it names none. */
  static @Nullable String markerOf(String id) {
    return id.startsWith(MARKER) ? id.substring(MARKER.length()) : null;
  }

  Evidence standingOn(List<String> ids, long at) {
    return new Evidence(at, text, ids, says, provider);
  }
}
