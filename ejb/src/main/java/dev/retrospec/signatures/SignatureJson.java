package dev.retrospec.signatures;

import dev.retrospec.platform.json.Json;

/** The stored form of a signature; what is written by this version is read by all later ones. */
public final class SignatureJson {

  private SignatureJson() {}

  public static String write(FailureSignature signature) {
    return Json.write(signature);
  }

  /**
   * @throws IllegalArgumentException when the text is no signature
   */
  public static FailureSignature read(String json) {
    return Json.read(json, FailureSignature.class);
  }
}
