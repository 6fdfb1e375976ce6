package dev.retrospec.projects;

/**
 * A new key and, this once, its secret.
 *
 * @param raw what the client sends; only its hash is stored
 */
public record MintedKey(ApiKey key, String raw) {

  @Override
  public String toString() {
    return "MintedKey[" + key.id() + "]";
  }
}
