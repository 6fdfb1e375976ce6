package dev.retrospec.jobs;

import dev.retrospec.platform.failure.InvalidRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Lists the jobs that were given up. */
@ApplicationScoped
public class DeadLetters {

  public static final int MAX_LIMIT = 200;

  /** A piece of the list, and how long the whole is. */
  public record Listing(List<DeadLetter> items, long total) {}

  private final QueueQueries queues;

  @Inject
  public DeadLetters(QueueQueries queues) {
    this.queues = queues;
  }

  /** For the container's proxy. */
  protected DeadLetters() {
    this(null);
  }

  /**
   * @param limit 1 to {@value #MAX_LIMIT}
   * @param offset 0 or more
   * @throws InvalidRequest when one is out of range
   */
  public Listing list(JobKind queue, int limit, int offset) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidRequest("limit must be between 1 and " + MAX_LIMIT);
    }
    if (offset < 0) {
      throw new InvalidRequest("offset must be 0 or more");
    }
    return new Listing(queues.dead(queue, limit, offset), queues.deadCount(queue));
  }
}
