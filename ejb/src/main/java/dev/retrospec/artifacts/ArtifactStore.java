package dev.retrospec.artifacts;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The object store. Every method may throw {@link ArtifactStoreUnavailable}; none takes part in a
 * transaction. Whoever keeps objects writes the object first and its row after, and deletes the
 * object first and its row after: what a crash leaves between the two is an object without a row,
 * which the sweep removes. Safe for several threads.
 */
public interface ArtifactStore {

  /** Stores an object whole, in place of the one that had this key. */
  default void put(ArtifactKey key, byte[] content, String contentType) {
    put(key, List.of(content), contentType);
  }

  /**
   * As above, of pieces that follow one another: a large object need not be one array, for which
   * the heap would have to find that much room at one place.
   */
  void put(ArtifactKey key, List<byte[]> pieces, String contentType);

  /** What is known of the object; empty when there is none. */
  Optional<ArtifactInfo> info(ArtifactKey key);

  /** The whole object, as a stream; empty when there is none. */
  Optional<ArtifactContent> open(ArtifactKey key);

  /**
   * A part of the object, as a stream; empty when there is no object. A range that begins at or
   * beyond the object's end gives a stream without bytes.
   */
  Optional<ArtifactContent> open(ArtifactKey key, ByteRange range);

  /**
   * A part of the object in memory; shorter than asked for when the object ends before. Empty when
   * there is no object.
   */
  Optional<byte[]> read(ArtifactKey key, ByteRange range);

  /** Deletes the object; without effect when there is none. */
  void delete(ArtifactKey key);

  /**
   * Shows every object whose key begins with {@code prefix}, in the order of the keys. Objects
   * whose names are no keys of ours are passed over.
   */
  void list(String prefix, Consumer<ArtifactInfo> each);
}
