package dev.retrospec.workers.moments;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which node of a document lies in which, as it changes: rrweb tells of a subtree that goes only
 * its root.
 */
final class DocumentTree {

  /** Some megabytes. */
  private static final int MAX_NODES = 100_000;

  /** Browsers nest 512 elements at most when they parse; a longer way up is a loop. */
  private static final int MAX_DEPTH = 512;

  private final Map<Long, Long> parents = new HashMap<>();

  void forget() {
    parents.clear();
  }

  void place(long node, long parent) {
    if (parents.size() < MAX_NODES || parents.containsKey(node)) {
      parents.put(node, parent);
    }
  }

  /** Of nodes that come now nobody could tell any more when they go. */
  boolean isFull() {
    return parents.size() >= MAX_NODES;
  }

  void drop(Set<Long> nodes) {
    parents.keySet().removeAll(nodes);
  }

  /** Whether the node is one of these, or lies in one. */
  boolean isWithin(long node, Set<Long> these) {
    Long at = node;
    for (int depth = 0; at != null && depth <= MAX_DEPTH; depth++) {
      if (these.contains(at)) {
        return true;
      }
      at = parents.get(at);
    }
    return false;
  }
}
