package dev.retrospec.issues.clustering;

import dev.retrospec.ids.ClusterKey;
import java.util.List;

/**
 * What today's rules make of a project's clusters.
 *
 * @param markers that were read
 * @param markersMoved that belong to another cluster than they were in
 * @param renamed clusters that are the same under another key
 * @param joining how many clusters come from several; the largest of them in {@code joins}
 * @param fallingApart how many clusters become several; the largest of them in {@code fallsApart}
 * @param constraintsKept what people said about clusters that were looked at
 * @param constraintsNote the first clusters that stay under their old key, because somebody said
 *     that they are not one with what today's rules make of them
 */
public record RegroupReport(
    long markers,
    int clustersBefore,
    int clustersAfter,
    long markersMoved,
    int renamed,
    int joining,
    List<Join> joins,
    int fallingApart,
    List<FallApart> fallsApart,
    int constraintsKept,
    List<ClusterKey> constraintsNote) {

  /** Of each list, the largest first. */
  public static final int MAX_LISTED = 100;

  /**
   * Several clusters become one.
   *
   * @param clusters how many; the first {@value #MAX_LISTED} of them in {@code from}
   */
  public record Join(
      ClusterKey key, long markers, int clusters, List<ClusterKey> from, String example) {

    public Join {
      clusters = Math.max(clusters, from.size());
      from = from.stream().limit(MAX_LISTED).toList();
    }
  }

  /** A cluster becomes several, the largest part first. */
  public record FallApart(ClusterKey key, long markers, List<Piece> into) {}

  /** A part of a cluster, with the words of one of its markers. */
  public record Piece(ClusterKey key, long markers, String example) {}

  public RegroupReport {
    joins = List.copyOf(joins);
    fallsApart = List.copyOf(fallsApart);
    constraintsNote = constraintsNote.stream().limit(MAX_LISTED).toList();
  }
}
