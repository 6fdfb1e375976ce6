package dev.retrospec.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.TestRunId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunLineTest {

  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @ParameterizedTest
  @ValueSource(
      strings = {"tea/shop", "https://github.com/tea/shop", "https://github.com/tea/shop.git"})
  void leadsToGitHub(String repository) {
    RunLine run = run(repository, COMMIT);

    assertThat(run.pullRequestUrl()).isEqualTo("https://github.com/tea/shop/pull/7");
    assertThat(run.commitUrl()).isEqualTo("https://github.com/tea/shop/commit/" + COMMIT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "shop", "https://git.tea.example/tea/shop", "javascript:a/b", "a/b/c"})
  void leadsNowhereWhereItWouldHaveToGuess(String repository) {
    assertThat(run(repository, COMMIT).pullRequestUrl()).isNull();
    assertThat(run(repository, COMMIT).commitUrl()).isNull();
  }

  @Test
  void whatIsNoCommitIsNoLink() {
    assertThat(run("tea/shop", "../../evil").commitUrl()).isNull();
    assertThat(run("tea/shop", COMMIT).shortCommit()).isEqualTo("012345678");
  }

  @Test
  void countsWhatPassedAtOnce() {
    RunLine run = run("tea/shop", COMMIT);

    assertThat(run.passed()).isEqualTo(4);
    assertThat(run.percentOf(run.failed())).isEqualTo(20);
  }

  private static RunLine run(String repository, String commit) {
    return new RunLine(
        TestRunId.mint(),
        repository,
        commit,
        "main",
        null,
        "ada",
        "failed",
        7,
        "junit",
        null,
        10,
        2,
        1,
        3,
        Instant.EPOCH);
  }
}
