package dev.retrospec.recordings;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.security.SecureRandom;
import javax.crypto.SecretKey;

/**
 * Seals and opens the chunks of one session. Each chunk is bound to its project, session and
 * number: in another place it does not open. Safe for several threads.
 */
public final class SessionCipher {

  private static final String PURPOSE = "chunk";

  private final SecretKey key;
  private final SecureRandom random;

  SessionCipher(SecretKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /** What binds a chunk to its place: the {@code aad} of {@link #seal} and {@link #open}. */
  public static byte[] aad(ProjectId project, SessionId session, ChunkNumber number) {
    return AesGcm.binding(
        PURPOSE, project.value(), session.value(), Integer.toString(number.value()));
  }

  /**
   * @return 29 bytes longer than {@code plain}; different each time
   */
  public byte[] seal(byte[] plain, byte[] aad) {
    return AesGcm.seal(key, plain, aad, random);
  }

  /**
   * @throws UnreadableRecording when the bytes, the key or the place are not the ones they were
   *     sealed with
   */
  public byte[] open(byte[] sealed, byte[] aad) {
    return AesGcm.open(key, sealed, aad);
  }
}
