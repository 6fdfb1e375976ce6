package dev.retrospec.artifacts;

import java.util.Set;

/**
 * A feature that keeps objects in the store says which of them it knows; the sweep deletes the
 * others once they are old enough that no writer can be between the object and its row. One
 * {@code @ApplicationScoped} bean per prefix.
 */
public interface OwnedObjects {

  /** All objects of this feature, and no others, have keys that begin so; ends with a slash. */
  String prefix();

  /** Those of the given keys that have a row. */
  Set<ArtifactKey> known(Set<ArtifactKey> keys);
}
