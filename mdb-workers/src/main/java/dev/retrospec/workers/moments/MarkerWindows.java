package dev.retrospec.workers.moments;

import dev.retrospec.replays.ReplayWindow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The pieces of a session around its markers. */
public final class MarkerWindows {

  /**
   * One window for each marker, those that touch made one, none beyond the session.
   *
   * @param offsets of the markers, milliseconds since the session's start, in any order
   * @param beforeMs how much of the time before a marker belongs to it
   * @param afterMs how much of the time after
   * @param durationMs the session's length; a marker beyond it makes the session longer
   * @return in the order of the session
   */
  public static List<ReplayWindow> around(
      Collection<Long> offsets, long beforeMs, long afterMs, long durationMs) {
    List<Long> sorted = offsets.stream().map(offset -> Math.max(0, offset)).sorted().toList();
    long end = sorted.isEmpty() ? 0 : Math.max(durationMs, sorted.get(sorted.size() - 1));
    List<ReplayWindow> windows = new ArrayList<>();
    for (long offset : sorted) {
      ReplayWindow window =
          new ReplayWindow(Math.max(0, offset - beforeMs), Math.min(end, offset + afterMs));
      int last = windows.size() - 1;
      if (last >= 0 && windows.get(last).endMs() >= window.startMs()) {
        windows.set(
            last,
            new ReplayWindow(
                windows.get(last).startMs(), Math.max(windows.get(last).endMs(), window.endMs())));
      } else {
        windows.add(window);
      }
    }
    return windows;
  }

  private MarkerWindows() {}
}
