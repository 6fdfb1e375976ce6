package dev.retrospec.signatures.store;

import java.util.Collection;
import java.util.stream.Collectors;

/** Arrays as PostgreSQL writes them: rows with arrays travel as one array of such texts. */
public final class ArrayText {

  private ArrayText() {}

  public static String of(Collection<? extends Number> numbers) {
    return numbers.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
  }

  /** A vector, most of whose dimensions are zero. */
  public static String of(float[] vector) {
    StringBuilder text = new StringBuilder(vector.length * 3).append('{');
    for (int i = 0; i < vector.length; i++) {
      text.append(i > 0 ? "," : "").append(vector[i] == 0 ? "0" : Float.toString(vector[i]));
    }
    return text.append('}').toString();
  }
}
