package dev.retrospec.recordings.packing;

import dev.retrospec.recordings.SpoolConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides what goes into the next block. Sessions stay together, so that a reader needs few
 * requests; blocks are large, because the store is paid by the request; nothing waits for long.
 */
final class PackingPolicy {

  private final SpoolConfig config;

  PackingPolicy(SpoolConfig config) {
    this.config = config;
  }

  /**
   * The sessions of the next block, the longest waiting first; none while it is better to wait.
   * Together they may be larger than a block: the rest is for the one after.
   */
  List<SpooledSession> nextBlock(List<SpooledSession> spooled, Instant now) {
    List<SpooledSession> ripe =
        spooled.stream()
            .filter(session -> isRipe(session, now))
            .sorted(Comparator.comparing(SpooledSession::oldest))
            .toList();
    long bytes = ripe.stream().mapToLong(SpooledSession::bytes).sum();
    boolean worthIt = bytes >= config.blockBytes() / 2;
    if (!worthIt && ripe.stream().noneMatch(session -> isOverdue(session, now))) {
      return List.of();
    }
    List<SpooledSession> chosen = new ArrayList<>();
    long sum = 0;
    for (SpooledSession session : ripe) {
      if (sum >= config.blockBytes()) {
        break;
      }
      chosen.add(session);
      sum += session.bytes();
    }
    return chosen;
  }

  private boolean isRipe(SpooledSession session, Instant now) {
    return session.bytes() >= config.blockBytes()
        || !session.newest().isAfter(now.minus(config.quiet()))
        || isOverdue(session, now);
  }

  private boolean isOverdue(SpooledSession session, Instant now) {
    return !session.oldest().isAfter(now.minus(config.maxWait()));
  }
}
