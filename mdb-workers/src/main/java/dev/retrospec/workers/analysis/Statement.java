package dev.retrospec.workers.analysis;

import dev.retrospec.reports.CardText;
import dev.retrospec.reports.Evidence;
import java.util.List;

/**
 * A sentence of a report card and the moments that it stands on.
 *
 * @param on at least one, the most telling first
 */
public record Statement(CardText says, String text, List<Ref> on) {

  /** As many as a sentence can be about. */
  private static final int MAX_REFS = 12;

  /**
   * A moment of the session.
   *
   * @param id of an event or a marker, as {@link Evidence} has it
   */
  public record Ref(long atMs, String id) {}

  public Statement {
    if (on.isEmpty()) {
      throw new IllegalArgumentException("a statement without evidence is none: " + text);
    }
    on = on.stream().distinct().limit(MAX_REFS).toList();
  }

  public Evidence by(String provider) {
    return new Evidence(
        Math.max(0, on.get(0).atMs()), text, on.stream().map(Ref::id).toList(), says, provider);
  }
}
