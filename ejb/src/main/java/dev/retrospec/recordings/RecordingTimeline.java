package dev.retrospec.recordings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.IndexedEvent.Kind;
import dev.retrospec.recordings.RecordingDigests.Digest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * A recording as it is read: what there is of it, its chunks, its events. Where a chunk is stored
 * and that it is encrypted stays in here.
 *
 * <p>Whatever reads chunks throws {@link dev.retrospec.artifacts.ArtifactStoreUnavailable} when
 * they are in the object store and it is away, and {@link UnreadableRecording} when they do not
 * open. A recording that does not exist, belongs to another project or was erased is empty.
 */
@ApplicationScoped
public class RecordingTimeline {

  /** Entries of one answer; a reader of more than that needs a filter. */
  public static final int MAX_EVENTS = 20_000;

  /** Chunks of one answer: five minutes of a busy page. */
  static final int MAX_CHUNKS = 100;

  private static final JsonFactory FACTORY = EventStream.jsonFactory().copy();
  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private final Jdbi jdbi;
  private final StoredChunks stored;
  private final RecordingDigests digests;
  private final SessionCiphers ciphers;
  private final ChunkCodec codec;

  @Inject
  public RecordingTimeline(Jdbi jdbi, ArtifactStore store, SessionKeys keys, ChunkCodec codec) {
    this.jdbi = jdbi;
    this.stored = new StoredChunks(jdbi, store);
    this.digests = new RecordingDigests(jdbi);
    this.ciphers = new SessionCiphers(jdbi, keys);
    this.codec = codec;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RecordingTimeline() {
    this(null, null, null, null);
  }

  /** The chunks that have events, in the order in which these happened. */
  public List<ChunkView> chunks(ProjectId project, SessionId session) {
    return views(stored.rows(project, session));
  }

  /**
   * The whole picture without the events.
   *
   * @param startedAt when the session began, to tell what is missing before the first chunk
   */
  public RecordingManifest manifest(
      ProjectId project, SessionId session, @Nullable Instant startedAt) {
    return manifest(project, session, startedAt, null);
  }

  /**
   * The same.
   *
   * @param known what was computed before; null when nothing was
   */
  public RecordingManifest manifest(
      ProjectId project, SessionId session, @Nullable Instant startedAt, @Nullable Digest known) {
    List<StoredChunks.Row> rows = stored.rows(project, session);
    Set<Integer> omitted = stored.omitted(project, session);
    RecordingCoverage coverage = new RecordingCoverage(rows, omitted, startedAt);
    return new RecordingManifest(
        views(rows),
        coverage.gaps(),
        known == null ? digests.pages(project, session) : known.pages(),
        known == null ? coverage.idlePeriods() : known.idlePeriods(),
        coverage.chunksExpected(),
        rows.size() + omitted.size());
  }

  /** A chunk's events: a JSON array of rrweb events as one zstd frame. */
  public Optional<byte[]> zstd(ProjectId project, SessionId session, ChunkNumber number) {
    List<Integer> seqs = List.of(number.value());
    return ciphers
        .find(project, session)
        .map(cipher -> new ChunkBatches(stored, project, session, cipher))
        .flatMap(batches -> batches.read(seqs).stream().findFirst());
  }

  /**
   * The chunks with events among these numbers, both ends included, as {@link #zstd} gives them: as
   * many from the first one on as one answer should have, so that a reader asks again for the rest.
   */
  public Map<Integer, byte[]> zstd(
      ProjectId project, SessionId session, ChunkNumber from, ChunkNumber to) {
    List<Integer> seqs = stored.numbers(project, session, from, to, MAX_CHUNKS);
    return ciphers
        .find(project, session)
        .map(cipher -> new ChunkBatches(stored, project, session, cipher).byNumber(seqs))
        .orElseGet(Map::of);
  }

  /**
   * All events of a session as one JSON array, read chunk by chunk while it is consumed. Close it.
   * That the store is away shows when this is called, not in the middle, unless it goes away in
   * between.
   */
  public InputStream joined(ProjectId project, SessionId session) {
    return codec.joined(batches(project, session, stored.rows(project, session)));
  }

  /**
   * What can be listed beside the replay, in the order in which it happened; at most {@value
   * #MAX_EVENTS} entries.
   *
   * @param kinds empty for all
   */
  public List<TimelineEvent> events(ProjectId project, SessionId session, Set<Kind> kinds) {
    Set<Kind> wanted = kinds.isEmpty() ? Set.of(Kind.values()) : kinds;
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select at, kind, level, text, data::text as data from session_event
                    where project_id = :project and session_id = :session and kind = any(:kinds)
                    order by at, chunk_seq, ordinal
                    limit :limit
                    """)
                .bind("project", project)
                .bind("session", session)
                .bindArray("kinds", String.class, wanted.stream().map(Kind::word).toList())
                .bind("limit", MAX_EVENTS)
                .map(
                    (row, context) ->
                        new TimelineEvent(
                            row.getTimestamp("at").toInstant(),
                            row.getString("kind"),
                            row.getString("level"),
                            row.getString("text"),
                            json(row.getString("data"))))
                .list());
  }

  private ChunkBatches.Chunks batches(
      ProjectId project, SessionId session, List<StoredChunks.Row> rows) {
    return ciphers
        .find(project, session)
        .map(cipher -> new ChunkBatches(stored, project, session, cipher))
        .map(batches -> batches.each(rows))
        .orElseGet(ChunkBatches::none);
  }

  private static List<ChunkView> views(List<StoredChunks.Row> rows) {
    return rows.stream()
        .filter(row -> row.firstEventAt() != null && row.lastEventAt() != null)
        .map(
            row ->
                new ChunkView(
                    row.seq(),
                    row.windowId(),
                    Objects.requireNonNull(row.firstEventAt()),
                    Objects.requireNonNull(row.lastEventAt()),
                    row.eventCount(),
                    row.storedBytes(),
                    row.hasFullSnapshot(),
                    row.reason()))
        .toList();
  }

  private static @Nullable JsonNode json(@Nullable String text) {
    try {
      return text == null ? null : MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("PostgreSQL gave no JSON for a jsonb", e);
    }
  }
}
