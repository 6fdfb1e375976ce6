package dev.retrospec.projects;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash under which a key is stored and compared. Keys are 256 random bits, so that a plain hash
 * suffices: there is nothing to guess that a slow hash would protect.
 */
public final class Sha256 {

  private Sha256() {}

  public static byte[] of(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Takes the same time wherever the two differ. */
  public static boolean sameSecret(String one, String other) {
    return MessageDigest.isEqual(of(one), of(other));
  }
}
