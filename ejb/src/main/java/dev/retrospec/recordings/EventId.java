package dev.retrospec.recordings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One event of a session: the number of its chunk, which names the window too, and its place in the
 * chunk's array. Written {@code 65537/12}. Chunks never change, so an id never means another event.
 *
 * @param seq the chunk's number, 0 or more
 * @param index 0 for the chunk's first event
 */
public record EventId(int seq, int index) implements Comparable<EventId> {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})/(\\d{1,9})");

  public EventId {
    if (seq < 0 || index < 0) {
      throw new InvalidRequest("an event id has a chunk's number and an index, 0 or more");
    }
  }

  /**
   * @return empty when it is no event's id
   */
  public static Optional<EventId> parse(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(
            new EventId(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))))
        : Optional.empty();
  }

  @JsonCreator
  static EventId of(String text) {
    return parse(text).orElseThrow(() -> new InvalidRequest("an event id looks like 65537/12"));
  }

  @Override
  public int compareTo(EventId other) {
    return seq != other.seq ? Integer.compare(seq, other.seq) : Integer.compare(index, other.index);
  }

  @JsonValue
  @Override
  public String toString() {
    return seq + "/" + index;
  }
}
