package dev.retrospec.privacy;

import java.util.ArrayList;
import java.util.List;
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

  /** A name that ends in one of these words names a secret. */
  private static final Set<String> LAST_WORDS =
      Set.of(
          ("password passwords passwd pwd passphrase passcode secret secrets token jwt otp cvv cvc"
                  + " credential credentials authorization cookie cookies csrf xsrf sessid phpsessid"
                  + " jsessionid")
              .split(" "));

  /** The same where the words of a name are written together, as in {@code authtoken}. */
  private static final String[] ENDINGS = {
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "secretkey",
    "privatekey",
    "sessionid",
    "sessid"
  };

  /** Whose key is a secret; most keys are not. */
  private static final Set<String> OF_KEYS =
      Set.of(
          ("api access private secret encryption signing account master auth shared"
                  + " subscription deploy")
              .split(" "));

  private static final Set<String> WHOLE = Set.of("pin", "auth", "session", "sid");

  /** They say which one of several it is, or how it is written. */
  private static final Set<String> MODIFIERS =
      Set.of(
          "confirmation confirm confirmed repeat again value verify base encrypted raw hash"
              .split(" "));

  /** Endings of what is about a secret without being one, as {@code passwordField}. */
  private static final Set<String> ABOUT =
      Set.of(
          ("field input label placeholder name names url uri type length min max policy strength"
                  + " rule rules hint help text title error errors message reset form visible hidden"
                  + " required count index id ids page path file dir expires expiry expired ttl age at"
                  + " date domain enabled disabled banner consent provider manager service store"
                  + " handler endpoint header param prefix suffix regex pattern validator schema"
                  + " toggle button icon screen view link test tests it spec stdin parser option"
                  + " options config exception failure controller repository factory entity dto filter"
                  + " encoder component module dialog modal version algorithm format ref rotation"
                  + " lifetime jar size mode scheme realm fixture secretary")
              .split(" "));

  /** They tell a login's token from a parser's. */
  private static final Set<String> LOGIN_WORDS =
      Set.of(
          ("auth access refresh api bearer id csrf xsrf session secret user github gitlab npm slack"
                  + " bot deploy reset login jwt")
              .split(" "));

  private static final int LONGEST = 64;

  private SecretNames() {}

  /**
   * By what the name contains or ends in, in any case: for fields of JSON, headers and inputs,
   * where a harmless value that is lost costs little. A name of more than 64 characters is none.
   */
  public static boolean isSecret(String name) {
    if (name.length() < 3 || name.length() > LONGEST) {
      return false;
    }
    String lower = hasUpperCase(name) ? name.toLowerCase(Locale.ROOT) : name;
    return containsPart(lower) || EXACT.contains(lower) || endsInSecret(words(name));
  }

  /**
   * The same for text and code, where what only speaks of a secret ({@code passwordField}, {@code
   * BadCredentialsException}, {@code password.ts}) must stay readable.
   */
  static boolean isSecretInText(String name) {
    if (name.length() < 3 || name.length() > LONGEST) {
      return false;
    }
    List<String> words = words(name);
    if (words.isEmpty()) {
      return false;
    }
    if (endsInSecret(words) || (words.size() > 1 && name.endsWith("_PASS"))) {
      return true;
    }
    String last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return containsPart(last) && !ABOUT.contains(words.get(words.size() - 1));
  }

  /**
   * Whether the name speaks of a token of nobody knows what: of a parser's as well as of a login's.
   */
  static boolean isAnyToken(String name) {
    List<String> words = words(name);
    return words.stream().anyMatch(word -> word.equals("token"))
        && words.stream().noneMatch(LOGIN_WORDS::contains);
  }

  private static boolean containsPart(String lower) {
    for (String part : PARTS) {
      if (lower.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsInSecret(List<String> words) {
    int last = words.size() - 1;
    while (last > 0 && MODIFIERS.contains(words.get(last))) {
      last--;
    }
    if (last < 0) {
      return false;
    }
    String word = words.get(last);
    if (LAST_WORDS.contains(word) || (last == 0 && WHOLE.contains(word))) {
      return true;
    }
    if (last > 0) {
      String before = words.get(last - 1);
      if ((word.equals("key") && OF_KEYS.contains(before))
          || (word.equals("id") && before.startsWith("sess"))
          || (word.equals("sid") && before.equals("connect"))) {
        return true;
      }
    }
    for (String ending : ENDINGS) {
      if (word.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  /** {@code userAuthToken2} and {@code user-auth_token} are user, auth, token. */
  private static List<String> words(String name) {
    List<String> words = new ArrayList<>(4);
    StringBuilder word = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean upper = Character.isUpperCase(c);
      boolean begins =
          upper
              && i > 0
              && (Character.isLowerCase(name.charAt(i - 1))
                  || (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1))));
      if (begins || !Character.isLetter(c)) {
        add(words, word);
      }
      if (Character.isLetter(c)) {
        word.append(Character.toLowerCase(c));
      }
    }
    add(words, word);
    return words;
  }

  private static void add(List<String> words, StringBuilder word) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
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
