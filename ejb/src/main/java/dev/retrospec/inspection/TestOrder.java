package dev.retrospec.inspection;

import dev.retrospec.inspection.TestListFilter.Sort;
import dev.retrospec.inspection.TestPageView.TestCase;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.paging.Cursor;
import java.time.Instant;
import org.jdbi.v3.core.statement.Query;

/** In which order tests are listed, and how a list goes on behind one of them. */
enum TestOrder {
  RATE("t.failure_rate", "float8"),
  FAILURES("t.failures", "bigint"),
  FLAKY("t.flaky", "bigint"),
  SLOWEST("coalesce(t.mean_duration_ms::bigint, -1)", "bigint"),
  LAST_SEEN("t.last_seen", "timestamptz"),
  NAME("t.name", "text");

  private static final char BETWEEN = '~';

  private final String value;
  private final String type;

  TestOrder(String value, String type) {
    this.value = value;
    this.type = type;
  }

  static TestOrder of(Sort sort) {
    return valueOf(sort.name());
  }

  /** The end of the statement; names rise, all else falls. */
  String by() {
    return this == NAME ? " order by t.name" : " order by " + value + " desc, t.id desc";
  }

  /** A condition; {@link #bind} fills it. */
  String behind() {
    // A name may be longer than a cursor, and never changes.
    return this == NAME
        ? " and t.name > (select n.name from test_case n"
            + " where n.project_id = :project and n.id = :after)"
        : " and (" + value + ", t.id) < (cast(:value as " + type + "), :after)";
  }

  Cursor cursor(TestCase last) {
    String place =
        switch (this) {
          case RATE -> Double.toString(last.failureRate());
          case FAILURES -> Long.toString(last.failures());
          case FLAKY -> Long.toString(last.flaky());
          case SLOWEST -> Long.toString(last.meanDurationMs() == null ? -1 : last.meanDurationMs());
          case LAST_SEEN, NAME -> "";
        };
    return new Cursor(
        this == LAST_SEEN ? last.lastSeen() : Instant.EPOCH, place + BETWEEN + last.id());
  }

  /**
   * @throws InvalidRequest when the cursor is of another order
   */
  void bind(Query query, Cursor after) {
    int end = after.id().indexOf(BETWEEN);
    try {
      String place = after.id().substring(0, Math.max(0, end));
      query.bind("after", Long.parseLong(after.id().substring(end + 1)));
      switch (this) {
        case RATE -> query.bind("value", Double.parseDouble(place));
        case FAILURES, FLAKY, SLOWEST -> query.bind("value", Long.parseLong(place));
        case LAST_SEEN -> query.bind("value", after.at());
        case NAME -> {}
      }
    } catch (NumberFormatException e) {
      throw new InvalidRequest("cursor is not one that this list gave");
    }
  }
}
