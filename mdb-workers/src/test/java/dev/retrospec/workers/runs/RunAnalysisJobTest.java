package dev.retrospec.workers.runs;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.retrospec.testruns.RunDesk.refused;
import static dev.retrospec.testruns.RunDesk.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.retrospec.ids.JobId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobGivenUp;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.platform.json.Json;
import dev.retrospec.platform.openai.ModelUnavailable;
import dev.retrospec.platform.openai.OpenAiServer;
import dev.retrospec.testruns.RunAnalysisConfig;
import dev.retrospec.testruns.RunAnswer;
import dev.retrospec.testruns.RunDesk;
import dev.retrospec.testruns.TestResult.Failure;
import dev.retrospec.testruns.TestRunView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunAnalysisJobTest {

  @RegisterExtension
  static final WireMockExtension MODEL =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  private final RunAnalysisConfig config =
      new RunAnalysisConfig(
          new RunAnalysisConfig.Model(
              new OpenAiServer(MODEL.baseUrl(), "secret-key"),
              "llama-test",
              Duration.ofSeconds(5)));
  private final RunDesk desk =
      new RunDesk(config, "SLACK_WEBHOOK_URL", "https://hooks.slack.test/x");
  private final RunAnalysisJob work = new RunAnalysisJob(desk.queries, desk.telling, config);

  @Test
  void addsTheModelsWordsAndThenTellsTheRun() throws Exception {
    answers(
        "{\"rootCause\":\"The API is away\",\"fix\":\"Start it\",\"confidence\":0.7,"
            + "\"evidence\":[\"F1\",\"D1\"]}");
    RunAnswer answer = fails();
    assertThat(notifications(answer)).isZero();

    desk.database.inTransaction(work.perform(job(answer.testRunId())));

    TestRunView run = desk.find(answer.testRunId());
    assertThat(run.analysedBy()).isEqualTo("llama-test");
    assertThat(run.analysisStatus()).isEqualTo("ready");
    assertThat(run.analysis())
        .contains("**Root cause:** The API is away", "70%", "**What failed:**");
    assertThat(notifications(answer)).isEqualTo(1);
    MODEL.verify(
        postRequestedFor(urlEqualTo("/v1/chat/completions"))
            .withHeader("Authorization", equalTo("Bearer secret-key"))
            .withRequestBody(matchingJsonPath("$.model", equalTo("llama-test"))));
  }

  @Test
  void showsTheModelNoSecret() throws Exception {
    answers("{\"rootCause\":\"a\",\"fix\":\"b\",\"confidence\":0.1,\"evidence\":[\"F1\"]}");
    RunAnswer answer =
        desk.stored(
            run("c1")
                .failing(
                    "t", new Failure(null, "refused ada.lovelace@example.test", "at x (y.ts:1:1)"))
                .diff("diff --git a/.env b/.env\n+DB_PASSWORD=hunter2\n"));

    work.perform(job(answer.testRunId()));

    assertThat(MODEL.getAllServeEvents().get(0).getRequest().getBodyAsString())
        .contains("refused")
        .doesNotContain("ada.lovelace", "hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json at all",
        "{}",
        "{\"rootCause\":\"a\",\"fix\":\"b\",\"confidence\":0.5,\"evidence\":[]}",
        "{\"rootCause\":\"a\",\"fix\":\"b\",\"confidence\":0.5,\"evidence\":[\"F99\"]}",
        "{\"rootCause\":\"a\",\"fix\":\"b\",\"confidence\":7,\"evidence\":[\"F1\"]}",
        "{\"rootCause\":\"\",\"fix\":\"b\",\"confidence\":0.5,\"evidence\":[\"F1\"]}"
      })
  void anAnswerThatStandsOnNothingIsNone(String text) {
    answers(text);
    RunAnswer answer = fails();

    assertThatThrownBy(() -> work.perform(job(answer.testRunId())))
        .isInstanceOf(ModelUnavailable.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 401, 429, 500})
  void anythingButSuccessIsAFailedAttempt(int status) {
    MODEL.stubFor(
        post("/v1/chat/completions")
            .willReturn(aResponse().withStatus(status).withHeader("Location", "/elsewhere")));
    RunAnswer answer = fails();

    assertThatThrownBy(() -> work.perform(job(answer.testRunId())))
        .isInstanceOf(ModelUnavailable.class)
        .hasMessageContaining(String.valueOf(status));
  }

  @Test
  void theRulesWordsStandWhenTheModelNeverAnswers() {
    RunAnswer answer = fails();

    desk.database.inTransaction(
        () -> desk.messages.outbox.givenUp.fire(new JobGivenUp(job(answer.testRunId()), "away")));

    TestRunView run = desk.find(answer.testRunId());
    assertThat(run.analysisStatus()).isEqualTo("failed");
    assertThat(run.analysis()).startsWith("**What failed:**");
    assertThat(notifications(answer)).isEqualTo(1);
  }

  private RunAnswer fails() {
    return desk.stored(
        run("c1").changing("src/auth/LoginFlow.java").failing("LoginTest", refused(8080)));
  }

  private int notifications(RunAnswer answer) {
    return desk.messages.notifications.ofRun(desk.project, answer.testRunId()).size();
  }

  private Job job(TestRunId run) {
    return new Job(new JobId(1), JobKind.RUN_ANALYSIS, desk.project, run.value(), "{}", 1, 3);
  }

  private static void answers(String text) {
    MODEL.stubFor(
        post("/v1/chat/completions")
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", "application/json")
                    .withBody(
                        Json.write(
                            Map.of(
                                "choices", List.of(Map.of("message", Map.of("content", text))))))));
  }
}
