package dev.retrospec.privacy;

import java.util.Locale;
import java.util.Set;

/** Names of fields, headers and parameters whose values are secrets, whatever they look like. */
public final class SecretNames {

  private static final String[] PARTS = {
    "password",
    "passwd",
    "secret",
    "apikey",
    "api_key",
    "api-key",
    "authorization",
    "cookie",
    "credential",
    "private_key",
    "privatekey",
    "access_token",
    "accesstoken",
    "refresh_token",
    "refreshtoken",
    "csrf",
    "xsrf"
  };

  /** Too short or too common to be looked for inside a longer name. */
  private static final Set<String> EXACT =
      Set.of("otp", "cvv", "cvc", "pin", "pwd", "sid", "jwt", "token", "auth");

  private static final int LONGEST = 64;

  private SecretNames() {}

  /** In any case; a name of more than 64 characters is none. */
  public static boolean isSecret(String name) {
    if (name.length() < 3 || name.length() > LONGEST) {
      return false;
    }
    String lower = hasUpperCase(name) ? name.toLowerCase(Locale.ROOT) : name;
    for (String part : PARTS) {
      if (lower.contains(part)) {
        return true;
      }
    }
    return EXACT.contains(lower);
  }

  private static boolean hasUpperCase(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isUpperCase(name.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
