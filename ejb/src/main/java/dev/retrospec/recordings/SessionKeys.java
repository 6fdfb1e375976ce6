package dev.retrospec.recordings;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes, wraps and unwraps the data keys of sessions: AES-256, wrapped by AES-256-GCM and bound to
 * the project and the session, so that a stored key cannot be moved to another one. Safe for
 * several threads.
 */
public final class SessionKeys {

  private static final int KEY_BYTES = 32;
  private static final String PURPOSE = "session-key";

  private final MasterKeys masterKeys;
  private final SecureRandom random = new SecureRandom();

  public SessionKeys(MasterKeys masterKeys) {
    this.masterKeys = masterKeys;
  }

  /** A session's new key, open and as it is to be stored. */
  public record NewKey(SessionCipher cipher, WrappedKey wrapped) {}

  public NewKey mint(ProjectId project, SessionId session) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return new NewKey(cipher(key), wrap(project, session, key));
  }

  /**
   * @throws UnreadableRecording when the master key is not known, or the key is not this session's
   */
  public SessionCipher open(ProjectId project, SessionId session, WrappedKey wrapped) {
    return cipher(unwrap(project, session, wrapped));
  }

  /** The id of the master key that wraps now. */
  public String wrappingKeyId() {
    return masterKeys.newest();
  }

  /** The same data key under the newest master key; the chunks stay as they are. */
  public WrappedKey rewrap(ProjectId project, SessionId session, WrappedKey wrapped) {
    return wrap(project, session, unwrap(project, session, wrapped));
  }

  private WrappedKey wrap(ProjectId project, SessionId session, byte[] key) {
    String id = masterKeys.newest();
    byte[] sealed = AesGcm.seal(masterKeys.byId(id), key, binding(project, session), random);
    return new WrappedKey(id, sealed);
  }

  private byte[] unwrap(ProjectId project, SessionId session, WrappedKey wrapped) {
    SecretKey master = masterKeys.byId(wrapped.masterKeyId());
    return AesGcm.open(master, wrapped.wrapped(), binding(project, session));
  }

  private SessionCipher cipher(byte[] key) {
    return new SessionCipher(new SecretKeySpec(key, "AES"), random);
  }

  private static byte[] binding(ProjectId project, SessionId session) {
    return AesGcm.binding(PURPOSE, project.value(), session.value());
  }
}
