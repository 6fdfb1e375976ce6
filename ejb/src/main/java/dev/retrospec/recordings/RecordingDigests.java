package dev.retrospec.recordings;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.recordings.IndexedEvent.Kind;
import dev.retrospec.recordings.RecordingManifest.IdlePeriod;
import dev.retrospec.recordings.RecordingManifest.PageVisit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** What whole recordings come down to. */
public final class RecordingDigests {

  /** More page changes in one visit are a loop. */
  static final int MAX_PAGES = 500;

  /** Of an address; what is longer is mostly its query. */
  static final int MAX_ADDRESS = 500;

  private static final String PAGES =
      """
      select at, left(text, :maxAddress) as url from session_event
      where project_id = :project and session_id = :session and kind = :kind
      order by at, chunk_seq, ordinal
      limit :maxPages
      """;

  private final Jdbi jdbi;

  public RecordingDigests(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * @param pages without a page that follows itself, the first {@value #MAX_PAGES}
   * @param idlePeriods as in {@link RecordingManifest}
   */
  public record Digest(List<PageVisit> pages, List<IdlePeriod> idlePeriods) {}

  /**
   * A recording's digest.
   *
   * @param startedAt of its session
   */
  public Digest of(ProjectId project, SessionId session, Instant startedAt) {
    List<StoredChunks.Row> chunks = StoredChunks.rows(jdbi, project, session);
    return new Digest(
        pages(project, session), new RecordingCoverage(chunks, Set.of(), startedAt).idlePeriods());
  }

  /** The pages that a visitor saw, in order: reloading one is no new page. */
  List<PageVisit> pages(ProjectId project, SessionId session) {
    List<PageVisit> visits =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(PAGES)
                    .bind("project", project)
                    .bind("session", session)
                    .bind("kind", Kind.NAVIGATION.word())
                    .bind("maxPages", MAX_PAGES)
                    .bind("maxAddress", MAX_ADDRESS)
                    .map(
                        (row, context) ->
                            new PageVisit(row.getTimestamp("at").toInstant(), row.getString("url")))
                    .list());
    List<PageVisit> pages = new ArrayList<>();
    for (PageVisit visit : visits) {
      boolean samePage = !pages.isEmpty() && pages.get(pages.size() - 1).url().equals(visit.url());
      if (!samePage && !visit.url().isEmpty()) {
        pages.add(visit);
      }
    }
    return pages;
  }
}
