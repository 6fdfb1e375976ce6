package dev.retrospec.retention;

import dev.retrospec.ids.SessionId;
import java.util.Set;

/**
 * What became of the objects of some sessions.
 *
 * @param remaining the sessions that still have an object
 */
public record ObjectDeletion(Deleted deleted, Set<SessionId> remaining) {

  public static final ObjectDeletion NONE = new ObjectDeletion(Deleted.NOTHING, Set.of());

  public ObjectDeletion {
    remaining = Set.copyOf(remaining);
  }
}
