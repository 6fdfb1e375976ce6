package dev.retrospec.alerts.rules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the group has been told.
 *
 * @param group when the last alert of the group was decided; null: never
 * @param same when the same event of the same issue was told last; null: never
 */
public record AlreadyTold(@Nullable Instant group, @Nullable Instant same) {

  public static final AlreadyTold NOTHING = new AlreadyTold(null, null);
}
