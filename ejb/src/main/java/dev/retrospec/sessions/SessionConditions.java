package dev.retrospec.sessions;

import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.persistence.LikePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SessionFilter} as SQL: only what was asked for stands in the statement. Its text is not
 * among it, see {@link SessionTexts}.
 */
final class SessionConditions {

  /** What a row of a list shows. */
  static final String COLUMNS =
      """
      id, site, route, url, status, started_at, duration_ms, user_id, anonymous_id, org,
      release, browser, os, device, tags, chunk_count, event_count, marker_count, error_count,
      rage_count, chunks_expected, chunks_omitted, dropped, throttled, reduced, masked, maskable,
      assets_missing, clock_jumps
      """;

  static final String ORDER = " order by started_at desc, id desc limit :rows";

  private final StringBuilder sql = new StringBuilder();
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
    where.when(filter.kind() == null ? null : filter.kind().wireName(), marker("kind"), "kind");
    where.when(filter.subkind(), marker("subkind"), "subkind");
    where.when(
        filter.minDuration() == null ? null : filter.minDuration().toMillis(),
        "duration_ms >= :minDurationMs",
        "minDurationMs");
    where.flag(filter.hasErrors(), "marker_count > 0", "marker_count = 0");
    where.flag(filter.rage(), "rage_count > 0", "rage_count = 0");
    where.flag(filter.complete(), "complete", "not complete");
    if (!filter.tags().isEmpty()) {
      where.sql.append(" and tags @> :tags");
      where.bindings.add(query -> query.bindArray("tags", String.class, filter.tags()));
    }
    where.experiment(filter.experiment());
    where.after(filter.after());
    where.bindings.add(query -> query.bind("rows", filter.limit() + 1));
    return where;
  }

  /** To be put after a condition on {@code session s}. */
  String sql() {
    return sql.toString();
  }

  void bind(Query query) {
    bindings.forEach(binding -> binding.accept(query));
  }

  private static String marker(String column) {
    return """
        exists (select from error_marker m where m.project_id = s.project_id
          and m.session_id = s.id and m.%s = :%s)"""
        .formatted(column, column);
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

  private void flag(@Nullable Boolean value, String yes, String no) {
    if (value != null) {
      sql.append(" and ").append(value ? yes : no);
    }
  }

  /** A name alone is any of its variants. */
  private void experiment(@Nullable String told) {
    if (told == null) {
      return;
    }
    int colon = told.indexOf(':');
    if (colon < 0) {
      when(told, "jsonb_exists(experiment, :experiment)", "experiment");
    } else {
      when(told.substring(0, colon), "experiment ->> :experiment = :variant", "experiment");
      bindings.add(query -> query.bind("variant", told.substring(colon + 1)));
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
