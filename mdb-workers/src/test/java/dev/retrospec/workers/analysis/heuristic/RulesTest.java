package dev.retrospec.workers.analysis.heuristic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What all rules have in common. */
class RulesTest {

  @Test
  void idsAreDifferentAndStoredAsTheyAre() {
    assertThat(HeuristicAnalyzer.RULES)
        .extracting(Rule::id)
        .doesNotHaveDuplicates()
        .containsExactly(
            "reload_loop",
            "faces_ajax_error",
            "graphql_error",
            "missing_resource",
            "request_timeout",
            "slow_request",
            "validation_loop",
            "blocked_form",
            "covered_element",
            "exception_before_effect",
            "swallowed_error",
            "endless_spinner",
            "script_error",
            "failed_request",
            "dead_control",
            "no_effect");
  }
}
