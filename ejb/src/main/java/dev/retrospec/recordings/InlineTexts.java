package dev.retrospec.recordings;

import dev.retrospec.privacy.ScrubPass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Texts that stand beside each other in a line although nodes divide them, as {@code
 * <b>4111</b><b>1111</b>…}: looked at together once more, because each alone gives nothing away.
 * What was written of them is held in the sink until the line ends; what does not fit into its
 * buffer is looked at in parts.
 *
 * <p>In a snapshot lines follow from the order. The nodes that a mutation adds come one by one in
 * any order, each with its parent and the sibling after it, or to be appended; nodes within such a
 * node are not joined.
 */
final class InlineTexts {

  static final Set<String> ELEMENTS =
      Set.of(
          ("a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small"
                  + " span strong sub sup time tt u var")
              .split(" "));

  private static final int LONGEST_ELEMENT = 6;

  /**
   * A node of a line.
   *
   * @param text null of an element
   * @param from where its JSON string begins in what was written
   */
  private record Piece(int id, int parent, int next, @Nullable String text, long from, long to) {

    Piece followedBy(int sibling) {
      return new Piece(id, parent, sibling, text, from, to);
    }
  }

  private final JsonSink sink;
  private final ScrubPass scrub;
  private final List<Piece> pieces = new ArrayList<>();

  /** Parent → the place in {@link #pieces} of what was appended there last, unless a block was. */
  private final Map<Integer, Integer> appended = new HashMap<>();

  private boolean hasSign;
  private boolean isScattered;

  private @Nullable String text;
  private long from;
  private long to;

  InlineTexts(JsonSink sink, ScrubPass scrub) {
    this.sink = sink;
    this.scrub = scrub;
  }

  static boolean isInline(char[] name, int offset, int count) {
    return count <= LONGEST_ELEMENT
        && ELEMENTS.contains(new String(name, offset, count).toLowerCase());
  }

  /** A text is about to be written. */
  void beforeText() {
    if (!sink.isHolding()) {
      sink.hold(this::end);
    }
    from = sink.length();
  }

  /** It has been written, as these characters. */
  void afterText(char[] chars, int offset, int count) {
    to = sink.length();
    text = sink.isHolding() ? new String(chars, offset, count) : null;
    hasSign = hasSign || hasSign(chars, offset, count);
    if (!isScattered && text != null) {
      pieces.add(new Piece(0, 0, 0, text, from, to));
      text = null;
    }
  }

  private static boolean hasSign(char[] chars, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      if (chars[i] == '@' || Character.isDigit(chars[i])) {
        return true;
      }
    }
    return false;
  }

  /** A mutation's list of added nodes begins. */
  void beginScattered() {
    end();
    isScattered = true;
  }

  /** One of them has ended: the text that was just written, or an inline element. */
  void scattered(int id, int parent, int next, boolean isInlineElement) {
    boolean isPiece = text != null || isInlineElement;
    if (next == 0) {
      Integer before = isPiece ? appended.put(parent, pieces.size()) : appended.remove(parent);
      if (isPiece && before != null) {
        pieces.set(before, pieces.get(before).followedBy(id));
      }
    }
    if (isPiece) {
      pieces.add(new Piece(id, parent, next, text, from, to));
    }
    text = null;
  }

  void endScattered() {
    end();
    isScattered = false;
  }

  /** The line ends here. */
  void end() {
    List<JsonSink.Change> changes = new ArrayList<>();
    if (hasSign && pieces.size() > 1) {
      if (isScattered) {
        lines().forEach(line -> scrub(line, changes));
      } else {
        scrub(pieces, changes);
      }
    }
    pieces.clear();
    appended.clear();
    hasSign = false;
    text = null;
    if (sink.isHolding()) {
      changes.sort(Comparator.comparingLong(JsonSink.Change::from));
      sink.release(changes);
    }
  }

  private void scrub(List<Piece> line, List<JsonSink.Change> changes) {
    StringBuilder joined = new StringBuilder();
    int[] starts = new int[line.size()];
    for (int i = 0; i < line.size(); i++) {
      starts[i] = joined.length();
      joined.append(line.get(i).text());
    }
    char[] chars = joined.toString().toCharArray();
    List<ScrubPass.Across> found = scrub.across(chars, starts);
    if (found.isEmpty()) {
      return;
    }
    for (int i = 0; i < line.size(); i++) {
      int end = i + 1 < starts.length ? starts[i + 1] : chars.length;
      StringBuilder left = new StringBuilder();
      int at = starts[i];
      for (ScrubPass.Across across : found) {
        if (across.end() <= at || across.start() >= end) {
          continue;
        }
        left.append(chars, at, Math.max(0, across.start() - at));
        if (across.start() >= starts[i]) {
          left.append(across.rule().tag());
        }
        at = Math.min(end, across.end());
      }
      left.append(chars, at, end - at);
      Piece piece = line.get(i);
      if (!left.toString().equals(piece.text())) {
        changes.add(new JsonSink.Change(piece.from(), piece.to(), left.toString()));
      }
    }
  }

  /** The texts of each line, in the order in which they stand there. */
  private List<List<Piece>> lines() {
    Map<Integer, Piece> byId = new HashMap<>();
    Set<Integer> followers = new HashSet<>();
    pieces.forEach(piece -> byId.put(piece.id(), piece));
    pieces.forEach(
        piece -> {
          Piece next = byId.get(piece.next());
          if (next != null && next.parent() == piece.parent()) {
            followers.add(next.id());
          }
        });
    Map<Integer, Piece> firstOf = new HashMap<>();
    for (Piece piece : pieces) {
      if (!followers.contains(piece.id())) {
        firstOf.putIfAbsent(piece.parent(), piece);
      }
    }
    Set<Integer> seen = new HashSet<>();
    List<List<Piece>> lines = new ArrayList<>();
    for (Piece piece : pieces) {
      if (!followers.contains(piece.id()) && !isInlineElement(byId.get(piece.parent()))) {
        List<Piece> line = new ArrayList<>();
        follow(piece, byId, firstOf, seen, line);
        if (line.size() > 1) {
          lines.add(line);
        }
      }
    }
    return lines;
  }

  private static boolean isInlineElement(@Nullable Piece piece) {
    return piece != null && piece.text() == null;
  }

  /** No deeper than there are pieces in the buffer, each looked at once. */
  private static void follow(
      Piece first,
      Map<Integer, Piece> byId,
      Map<Integer, Piece> firstOf,
      Set<Integer> seen,
      List<Piece> line) {
    Piece piece = first;
    while (piece != null && piece.parent() == first.parent() && seen.add(piece.id())) {
      Piece inside = isInlineElement(piece) ? firstOf.get(piece.id()) : null;
      if (inside != null) {
        follow(inside, byId, firstOf, seen, line);
      } else if (piece.text() != null) {
        line.add(piece);
      }
      piece = byId.get(piece.next());
    }
  }
}
