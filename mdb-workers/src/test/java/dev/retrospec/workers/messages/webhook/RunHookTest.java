package dev.retrospec.workers.messages.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.retrospec.notifications.RunReports.aReport;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.workers.messages.PostRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the webhook gets. */
class RunHookTest {

  @RegisterExtension final PostRoom room = new PostRoom();

  private final TestRunId run = TestRunId.mint();

  @Test
  void theWebhookGetsTheReportAsItIs() {
    room.tell(aReport().of(run).make());

    room.server()
        .verify(
            postRequestedFor(urlEqualTo("/hook"))
                .withHeader("Authorization", equalTo("Bearer s3cret"))
                .withRequestBody(matchingJsonPath("$.event", equalTo("test_run_failed")))
                .withRequestBody(
                    matchingJsonPath("$.projectId", equalTo(room.desk().project.value())))
                .withRequestBody(matchingJsonPath("$.run.runId", equalTo(run.value())))
                .withRequestBody(matchingJsonPath("$.run.outcome", equalTo("failed")))
                .withRequestBody(
                    matchingJsonPath(
                        "$.run.failedTests[0].testName", equalTo("test_api_integration"))));
    room.server()
        .verify(postRequestedFor(urlEqualTo("/slack")).withHeader("Authorization", absent()));
  }
}
