package dev.retrospec.signatures;

import dev.retrospec.signatures.stacks.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How alike two stacks are: FaST, the linear-time alignment of I. M. Rodrigues, D. Aloise, E. R.
 * Fernandes, FaST: A linear time stack trace alignment heuristic for crash report deduplication
 * (MSR 2022), written anew from the paper's definition.
 *
 * <p>The n-th occurrence of a call in one stack is paired with the n-th in the other. A call at
 * position p (from 1) weighs {@code p^-α · e^(-β · share)}, share being how many of the known
 * failures hold it; a pair adds both weights times {@code e^(-γ · |p − q|)}, an unpaired call
 * subtracts its own; the sum over all weights lies in −1..1 and is moved to 0..1.
 */
final class FrameAlignment {

  /** The topmost call decides: 1, as published, took two callers of one scanner for one failure. */
  static final double ALPHA = 1.5;

  /** As published. */
  static final double BETA = 1.0;

  /** Half of the published 1: one wrapper more must not cost a pair most of its weight. */
  static final double GAMMA = 0.5;

  private FrameAlignment() {}

  static double of(List<Frame> a, List<Frame> b, Rarity rarity) {
    if (a.isEmpty() || b.isEmpty()) {
      return 0;
    }
    Map<String, List<Integer>> positions = new HashMap<>();
    for (int at = 0; at < b.size(); at++) {
      positions.computeIfAbsent(b.get(at).token(), token -> new ArrayList<>(1)).add(at);
    }
    boolean[] paired = new boolean[b.size()];
    Map<String, Integer> used = new HashMap<>();
    double sum = 0;
    double total = 0;
    for (int at = 0; at < a.size(); at++) {
      double weight = weight(a.get(at), at, rarity);
      total += weight;
      String token = a.get(at).token();
      List<Integer> partners = positions.getOrDefault(token, List.of());
      int turn = used.merge(token, 1, Integer::sum) - 1;
      if (turn < partners.size()) {
        int partner = partners.get(turn);
        paired[partner] = true;
        double both = weight + weight(b.get(partner), partner, rarity);
        sum += both * Math.exp(-GAMMA * Math.abs(at - partner));
      } else {
        sum -= weight;
      }
    }
    for (int at = 0; at < b.size(); at++) {
      double weight = weight(b.get(at), at, rarity);
      total += weight;
      sum -= paired[at] ? 0 : weight;
    }
    return (sum / total + 1) / 2;
  }

  private static double weight(Frame frame, int at, Rarity rarity) {
    return Math.pow(at + 1, -ALPHA) * Math.exp(-BETA * rarity.share(Terms.frame(frame)));
  }
}
