package dev.retrospec.recordings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** When the events of a chunk happened, and thereby which there are. */
@ApplicationScoped
public class EventTimes {

  private static final int FIRST_ROOM = 256;

  private final RecordingTimeline timeline;
  private final ChunkCodec codec;

  @Inject
  public EventTimes(RecordingTimeline timeline, ChunkCodec codec) {
    this.timeline = timeline;
    this.codec = codec;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected EventTimes() {
    this(null, null);
  }

  /**
   * Epoch milliseconds by the browser's clock, in the order of the chunk's array.
   *
   * @return empty when there is no such chunk
   * @throws dev.retrospec.artifacts.ArtifactStoreUnavailable when it is in the store and that is
   *     away
   * @throws UnreadableRecording when it does not open
   */
  public Optional<long[]> of(ProjectId project, SessionId recordedAs, int seq) {
    return timeline.zstd(project, recordedAs, new ChunkNumber(seq)).map(this::read);
  }

  private long[] read(byte[] zstd) {
    try (InputStream json = codec.json(zstd);
        JsonParser parser = EventStream.jsonFactory().createParser(json)) {
      long[] times = new long[FIRST_ROOM];
      int count = 0;
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        if (count == times.length) {
          times = Arrays.copyOf(times, count * 2);
        }
        times[count++] = timestamp(parser);
      }
      return Arrays.copyOf(times, count);
    } catch (IOException e) {
      throw new UnreadableRecording("the stored events cannot be read", e);
    }
  }

  private static long timestamp(JsonParser parser) throws IOException {
    long timestamp = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = "timestamp".equals(parser.currentName());
      JsonToken value = parser.nextToken();
      if (wanted && value.isNumeric()) {
        timestamp = (long) parser.getDoubleValue();
      } else {
        parser.skipChildren();
      }
    }
    return timestamp;
  }
}
