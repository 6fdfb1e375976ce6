package dev.retrospec.bench.patterns;

import dev.retrospec.signatures.FailureText;
import java.util.SplittableRandom;

/**
 * Failures of an imagined code base. Classes, words, types and the templates of messages follow
 * Zipf's law, as names in real code and words in real text do: some stand in a tenth of all
 * failures, most in a few. Most calls have one of three usual callers, so that failures share whole
 * stretches of their stacks. The same number gives the same failure.
 */
final class MadeFailures {

  private static final int CLASSES = 100_000;
  private static final int WORDS = 30_000;
  private static final int TEMPLATES = 50_000;
  private static final int TYPES = 300;
  private static final int DEPTH = 10;
  private static final double USUAL_CALLER = 0.7;

  private MadeFailures() {}

  static FailureText of(long number) {
    return made(number, 0);
  }

  /** The same cause on another day: other lines, one more call, another number in the message. */
  static FailureText again(long number) {
    return made(number, 1);
  }

  private static FailureText made(long number, int day) {
    SplittableRandom random = new SplittableRandom(number);
    int template = zipf(random, TEMPLATES);
    String type = "com.shop.Type" + zipf(new SplittableRandom(-template), TYPES) + "Exception";
    String message =
        "%s %s in %s, attempt %d"
            .formatted(
                template(template),
                word(zipf(random, WORDS)),
                word(zipf(random, WORDS)),
                1_000 + day);
    StringBuilder stack = new StringBuilder(type + ": " + message + "\n");
    int name = zipf(random, CLASSES);
    for (int i = 0; i < DEPTH; i++) {
      if (day > 0 && i == 3) {
        stack.append("\tat com.shop.net.Retrying.call(Retrying.java:9)\n");
      }
      stack.append(call(name, day));
      name =
          random.nextDouble() < USUAL_CALLER
              ? zipf(new SplittableRandom(name * 3L + random.nextInt(3)), CLASSES)
              : zipf(random, CLASSES);
    }
    return new FailureText(type, message, stack.toString());
  }

  private static String template(int number) {
    SplittableRandom random = new SplittableRandom(number);
    StringBuilder words = new StringBuilder();
    for (int i = 4 + random.nextInt(4); i > 0; i--) {
      words.append(word(zipf(random, WORDS))).append(' ');
    }
    return words.append("of").toString();
  }

  private static String call(int name, int day) {
    String file = upper(word(name % 700)) + "Part" + name;
    return "\tat com.shop.%s.%s.step%d(%s.java:%d)\n"
        .formatted(word(name % 50), file, name % 7, file, 10 + name % 90 + day);
  }

  /** The n-th about 1/n times as often as the first. */
  private static int zipf(SplittableRandom random, int most) {
    return (int) Math.pow(most, random.nextDouble()) - 1;
  }

  private static String word(int number) {
    StringBuilder word = new StringBuilder();
    for (int rest = number + 27; rest > 0; rest /= 13) {
      word.append("bcdfgklmnprst".charAt(rest % 13)).append("aeiou".charAt(rest % 5));
    }
    return word.toString();
  }

  private static String upper(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
