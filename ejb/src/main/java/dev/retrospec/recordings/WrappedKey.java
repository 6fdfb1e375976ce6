package dev.retrospec.recordings;

/**
 * A session's data key, encrypted by a master key: what is stored. Deleting it erases the session's
 * recording wherever its bytes are.
 *
 * @param masterKeyId which master key opens it
 */
public record WrappedKey(String masterKeyId, byte[] wrapped) {

  @Override
  public String toString() {
    return "WrappedKey[" + masterKeyId + "]";
  }
}
