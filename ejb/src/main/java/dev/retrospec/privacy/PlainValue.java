package dev.retrospec.privacy;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether what stands behind a secret's name is the secret, or code, a type, a placeholder or prose
 * about it. What is not known to be harmless is a secret.
 */
final class PlainValue {

  /** A longer one is no code that could be told at sight. */
  private static final int LONGEST_CODE = 512;

  private static final Set<String> HARMLESS =
      Set.of(
          ("string str number boolean bool int integer long char text void any unknown never object"
                  + " null none nil undefined true false yes no on off byte bytes required optional"
                  + " missing invalid valid expired present absent empty redacted masked hidden"
                  + " include omit same-origin basic bearer oauth2 inherit write read default auto"
                  + " async await new typeof return function class import export self this lambda"
                  + " not type symbol bigint")
              .split(" "));

  private static final Pattern TYPE =
      Pattern.compile("[*&?]?(?:u?int|uint|float|big|i|u|f)\\d{1,3}(?:array)?[?!]?");

  /** {@code read(}, {@code args[}, {@code new}. */
  private static final Pattern CALL = Pattern.compile("[A-Za-z_$][\\w.$:]{0,128}+[(\\[].*");

  private static final Pattern OPERATOR = Pattern.compile("\\|\\||\\?\\?|&&|=>|->");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][\\w$]*+");
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z_$][\\w$]*+(?:(?:[!?]?\\.|::)#?[A-Za-z_$][\\w$]*+)+");
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:[A-Z_][A-Z0-9_]*|[a-z_]+|\\d|[({].*)|%[({].*|%[A-Za-z]|%[A-Z_]+%");

  /** Of a library that is named like a secret. */
  private static final Pattern VERSION = Pattern.compile("[~^<>=v]*\\d+\\.\\d+\\.[\\w.+-]+");

  private static final Pattern PARSERS_WORD = Pattern.compile("[\\\\A-Za-z-]{1,12}");
  private static final Pattern POSITION = Pattern.compile("\\d+(?::\\d+)?");
  private static final Set<String> HOLDERS =
      Set.of(
          "this", "self", "process", "os", "system", "env", "secrets", "vars", "config", "props");
  private static final Set<String> NUMERIC =
      Set.of("pin", "otp", "cvv", "cvc", "passcode", "password", "passwd", "pwd", "passphrase");

  private static final Pattern PLACEHOLDERS =
      Pattern.compile(
          "\\$?\\{\\{[^{}]*+\\}\\}|\\$?\\{[^{}]*+\\}|#\\{[^{}]*+\\}|\\$\\([^()]*+\\)|<[^<>]*+>"
              + "|\\$[A-Z_][A-Z0-9_]*|%[sdv]|\\[(?:token|secret|jwt|value)\\]|(?i:bearer|basic|token)|\\s");

  private PlainValue() {}

  /** Whether the whole of a quoted value says nothing. */
  static boolean isHarmlessQuoted(String name, String value) {
    if (value.length() > LONGEST_CODE) {
      return false;
    }
    return isHarmlessWord(name, value)
        || isTag(value)
        || VERSION.matcher(value).matches()
        || PLACEHOLDERS.matcher(value).replaceAll("").isEmpty()
        || value.chars().noneMatch(Character::isLetterOrDigit)
        || ("#.".indexOf(value.charAt(0)) >= 0 && isSameWord(name, value));
  }

  private static boolean isHarmlessWord(String name, String value) {
    return HARMLESS.contains(value.toLowerCase(Locale.ROOT)) || isSameWord(name, value);
  }

  private static boolean isTag(String value) {
    if (value.charAt(0) != '[') {
      return false;
    }
    for (ScrubRule rule : ScrubRule.values()) {
      if (value.equals(rule.tag())) {
        return true;
      }
    }
    return false;
  }

  /** {@code token: TOKEN}, {@code password = this.password}. */
  private static boolean isSameWord(String name, String value) {
    return letters(value).equals(letters(name.substring(name.lastIndexOf('.') + 1)));
  }

  private static String letters(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    text.chars()
        .filter(Character::isLetterOrDigit)
        .forEach(c -> letters.append((char) Character.toLowerCase(c)));
    return letters.toString();
  }

  /** A short word that a parser compares its token with. */
  static boolean isParsersWord(String name, String value) {
    return SecretNames.isAnyToken(name) && PARSERS_WORD.matcher(value).matches();
  }

  /** How an unquoted value stands in its line. */
  enum Form {
    /** {@code name=value}. */
    TIGHT,
    /** {@code name = value}. */
    SPACED,
    /** {@code name: value}. */
    COLON,
    /** {@code name:value}. */
    TIGHT_COLON
  }

  /**
   * @param leads whether the name begins the line
   * @param ends whether the line ends behind the value
   * @param statement whether a semicolon follows
   */
  static boolean isSecret(
      String name, String value, Form form, boolean leads, boolean ends, boolean statement) {
    if (value.length() < 3 || "*:".indexOf(value.charAt(0)) >= 0 || value.startsWith("//")) {
      return false;
    }
    if (value.length() > LONGEST_CODE) {
      return true;
    }
    if (POSITION.matcher(value).matches()) {
      boolean numeric = NUMERIC.contains(name.toLowerCase(Locale.ROOT));
      int least = numeric || form == Form.TIGHT ? 4 : 6;
      return value.length() >= least && value.indexOf(':') < 0;
    }
    if (isHarmlessWord(name, value)
        || isAlternativeTypes(value)
        || TYPE.matcher(value.toLowerCase(Locale.ROOT)).matches()
        || VARIABLE.matcher(value).matches()
        || CALL.matcher(value).matches()
        || VERSION.matcher(value).matches()
        || OPERATOR.matcher(value).find()
        || value.startsWith("http://")
        || value.startsWith("https://")) {
      return false;
    }
    boolean code = form == Form.SPACED && statement;
    boolean digit = value.chars().anyMatch(Character::isDigit);
    if (IDENTIFIER.matcher(value).matches()) {
      return !code
          && !isSecretVariable(name, value)
          && isSecretWord(value, form, digit, leads && ends);
    }
    if (PATH.matcher(value).matches()) {
      String first = value.substring(0, value.indexOf('.') < 0 ? 0 : value.indexOf('.'));
      boolean holder = HOLDERS.contains(first.replace("?", "").toLowerCase(Locale.ROOT));
      boolean secret = SecretNames.isSecretInText(value);
      return !code && !holder && !secret && (digit || (form == Form.TIGHT && isVariable(name)));
    }
    boolean expression = form == Form.SPACED && value.charAt(0) == '/';
    return !code
        && !expression
        && (form != Form.TIGHT_COLON || digit)
        && (ends || form == Form.TIGHT || value.length() >= 6);
  }

  /** {@code string|null}, {@code string[]}. */
  private static boolean isAlternativeTypes(String value) {
    for (String type : value.split("[|?!\\[]+")) {
      if (!type.isEmpty() && !HARMLESS.contains(type.toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSecretWord(String word, Form form, boolean digit, boolean alone) {
    return switch (form) {
      case TIGHT -> true;
      case SPACED -> digit;
      case COLON, TIGHT_COLON ->
          digit || (form == Form.COLON && alone && word.length() > 4 && isLower(word));
    };
  }

  /** {@code newPassword}, {@code API_KEY}: words of which the last is a secret's name. */
  private static boolean isSecretVariable(String name, String word) {
    boolean compound = word.indexOf('_') > 0 || !word.substring(1).equals(lower(word.substring(1)));
    return compound
        && !isUpperWithDigits(word)
        && (SecretNames.isSecretInText(word) || letters(word).endsWith(letters(name)));
  }

  private static boolean isUpperWithDigits(String word) {
    return word.indexOf('_') < 0 && word.equals(word.toUpperCase(Locale.ROOT));
  }

  private static boolean isVariable(String name) {
    return name.equals(name.toUpperCase(Locale.ROOT));
  }

  private static boolean isLower(String word) {
    return word.equals(lower(word));
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
