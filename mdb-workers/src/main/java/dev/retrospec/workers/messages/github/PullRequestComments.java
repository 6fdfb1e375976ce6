package dev.retrospec.workers.messages.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.retrospec.notifications.GithubComments;
import dev.retrospec.notifications.MessageDelivery;
import dev.retrospec.notifications.PullRequestRuns;
import dev.retrospec.notifications.RunMessage;
import dev.retrospec.notifications.Target;
import dev.retrospec.workers.messages.Receipt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One comment in each pull request: made by the first failed run, changed by those that follow. The
 * comment is known by its number, and by its marker where the number has been lost.
 */
@ApplicationScoped
public class PullRequestComments {

  /**
   * 1,000 comments; beyond them a second one does not matter, and the job's lease is not endless.
   */
  private static final int MAX_PAGES = 10;

  /** Two runs of one pull request must not both find no comment; other ones do not wait. */
  private final ReentrantLock[] locks =
      Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);

  private final GitHubApi github;
  private final MessageDelivery delivery;

  @Inject
  public PullRequestComments(GitHubApi github, MessageDelivery delivery) {
    this.github = github;
    this.delivery = delivery;
  }

  /** For the container's proxy. */
  protected PullRequestComments() {
    this(null, null);
  }

  /**
   * Makes or changes the comment, unless a newer run of the same job stands in it.
   *
   * @throws GitHubFailure when GitHub did not take it
   */
  public Receipt send(RunMessage message, Target.PullRequest place) {
    ReentrantLock lock =
        locks[Math.floorMod((place.repository() + '#' + place.number()).hashCode(), locks.length)];
    lock.lock();
    try {
      return comment(message, place);
    } finally {
      lock.unlock();
    }
  }

  private Receipt comment(RunMessage message, Target.PullRequest place) {
    PullRequestRuns runs = delivery.runs(message.project(), place);
    if (!runs.has(message.report().runId())) {
      return new Receipt.Needless("A newer run stands in the comment");
    }
    Optional<GithubComments.Comment> known = delivery.comment(message.project(), place);
    Map<String, Object> body = Map.of("body", CommentBody.of(message, runs));
    Long old = known.map(GithubComments.Comment::commentId).orElseGet(() -> find(message, place));
    JsonNode comment = old == null ? null : change(place, old, body);
    if (comment == null) {
      if (runs.failed().isEmpty()) {
        return new Receipt.Needless("The comment has been deleted");
      }
      comment = call("POST", place, issue(place), body).body();
    }
    delivery.commented(message, place, comment.path("id").asLong());
    return new Receipt.Taken(comment.path("html_url").asText(null));
  }

  /** Null when it is gone, or was never ours. */
  private @Nullable JsonNode change(
      Target.PullRequest place, long comment, Map<String, Object> body) {
    try {
      return call("PATCH", place, "/issues/comments/" + comment, body).body();
    } catch (GitHubFailure failure) {
      if (failure.isGone()) {
        return null;
      }
      throw failure;
    }
  }

  private @Nullable Long find(RunMessage message, Target.PullRequest place) {
    String marker = CommentBody.marker(message.project());
    Predicate<JsonNode> isOurs = null;
    GitHubApi.Answer page = call("GET", place, issue(place) + "?per_page=100", null);
    for (int read = 1; ; read++) {
      for (JsonNode comment : page.body()) {
        if (!comment.path("body").asText().startsWith(marker)) {
          continue;
        }
        isOurs = isOurs == null ? writtenBy(place) : isOurs; // asked once, if at all
        if (isOurs.test(comment.path("user"))) {
          return comment.path("id").asLong();
        }
      }
      URI next = page.next();
      if (next == null || read == MAX_PAGES) {
        return null;
      }
      page = github.call("GET", next, place.access().token(), null);
    }
  }

  /** Whether an author is the token's owner: anybody may begin a comment with the marker. */
  private Predicate<JsonNode> writtenBy(Target.PullRequest place) {
    try {
      URI self = URI.create(api(place) + "/user");
      JsonNode owner = github.call("GET", self, place.access().token(), null).body();
      String login = owner.path("login").asText();
      return author -> author.path("login").asText().equals(login);
    } catch (GitHubFailure failure) {
      if (failure.isGone()) { // an app's token has no owner, and what it writes is a bot's
        return author -> author.path("type").asText().equals("Bot");
      }
      throw failure;
    }
  }

  private GitHubApi.Answer call(
      String method, Target.PullRequest place, String path, @Nullable Object body) {
    URI url = URI.create(api(place) + "/repos/" + place.repository() + path);
    return github.call(method, url, place.access().token(), body);
  }

  private static String api(Target.PullRequest place) {
    return place.access().api().toString().replaceFirst("/+$", "");
  }

  private static String issue(Target.PullRequest place) {
    return "/issues/" + place.number() + "/comments";
  }
}
