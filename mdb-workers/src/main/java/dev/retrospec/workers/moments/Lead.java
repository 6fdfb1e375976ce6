package dev.retrospec.workers.moments;

import dev.retrospec.recordings.ChunkView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which chunks are read for some of them: what an element is that a change speaks of stands in the
 * full snapshot before it.
 */
final class Lead {

  /** A minute at the SDK's pace; a longer way back is worth less than it costs. */
  private static final int MAX_CHUNKS = 12;

  private static final int SLOT = 65_536;

  private Lead() {}

  /** The wanted chunks, and before the first of each window those since its full snapshot. */
  static List<ChunkView> of(List<ChunkView> chunks, Predicate<ChunkView> wanted) {
    Map<Integer, List<ChunkView>> waiting = new LinkedHashMap<>();
    List<ChunkView> read = new ArrayList<>();
    for (ChunkView chunk : chunks) {
      List<ChunkView> before =
          waiting.computeIfAbsent(chunk.seq() / SLOT, slot -> new ArrayList<>());
      if (wanted.test(chunk)) {
        if (!before.isEmpty() && !chunk.hasFullSnapshot() && before.get(0).hasFullSnapshot()) {
          read.addAll(before);
        }
        before.clear();
        read.add(chunk);
        continue;
      }
      if (chunk.hasFullSnapshot() || before.size() >= MAX_CHUNKS) {
        before.clear();
      }
      before.add(chunk);
    }
    return read;
  }
}
