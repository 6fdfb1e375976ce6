package dev.retrospec.issues.triage;

import org.jspecify.annotations.Nullable;

/**
 * What is to be kept of a change.
 *
 * @param kind for programs, a word
 * @param what a clause that follows the actor
 * @param note in somebody's own words; null: none
 */
public record Activity(String kind, String what, @Nullable String note) {

  private static final int MAX_WHAT = 500;

  public Activity {
    what = what.length() > MAX_WHAT ? what.substring(0, MAX_WHAT - 1) + "…" : what;
  }

  public static Activity of(String kind, String what) {
    return new Activity(kind, what, null);
  }
}
