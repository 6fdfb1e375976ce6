package dev.retrospec.alerts;

import dev.retrospec.issues.IssueView;

/**
 * What has changed about an issue that a message names.
 *
 * @param what {@code resolved}, {@code regressed} or {@code escalating}
 * @param issue the one that changed, as it is now
 * @param isOneOfSeveral whether the message names others, too
 */
public record AlertChange(String what, IssueView issue, boolean isOneOfSeveral) {}
