package dev.retrospec.alerts.rules;

import dev.retrospec.issues.IssueView;
import java.util.Set;

/**
 * What rules ask of an issue.
 *
 * @param releases of the sessions that showed it last
 * @param environments of the same sessions
 */
public record IssueFacts(IssueView issue, Set<String> releases, Set<String> environments) {}
