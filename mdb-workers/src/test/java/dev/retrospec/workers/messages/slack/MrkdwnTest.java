package dev.retrospec.workers.messages.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MrkdwnTest {

  @Test
  void writesHeadingsAndListsAsSlackDoes() {
    assertThat(Mrkdwn.fromMarkdown("## Cause\n\n  - **one**\n+ two\n\n-not"))
        .isEqualTo("*Cause*\n\n• *one*\n• two\n\n-not");
  }

  @Test
  @Timeout(10)
  void longStretchesAreReadInLinearTime() {
    for (String piece : List.of("\n", " ", "\n\t", "#", "# \n", "-", "*")) {
      assertThat(Mrkdwn.fromMarkdown("a\n" + piece.repeat(200_000) + "b")).isNotEmpty();
    }
  }
}
