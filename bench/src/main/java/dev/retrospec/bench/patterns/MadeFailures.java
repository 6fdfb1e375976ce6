package dev.retrospec.bench.patterns;

import dev.retrospec.signatures.FailureText;
import java.util.Random;

/**
 * Failures of an imagined code base of 4,000 classes: some fail often, most seldom, and all share
 * frames, words and types with others. The same number gives the same failure.
 */
final class MadeFailures {

  private static final int CLASSES = 4_000;
  private static final int WORDS = 3_000;
  private static final int TYPES = 60;
  private static final int DEPTH = 10;

  private MadeFailures() {}

  static FailureText of(long number) {
    return made(number, 0);
  }

  /** The same cause on another day: other lines, one more call, another number in the message. */
  static FailureText again(long number) {
    return made(number, 1);
  }

  private static FailureText made(long number, int day) {
    Random random = new Random(number * 31 + 7);
    String type = "Type" + skewed(random, TYPES) + "Exception";
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      message.append(word(skewed(random, WORDS))).append(' ');
    }
    message.append("of ").append(word(random.nextInt(WORDS))).append(random.nextInt(100));
    message.append(" in attempt ").append(1_000 + day);
    StringBuilder stack = new StringBuilder("com.shop." + type + ": " + message + "\n");
    for (int i = 0; i < DEPTH; i++) {
      int name = i == 0 ? random.nextInt(CLASSES) : skewed(random, CLASSES);
      if (day > 0 && i == 3) {
        stack.append("\tat com.shop.net.Retrying.call(Retrying.java:9)\n");
      }
      stack.append(
          "\tat com.shop.%s.%sPart%d.step%d(%sPart%d.java:%d)\n"
              .formatted(
                  word(name % 50),
                  upper(word(name % 700)),
                  name,
                  name % 7,
                  upper(word(name % 700)),
                  name,
                  10 + name % 90 + day));
    }
    return new FailureText("com.shop." + type, message.toString(), stack.toString());
  }

  /** Small numbers often, large ones seldom. */
  private static int skewed(Random random, int most) {
    double share = random.nextDouble();
    return (int) (share * share * share * most);
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
