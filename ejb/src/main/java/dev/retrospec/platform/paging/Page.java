package dev.retrospec.platform.paging;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a longer list.
 *
 * @param items in the list's order; unmodifiable
 * @param nextCursor gives the following piece; null at the end
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

  public Page {
    items = List.copyOf(items);
  }

  /**
   * @param rows what was read with a limit of {@code limit + 1}, so that the end is seen
   * @param cursorOf the cursor that continues after a row
   */
  public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursorOf) {
    if (rows.size() <= limit) {
      return new Page<>(rows, null);
    }
    return new Page<>(rows.subList(0, limit), cursorOf.apply(rows.get(limit - 1)));
  }
}
