package dev.retrospec.recordings;

import dev.retrospec.artifacts.ArtifactContent;
import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.artifacts.ByteRange;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What is made of a recording and shows as much as it does, sealed with the session's key: with the
 * key it is gone, wherever copies of it are. Sealed in blocks, so that any part can be opened
 * without what stands before it; each block is bound to its object, its place and whether it is the
 * last one.
 */
@ApplicationScoped
public class SealedObjects {

  /** Of what is opened for the first byte that somebody asks for. */
  static final int BLOCK_BYTES = 64 * 1024;

  private static final int SEALED_BLOCK_BYTES = BLOCK_BYTES + AesGcm.OVERHEAD_BYTES;
  private static final String ENDING = ".sealed";
  private static final String PURPOSE = "object";

  private final ArtifactStore store;
  private final SessionCiphers ciphers;

  @Inject
  public SealedObjects(Jdbi jdbi, ArtifactStore store, SessionKeys keys) {
    this.store = store;
    this.ciphers = new SessionCiphers(jdbi, keys);
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected SealedObjects() {
    this.store = null;
    this.ciphers = null;
  }

  /** Where the sealed form of an object stands. */
  public static ArtifactKey keyOf(ArtifactKey plain) {
    return new ArtifactKey(plain.value() + ENDING);
  }

  public static boolean isSealed(ArtifactKey key) {
    return key.value().endsWith(ENDING);
  }

  /** How long what is sealed in so many bytes is. */
  public static long plainBytes(long sealedBytes) {
    return sealedBytes - AesGcm.OVERHEAD_BYTES * pieces(sealedBytes, SEALED_BLOCK_BYTES);
  }

  /**
   * Seals a file into another one; what that holds is to be stored under the key.
   *
   * @param recordedAs whose chunks hold the recording
   * @return false when there is no key to seal it with: the recording was erased
   */
  public boolean seal(
      ProjectId project, SessionId recordedAs, ArtifactKey key, Path plain, Path sealed)
      throws IOException {
    Optional<SessionCipher> cipher = ciphers.find(project, recordedAs);
    if (cipher.isEmpty()) {
      return false;
    }
    long blocks = pieces(Files.size(plain), BLOCK_BYTES);
    try (InputStream in = Files.newInputStream(plain);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(sealed))) {
      for (long index = 0; index < blocks; index++) {
        byte[] block = in.readNBytes(BLOCK_BYTES);
        out.write(cipher.get().seal(block, place(key, index, index == blocks - 1)));
      }
    }
    return true;
  }

  /**
   * The object, or a part of it, opened while it is read; then, what was changed is an {@link
   * UnreadableRecording}.
   *
   * @param range of the opened bytes; null for all of them
   * @return empty when there is no object, or no key any more
   */
  public Optional<ArtifactContent> open(
      ProjectId project, SessionId recordedAs, ArtifactKey key, @Nullable ByteRange range) {
    return ciphers
        .find(project, recordedAs)
        .flatMap(cipher -> found(key, range).map(content -> opened(content, cipher, key, range)));
  }

  private Optional<ArtifactContent> found(ArtifactKey key, @Nullable ByteRange range) {
    if (range == null) {
      return store.open(key);
    }
    long first = range.offset() / BLOCK_BYTES;
    if (range.isOpen()) {
      return store.open(key, ByteRange.from(first * SEALED_BLOCK_BYTES));
    }
    long blocks = range.last() / BLOCK_BYTES - first + 1;
    return store.open(key, new ByteRange(first * SEALED_BLOCK_BYTES, blocks * SEALED_BLOCK_BYTES));
  }

  private static ArtifactContent opened(
      ArtifactContent sealed, SessionCipher cipher, ArtifactKey key, @Nullable ByteRange range) {
    long size = plainBytes(sealed.sizeBytes());
    long offset = range == null ? 0 : Math.min(range.offset(), size);
    long length = range == null ? size : Math.min(range.length(), size - offset);
    long blocks = pieces(size, BLOCK_BYTES);
    OpenedBlocks.Opener opener =
        (index, block) -> cipher.open(block, place(key, index, index == blocks - 1));
    return new ArtifactContent(
        new OpenedBlocks(sealed.stream(), SEALED_BLOCK_BYTES, opener, offset, length),
        offset,
        length,
        size,
        sealed.contentType());
  }

  private static byte[] place(ArtifactKey key, long index, boolean isLast) {
    return AesGcm.binding(PURPOSE, key.value(), Long.toString(index), isLast ? "last" : "");
  }

  private static long pieces(long bytes, int piece) {
    return (bytes + piece - 1) / piece;
  }
}
