package dev.retrospec.alerts.rules;

import dev.retrospec.issues.IssueView;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.sessions.MarkerKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which issues a rule is about; what is null or empty asks for nothing.
 *
 * @param routePrefix what the issue's route begins with
 * @param release one of the releases in which the issue was seen lately
 * @param environment the same for environments
 * @param minUsers distinct visitors of the issue; the alert waits for them
 * @param minConfidence 0 to 1, of the issue; the alert waits for it
 */
public record RuleFilter(
    @Nullable Set<MarkerKind> kinds,
    @Nullable String routePrefix,
    @Nullable String release,
    @Nullable String environment,
    @Nullable Integer minUsers,
    @Nullable Double minConfidence) {

  /** Every issue. */
  public static final RuleFilter ALL = new RuleFilter(null, null, null, null, null, null);

  private static final int MAX_LENGTH = 500;
  private static final int MAX_USERS = 1_000_000;

  /**
   * @throws InvalidRequest when a field is out of range
   */
  public RuleFilter {
    kinds = kinds == null || kinds.isEmpty() ? null : Set.copyOf(kinds);
    routePrefix = text("routePrefix", routePrefix);
    release = text("release", release);
    environment = text("environment", environment);
    if (minUsers != null && (minUsers < 1 || minUsers > MAX_USERS)) {
      throw new InvalidRequest("filter.minUsers must be 1 to " + MAX_USERS);
    }
    if (minConfidence != null && !(minConfidence >= 0 && minConfidence <= 1)) {
      throw new InvalidRequest("filter.minConfidence must be 0 to 1");
    }
  }

  private static @Nullable String text(String field, @Nullable String value) {
    if (value != null && (value.length() > MAX_LENGTH || value.indexOf('\0') >= 0)) {
      throw new InvalidRequest("filter." + field + " must be at most 500 characters");
    }
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Whether the rule is about this issue at all, however many it has met. */
  boolean isAbout(IssueFacts facts) {
    IssueView issue = facts.issue();
    return (kinds == null || kinds.contains(issue.kind()))
        && (routePrefix == null || issue.route().startsWith(routePrefix))
        && (release == null || facts.releases().contains(release))
        && (environment == null || facts.environments().contains(environment));
  }

  boolean hasEnoughUsers(IssueView issue) {
    return minUsers == null || issue.userCount() >= minUsers;
  }

  boolean isCertainEnough(IssueView issue) {
    return minConfidence == null || issue.confidence() >= minConfidence;
  }
}
