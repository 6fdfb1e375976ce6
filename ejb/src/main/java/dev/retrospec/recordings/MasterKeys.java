package dev.retrospec.recordings;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that wrap the sessions' keys. Several may be known, so that a new one can be introduced
 * while the old one still opens what it wrapped; the first one wraps. Never logged: {@link
 * #toString} names ids only.
 */
public final class MasterKeys {

  private static final int KEY_BYTES = 32;

  private final Map<String, SecretKey> byId;
  private final String newest;

  private MasterKeys(Map<String, SecretKey> byId, String newest) {
    this.byId = byId;
    this.newest = newest;
  }

  /**
   * Reads {@code id:base64} entries, separated by commas or white space, the newest first; each key
   * is 32 bytes. A single key may stand without an id and is then called {@code 1}.
   *
   * @throws IllegalArgumentException that names the entry's place, never its content
   */
  public static MasterKeys parse(String setting) {
    Map<String, SecretKey> keys = new LinkedHashMap<>();
    String newest = "";
    for (String entry : setting.strip().split("[,\\s]+")) {
      int colon = entry.indexOf(':');
      String id = colon < 0 ? Integer.toString(keys.size() + 1) : entry.substring(0, colon);
      String where = "master key number " + (keys.size() + 1);
      byte[] key = decoded(where, entry.substring(colon + 1));
      if (id.isBlank() || keys.put(id, new SecretKeySpec(key, "AES")) != null) {
        throw new IllegalArgumentException(where + " needs an id of its own");
      }
      newest = newest.isEmpty() ? id : newest;
    }
    return new MasterKeys(Map.copyOf(keys), newest);
  }

  private static byte[] decoded(String where, String base64) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + " is not base64", e);
    }
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(where + " is not " + KEY_BYTES + " bytes long");
    }
    return key;
  }

  /** The id of the key that wraps. */
  String newest() {
    return newest;
  }

  /**
   * @throws UnreadableRecording when this key is not known any more
   */
  SecretKey byId(String id) {
    SecretKey key = byId.get(id);
    if (key == null) {
      throw new UnreadableRecording("the master key " + id + " is not configured");
    }
    return key;
  }

  @Override
  public String toString() {
    return "MasterKeys" + byId.keySet();
  }
}
