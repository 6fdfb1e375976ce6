package dev.retrospec.signatures.store;

import java.util.Collection;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/** Arrays as PostgreSQL writes them: rows with arrays travel as one array of such texts. */
public final class ArrayText {

  /** pgvector indexes sparse vectors of at most 1,000 dimensions that are not zero. */
  static final int MAX_TELLING_DIMENSIONS = 512;

  private ArrayText() {}

  public static String of(Collection<? extends Number> numbers) {
    return numbers.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
  }

  /** A vector, with those of its dimensions that say most; the others are zero. */
  public static String of(float[] vector) {
    float least = leastTelling(vector);
    int ties = MAX_TELLING_DIMENSIONS;
    for (float value : vector) {
      ties -= Math.abs(value) > least ? 1 : 0;
    }
    StringBuilder text = new StringBuilder(vector.length * 3).append('{');
    for (int i = 0; i < vector.length; i++) {
      float size = Math.abs(vector[i]);
      boolean kept = size > least || size == least && size > 0 && ties-- > 0;
      text.append(i > 0 ? "," : "").append(kept ? Float.toString(vector[i]) : "0");
    }
    return text.append('}').toString();
  }

  private static float leastTelling(float[] vector) {
    PriorityQueue<Float> largest = new PriorityQueue<>();
    for (float value : vector) {
      if (value != 0) {
        largest.add(Math.abs(value));
        if (largest.size() > MAX_TELLING_DIMENSIONS) {
          largest.remove();
        }
      }
    }
    return largest.isEmpty() ? 0 : largest.peek();
  }
}
