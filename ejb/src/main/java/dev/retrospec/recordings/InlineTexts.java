package dev.retrospec.recordings;

import dev.retrospec.privacy.ScrubPass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
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

  /** As many as a line's buffer holds mostly; what comes after is looked at by itself. */
  private static final int MAX_PIECES = 2_000;

  /**
   * A node of a line.
   *
   * @param start where its text begins in {@link #chars}
   * @param end -1 of an element
   * @param from where its JSON string begins in what was written
   */
  private record Piece(int id, int parent, int next, int start, int end, long from, long to) {

    boolean isElement() {
      return end < 0;
    }

    Piece followedBy(int sibling) {
      return new Piece(id, parent, sibling, start, end, from, to);
    }
  }

  private final JsonSink sink;
  private final ScrubPass scrub;
  private final Runnable whenFull = this::end;
  private final List<Piece> pieces = new ArrayList<>();

  /** Parent → the place in {@link #pieces} of what was appended there last, unless a block was. */
  private final Map<Integer, Integer> appended = new HashMap<>();

  private char[] chars = new char[1_024]; // the texts of the pieces, one behind the other
  private int filled;
  private boolean hasSign;
  private boolean isScattered;

  private boolean hasText;
  private int start;
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
      sink.hold(whenFull);
    }
    from = sink.length();
  }

  /** It has been written, as these characters. */
  void afterText(char[] written, int offset, int count) {
    to = sink.length();
    if (!sink.isHolding()) {
      hasText = false;
      return;
    }
    hasSign = hasSign || hasSign(written, offset, count);
    start = filled;
    if (chars.length - filled < count) {
      chars = Arrays.copyOf(chars, Math.max(2 * chars.length, filled + count));
    }
    System.arraycopy(written, offset, chars, filled, count);
    filled += count;
    if (isScattered) {
      hasText = true;
    } else {
      add(new Piece(0, 0, 0, start, filled, from, to));
    }
  }

  private static boolean hasSign(char[] chars, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      char c = chars[i];
      if (c < 128 ? c == '@' || c >= '0' && c <= '9' : Character.isDigit(c)) {
        return true;
      }
    }
    return false;
  }

  private void add(Piece piece) {
    pieces.add(piece);
    if (pieces.size() == MAX_PIECES) {
      end();
    }
  }

  /** A mutation's list of added nodes begins. */
  void beginScattered() {
    end();
    isScattered = true;
  }

  /** One of them has ended: the text that was just written, or an inline element. */
  void scattered(int id, int parent, int next, boolean isInlineElement) {
    boolean isPiece = hasText || isInlineElement;
    if (next == 0) {
      Integer before = isPiece ? appended.put(parent, pieces.size()) : appended.remove(parent);
      if (isPiece && before != null) {
        pieces.set(before, pieces.get(before).followedBy(id));
      }
    }
    if (isPiece) {
      add(new Piece(id, parent, next, start, hasText ? filled : -1, from, to));
    }
    hasText = false;
  }

  void endScattered() {
    end();
    isScattered = false;
  }

  /** The line ends here. */
  void end() {
    List<JsonSink.Change> changes = List.of();
    if (hasSign && pieces.size() > 1) {
      changes = new ArrayList<>();
      for (List<Piece> line : isScattered ? lines() : List.of(pieces)) {
        scrub(line, changes);
      }
      changes.sort(Comparator.comparingLong(JsonSink.Change::from));
    }
    pieces.clear();
    appended.clear();
    filled = 0;
    hasSign = false;
    hasText = false;
    if (sink.isHolding()) {
      sink.release(changes);
    }
  }

  private void scrub(List<Piece> line, List<JsonSink.Change> changes) {
    StringBuilder joined = new StringBuilder();
    int[] starts = new int[line.size()];
    for (int i = 0; i < line.size(); i++) {
      Piece piece = line.get(i);
      starts[i] = joined.length();
      joined.append(chars, piece.start(), piece.end() - piece.start());
    }
    char[] whole = joined.toString().toCharArray();
    List<ScrubPass.Across> found = scrub.across(whole, starts);
    if (found.isEmpty()) {
      return;
    }
    for (int i = 0; i < line.size(); i++) {
      int end = i + 1 < starts.length ? starts[i + 1] : whole.length;
      StringBuilder left = new StringBuilder();
      int at = starts[i];
      boolean isChanged = false;
      for (ScrubPass.Across across : found) {
        if (across.end() <= at || across.start() >= end) {
          continue;
        }
        isChanged = true;
        left.append(whole, at, Math.max(0, across.start() - at));
        if (across.start() >= starts[i]) {
          left.append(across.rule().tag());
        }
        at = Math.min(end, across.end());
      }
      if (isChanged) {
        left.append(whole, at, end - at);
        Piece piece = line.get(i);
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
    return piece != null && piece.isElement();
  }

  /** From this piece to the last one beside it, and into each; each once. */
  private static void follow(
      Piece first,
      Map<Integer, Piece> byId,
      Map<Integer, Piece> firstOf,
      Set<Integer> seen,
      List<Piece> line) {
    // A list of its own instead of recursion: the client decides how deep elements stand.
    Deque<Piece> ahead = new ArrayDeque<>();
    ahead.push(first);
    while (!ahead.isEmpty()) {
      Piece piece = ahead.pop();
      if (!seen.add(piece.id())) {
        continue;
      }
      Piece next = byId.get(piece.next());
      if (next != null && next.parent() == piece.parent()) {
        ahead.push(next);
      }
      Piece inside = piece.isElement() ? firstOf.get(piece.id()) : null;
      if (inside != null) {
        ahead.push(inside);
      } else if (!piece.isElement()) {
        line.add(piece);
      }
    }
  }
}
