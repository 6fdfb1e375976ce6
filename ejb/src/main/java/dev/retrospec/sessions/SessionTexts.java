package dev.retrospec.sessions;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.persistence.LikePattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Finds sessions by what was said in them, newest first. A frequent word is found soonest by
 * walking the newest documents, a rare one by the index of texts; which it is shows after a few
 * thousand documents. What is not indexed yet is read as it was recorded.
 */
final class SessionTexts {

  /** About what the index of texts costs for a word that is too rare to be found by walking. */
  static final int WALK = 20_000;

  /**
   * More than record at one time, mostly; all of them are read event by event. After an upgrade all
   * older sessions may wait for their document.
   */
  private static final int UNREAD = 2_000;

  /**
   * The newest documents. {@code offset 0} keeps the conditions on the session from being turned
   * into a scan of all sessions: PostgreSQL cannot know how few documents match.
   */
  private static final String NEWEST =
      """
      select s.* from (
        select project_id, session_id, started_at, text from session_index
        where project_id = :project%s
        order by started_at desc, session_id desc limit :walk) i
      cross join lateral (
        select %s from session s
        where s.project_id = i.project_id and s.id = i.session_id and not s.index_due%s
        offset 0) s
      where %s
      order by i.started_at desc, i.session_id desc limit :rows
      """;

  /** Where the walk ended. */
  private static final String END_OF_WALK =
      """
      select started_at, session_id from session_index
      where project_id = :project%s
      order by started_at desc, session_id desc offset :walk limit 1
      """;

  /** All older ones, by the index of texts: first which, then in what order. */
  private static final String OLDER =
      """
      with hits as materialized (
        select project_id, session_id, started_at from session_index i
        where project_id = :project and %s
          and (started_at, session_id) <= (:endAt, :endId)%s)
      select s.* from (
        select * from hits order by started_at desc, session_id desc) i
      cross join lateral (
        select %s from session s
        where s.project_id = i.project_id and s.id = i.session_id and not s.index_due%s
        offset 0) s
      order by i.started_at desc, i.session_id desc limit :rows
      """;

  /** The newest of what is not indexed yet. */
  private static final String NOT_INDEXED =
      """
      select %s from (
        select * from session s
        where project_id = :project and index_due%s
        order by started_at desc, id desc limit :unread) s
      where %s
      """
          + SessionConditions.ORDER;

  /**
   * One term in the events and markers themselves. {@code offset 0} keeps PostgreSQL from reading
   * those of all sessions into a hash table.
   */
  private static final String SAID =
      """
      (exists (select from session_event e where e.project_id = s.project_id
         and e.session_id = s.id and lower(e.text) like (select lower(:term%1$d)) offset 0)
       or exists (select from error_marker m where m.project_id = s.project_id
         and m.session_id = s.id
         and (lower(m.label) like (select lower(:term%1$d))
           or lower(m.evidence) like (select lower(:term%1$d))) offset 0))
      """;

  private static final Comparator<SessionRow> NEWEST_FIRST =
      Comparator.comparing(SessionRow::startedAt).thenComparing(row -> row.id().value()).reversed();

  private final Handle handle;
  private final RowMapper<SessionRow> mapper;
  private final ProjectId project;
  private final SessionFilter filter;
  private final SearchTerms terms;
  private final SessionConditions conditions;
  private final int walk;
  private final int unread;

  /**
   * @param walk documents at most
   * @param isAnyLetterIndexed whether the index of texts knows more letters than those of ASCII
   */
  SessionTexts(
      Handle handle,
      RowMapper<SessionRow> mapper,
      ProjectId project,
      SessionFilter filter,
      int walk,
      boolean isAnyLetterIndexed) {
    this.handle = handle;
    this.mapper = mapper;
    this.project = project;
    this.filter = filter;
    this.terms = SearchTerms.of(filter.text() == null ? "" : filter.text());
    this.conditions = SessionConditions.of(filter);
    // Nothing but walking finds what the index cannot look up.
    this.walk = terms.isIndexed(isAnyLetterIndexed) ? walk : Integer.MAX_VALUE;
    this.unread = Math.min(walk, UNREAD);
  }

  /** One more than the filter's limit, where there are more. */
  List<SessionRow> find() {
    List<SessionRow> found = new ArrayList<>(notIndexed());
    List<SessionRow> indexed = newest();
    if (indexed.size() <= filter.limit()) {
      Optional<Cursor> end = endOfWalk();
      if (end.isPresent()) {
        indexed = new ArrayList<>(indexed);
        indexed.addAll(older(end.get()));
      }
    }
    // One that is indexed at this very moment is found twice.
    Set<SessionId> known = found.stream().map(SessionRow::id).collect(Collectors.toSet());
    indexed.stream().filter(row -> !known.contains(row.id())).forEach(found::add);
    return found.stream()
        .sorted(NEWEST_FIRST)
        .limit(filter.limit() + 1L)
        .collect(Collectors.toList());
  }

  private List<SessionRow> notIndexed() {
    return rows(
        NOT_INDEXED.formatted(SessionConditions.COLUMNS, conditions.sql(), each(SAID)), null);
  }

  private List<SessionRow> newest() {
    return rows(
        NEWEST.formatted(place(), SessionConditions.COLUMNS, conditions.sql(), inDocument()), null);
  }

  private List<SessionRow> older(Cursor end) {
    return rows(
        OLDER.formatted(inDocument(), place(), SessionConditions.COLUMNS, conditions.sql()), end);
  }

  private Optional<Cursor> endOfWalk() {
    if (walk == Integer.MAX_VALUE) {
      return Optional.empty();
    }
    return bound(handle.createQuery(END_OF_WALK.formatted(place())), null)
        .map((row, context) -> new Cursor(row.getTimestamp(1).toInstant(), row.getString(2)))
        .findOne();
  }

  private List<SessionRow> rows(String sql, @Nullable Cursor end) {
    return bound(handle.createQuery(sql), end).map(mapper).list();
  }

  private Query bound(Query query, @Nullable Cursor end) {
    query.bind("project", project).bind("walk", walk).bind("unread", unread);
    conditions.bind(query);
    for (int i = 0; i < terms.terms().size(); i++) {
      query.bind("term" + i, LikePattern.containing(terms.terms().get(i)));
    }
    if (end != null) {
      query.bind("endAt", end.at()).bind("endId", end.id());
    }
    return query;
  }

  /**
   * Whether the index of texts looks up letters of all scripts, as it does where the database's
   * locale says what a letter is.
   */
  static boolean isAnyLetterIndexed(Handle handle) {
    boolean isThere =
        handle.select("select to_regproc('show_trgm') is not null").mapTo(Boolean.class).one();
    return isThere
        && handle.select("select cardinality(show_trgm('üшж')) > 0").mapTo(Boolean.class).one();
  }

  /** The filter's times and the cursor, as conditions on the document. */
  private String place() {
    return (filter.from() == null ? "" : " and started_at >= :from")
        + (filter.to() == null ? "" : " and started_at < :to")
        + (filter.after() == null ? "" : " and (started_at, session_id) < (:afterAt, :afterId)");
  }

  private String inDocument() {
    return each("i.text like (select lower(:term%1$d))");
  }

  private String each(String condition) {
    return IntStream.range(0, terms.terms().size())
        .mapToObj(condition::formatted)
        .collect(Collectors.joining(" and "));
  }
}
