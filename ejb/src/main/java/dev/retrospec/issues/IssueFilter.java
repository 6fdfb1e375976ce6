package dev.retrospec.issues;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.sessions.MarkerKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which issues, in which order.
 *
 * @param q a piece of symptom, route, key or assignee, in any case; null or blank for all
 * @param kind null for all
 * @param newInRelease only what the project's latest release alone has shown, see {@link
 *     NewInRelease}
 * @param limit 1 to {@link #MAX_LIMIT}
 * @param after the last issue of the page before; null for the first page
 */
public record IssueFilter(
    Tab tab,
    @Nullable String q,
    @Nullable MarkerKind kind,
    boolean newInRelease,
    Sort sort,
    int limit,
    @Nullable Cursor after) {

  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 200;

  /** All issues, latest seen first. */
  public static final IssueFilter ALL = all(DEFAULT_LIMIT);

  public IssueFilter {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidRequest("limit must be 1 to " + MAX_LIMIT);
    }
    q = q == null || q.isBlank() ? null : q.strip();
  }

  /** Every issue, seen last first. */
  public static IssueFilter all(int limit) {
    return new IssueFilter(Tab.ALL, null, null, false, Sort.LAST_SEEN, limit, null);
  }

  /** Whether anything but the tab narrows the list. */
  public boolean isNarrowed() {
    return kind != null || q != null || newInRelease;
  }

  /** The presets of states that a list shows, in the order in which they are offered. */
  public enum Tab {
    /** Neither resolved nor muted. */
    ACTIVE,
    OPEN,
    ACKNOWLEDGED,
    REGRESSED,
    ESCALATING,
    MUTED,
    RESOLVED,
    ALL;

    boolean shows(TriageState state) {
      return switch (this) {
        case ALL -> true;
        case ACTIVE -> state != TriageState.RESOLVED && state != TriageState.MUTED;
        case OPEN, ACKNOWLEDGED, REGRESSED, ESCALATING, MUTED, RESOLVED ->
            name().equals(state.name());
      };
    }

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param name null or empty means all
     * @throws InvalidRequest when it is none of them
     */
    public static Tab fromWireName(@Nullable String name) {
      if (name == null || name.isEmpty()) {
        return ALL;
      }
      for (Tab tab : values()) {
        if (tab.wireName().equals(name)) {
          return tab;
        }
      }
      throw new InvalidRequest(
          "state must be one of active, open, acknowledged, resolved, muted, regressed, escalating,"
              + " all");
    }
  }

  /** Largest or latest first; equal ones by key. */
  public enum Sort {
    LAST_SEEN,
    FIRST_SEEN,
    SESSIONS,
    USERS,
    CONFIDENCE;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param name null or empty means last seen
     * @throws InvalidRequest when it is none of them
     */
    public static Sort fromWireName(@Nullable String name) {
      if (name == null || name.isEmpty()) {
        return LAST_SEEN;
      }
      for (Sort sort : values()) {
        if (sort.wireName().equals(name)) {
          return sort;
        }
      }
      throw new InvalidRequest(
          "sort must be one of last_seen, first_seen, sessions, users, confidence");
    }
  }
}
