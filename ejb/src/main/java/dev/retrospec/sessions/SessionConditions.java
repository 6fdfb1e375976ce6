package dev.retrospec.sessions;

import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.persistence.LikePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** A {@link SessionFilter} as SQL: only what was asked for stands in the statement. */
final class SessionConditions {

  private static final String SELECT =
      """
      select id, site, route, url, status, started_at, duration_ms, user_id, anonymous_id, org,
             release, browser, os, device, tags, chunk_count, event_count, marker_count, error_count,
             chunks_expected, chunks_omitted, dropped, throttled, reduced, masked, maskable,
             assets_missing, clock_jumps
      from session s
      where project_id = :project
      """;
  private static final String ORDER = " order by started_at desc, id desc limit :rows";

  private final StringBuilder sql = new StringBuilder(SELECT);
  private final List<Consumer<Query>> bindings = new ArrayList<>();

  private SessionConditions() {}

  static SessionConditions of(SessionFilter filter) {
    SessionConditions where = new SessionConditions();
    where.equal("org", filter.org());
    where.equal("browser", filter.browser());
    where.equal("os", filter.os());
    where.equal("device", filter.device());
    where.equal("release", filter.release());
    where.equal("environment", filter.environment());
    where.equal("status", filter.status() == null ? null : filter.status().wireName());
    where.when(filter.user(), "(user_id = :user or anonymous_id = :user)", "user");
    where.when(filter.from(), "started_at >= :from", "from");
    where.when(filter.to(), "started_at < :to", "to");
    where.when(pattern(filter.url()), "(url ilike :url or route ilike :url)", "url");
    where.when(
        filter.kind() == null ? null : filter.kind().wireName(),
        """
        exists (select from error_marker m where m.project_id = s.project_id
          and m.session_id = s.id and m.kind = :kind)""",
        "kind");
    where.when(
        pattern(filter.text()),
        """
        (exists (select from session_event e where e.project_id = s.project_id
           and e.session_id = s.id and e.text ilike :text)
         or exists (select from error_marker m where m.project_id = s.project_id
           and m.session_id = s.id and (m.label ilike :text or m.evidence ilike :text)))""",
        "text");
    where.when(
        filter.minDuration() == null ? null : filter.minDuration().toMillis(),
        "duration_ms >= :minDurationMs",
        "minDurationMs");
    if (filter.hasErrors() != null) {
      where.sql.append(filter.hasErrors() ? " and marker_count > 0" : " and marker_count = 0");
    }
    if (filter.complete() != null) {
      where.sql.append(filter.complete() ? " and complete" : " and not complete");
    }
    if (!filter.tags().isEmpty()) {
      where.sql.append(" and tags @> :tags");
      where.bindings.add(query -> query.bindArray("tags", String.class, filter.tags()));
    }
    where.after(filter.after());
    where.bindings.add(query -> query.bind("rows", filter.limit() + 1));
    return where;
  }

  String select() {
    return sql + ORDER;
  }

  void bind(Query query) {
    bindings.forEach(binding -> binding.accept(query));
  }

  private void equal(String column, @Nullable String value) {
    when(value, column + " = :" + column, column);
  }

  private void when(@Nullable Object value, String condition, String parameter) {
    if (value != null) {
      sql.append(" and ").append(condition);
      bindings.add(query -> query.bind(parameter, value));
    }
  }

  private void after(@Nullable Cursor cursor) {
    if (cursor != null) {
      sql.append(" and (started_at, id) < (:afterAt, :afterId)");
      bindings.add(query -> query.bind("afterAt", cursor.at()).bind("afterId", cursor.id()));
    }
  }

  private static @Nullable String pattern(@Nullable String text) {
    return text == null ? null : LikePattern.containing(text);
  }
}
