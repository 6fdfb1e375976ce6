package dev.retrospec.testruns;

import static dev.retrospec.testruns.RunDesk.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.testruns.TestResult.Failure;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** With all of them in the memory, the run would not be stored within its transaction. */
class LargeRunTest {

  @Test
  void ofTwentyThousandDifferentFailuresAllAreStoredAndSomeRemembered() {
    RunDesk desk = new RunDesk();
    Random random = new Random(7);
    List<String> words = Stream.generate(() -> word(random)).limit(3_000).toList();
    RunDesk.Submission large = run("c1");
    for (int i = 0; i < 20_000; i++) {
      large.failing("Suite.test" + i, different(random, words));
    }
    RunAnswer answer = desk.stored(large);

    assertThat(desk.find(answer.testRunId()).failed()).isEqualTo(20_000);
    assertThat(remembered(desk)).isEqualTo(RedTests.MAX_REMEMBERED);
  }

  private static int remembered(RunDesk desk) {
    return desk.database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from failed_test"
                            + " where project_id = :project and pattern_id is not null")
                    .bind("project", desk.project)
                    .mapTo(Integer.class)
                    .one());
  }

  private static Failure different(Random random, List<String> words) {
    StringBuilder stack = new StringBuilder();
    String type = "com." + one(random, words) + "." + one(random, words) + "Exception";
    String message =
        one(random, words) + " " + one(random, words) + " " + one(random, words) + " is missing";
    stack.append(type).append(": ").append(message).append('\n');
    for (int i = 0; i < 12; i++) {
      String name = one(random, words);
      stack
          .append("\tat com.shop.")
          .append(one(random, words))
          .append('.')
          .append(name)
          .append('.')
          .append(one(random, words))
          .append('(')
          .append(name)
          .append(".java:12)\n");
    }
    return new Failure(type, message, stack.toString());
  }

  private static String one(Random random, List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }
}
