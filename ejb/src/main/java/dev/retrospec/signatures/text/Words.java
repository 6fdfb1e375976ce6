package dev.retrospec.signatures.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a message's template: lower case, without masks, in their order. */
public final class Words {

  /** A mask, or a word of letters and digits in any script; names keep their inner signs. */
  private static final Pattern TOKEN =
      Pattern.compile("<[a-z]{1,8}>|[\\p{L}\\p{N}_$]++(?:[.'-][\\p{L}\\p{N}_$]++)*+");

  private static final Pattern MASK = Pattern.compile("<[a-z]{1,8}>");

  /** A longer one is data. */
  private static final int MAX_WORD = 80;

  private static final Pattern PARTS =
      Pattern.compile(
          "[^\\p{L}\\p{N}]++|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{L})(?=\\p{Lu}\\p{Ll})");

  private Words() {}

  public static List<String> of(String template) {
    List<String> words = new ArrayList<>();
    Matcher token = TOKEN.matcher(template);
    while (token.find()) {
      if (token.end() - token.start() <= MAX_WORD && template.charAt(token.start()) != '<') {
        words.add(token.group().toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }

  /** Neighbours, joined by a space. */
  public static List<String> pairs(List<String> words) {
    List<String> pairs = new ArrayList<>(words.size());
    for (int at = 1; at < words.size(); at++) {
      pairs.add(words.get(at - 1) + " " + words.get(at));
    }
    return pairs;
  }

  /** {@code RetryPolicy.nextDelay} → retry, policy, next, delay: how people search for names. */
  public static List<String> parts(String names) {
    List<String> parts = new ArrayList<>();
    for (String part : PARTS.split(MASK.matcher(names).replaceAll(" "))) {
      if (part.length() > 1) {
        parts.add(part.toLowerCase(Locale.ROOT));
      }
    }
    return parts;
  }
}
