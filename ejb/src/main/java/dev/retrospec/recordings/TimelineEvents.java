package dev.retrospec.recordings;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Stores what of a recording can be listed and searched. Takes part in the transaction. */
@ApplicationScoped
public class TimelineEvents {

  private static final String ADD =
      """
      insert into session_event
        (project_id, session_id, chunk_seq, ordinal, at, kind, level, text, data)
      select :project, :session, :seq, e.ordinal, e.at, e.kind, e.level, e.text, e.data::jsonb
      from jsonb_to_recordset(cast(:events as jsonb))
        as e (ordinal integer, at timestamptz, kind text, level text, text text, data text)
      """;

  private final Jdbi jdbi;

  @Inject
  public TimelineEvents(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected TimelineEvents() {
    this.jdbi = null;
  }

  /** A row of {@link #ADD}; the names are those of the columns. */
  private record Row(
      int ordinal,
      Instant at,
      String kind,
      @Nullable String level,
      String text,
      @Nullable String data) {}

  /** Adds the entries of a new chunk of a stored session. */
  public void add(
      ProjectId project, SessionId session, ChunkNumber number, List<IndexedEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADD)
                .bind("project", project)
                .bind("session", session)
                .bind("seq", number)
                .bind("events", Json.write(rows(events)))
                .execute());
  }

  private static List<Row> rows(List<IndexedEvent> events) {
    List<Row> rows = new ArrayList<>(events.size());
    for (IndexedEvent event : events) {
      rows.add(
          new Row(
              rows.size(),
              event.at(),
              event.kind().word(),
              event.level(),
              event.text(),
              event.data()));
    }
    return rows;
  }
}
