package dev.retrospec.testruns;

import org.jspecify.annotations.Nullable;

/** Where the submitter says that the snapshots can be seen; each may be missing. */
public record SnapshotUrls(
    @Nullable String screenshot,
    @Nullable String htmlDump,
    @Nullable String har,
    @Nullable String consoleLogs) {

  public static final SnapshotUrls NONE = new SnapshotUrls(null, null, null, null);
}
