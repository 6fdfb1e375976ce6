package dev.retrospec.issues.triage;

/** What waits to be added to a cluster's counts. */
record UnfoldedCounts(int sessions, int users) {

  static final UnfoldedCounts NONE = new UnfoldedCounts(0, 0);
}
