package dev.retrospec.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real Tomcat with a real Faces application. */
class CorrelationFilterTest {

  private static final String KEY = "ingest-key-of-the-shop";

  @TempDir static Path folder;

  private static Listener retrospec;
  private static CustomerServer shop;

  @BeforeAll
  static void open() throws Exception {
    retrospec = new Listener();
    shop = new CustomerServer(folder, retrospec.url(), KEY);
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
    retrospec.close();
  }

  @Test
  void givesEachAnswerAnIdOfItsOwn() throws Exception {
    HttpResponse<String> first = shop.get("/stock?item=tea");
    HttpResponse<String> second = shop.get("/stock?item=tea");

    assertThat(first.body()).isEqualTo("12 on stock");
    assertThat(idOf(first)).matches("[a-p]{32}").isNotEqualTo(idOf(second));
    assertThat(first.headers().allValues("Access-Control-Expose-Headers"))
        .contains(CorrelationFilter.HEADER);
    assertThat(toldOf(first)).as("nothing failed").isNull();
  }

  @Test
  void tellsOfWhatAServletThrowsWithTheAnswersId() throws Exception {
    HttpResponse<String> answer = shop.get("/stock?item=unknown");

    assertThat(answer.statusCode()).isEqualTo(500);
    JsonNode told = awaitToldOf(answer);
    assertThat(told.get("type").asText()).isEqualTo("java.lang.IllegalArgumentException");
    assertThat(told.get("message").asText()).isEqualTo("no such item");
    assertThat(told.get("stack").asText()).contains("at dev.retrospec.shop.StockServlet.doGet(");
    assertThat(told.get("method").asText()).isEqualTo("GET");
    assertThat(told.get("path").asText()).as("without the query").isEqualTo("/stock");
    assertThat(Instant.parse(told.get("at").asText())).isBefore(Instant.now().plusSeconds(1));
    assertThat(retrospec.keys()).containsOnly(KEY);
  }

  @Test
  void tellsOfAnAjaxRequestThatFacesAnswersWithStatus200() throws Exception {
    String page = shop.get("/order.xhtml").body();
    HttpResponse<String> answer =
        shop.post(
            "/order.xhtml;jsessionid=notforothers",
            "form=form&form%3Aorder=Order&jakarta.faces.source=form%3Aorder"
                + "&jakarta.faces.partial.ajax=true&jakarta.faces.partial.execute=form"
                + "&jakarta.faces.behavior.event=action&jakarta.faces.ViewState="
                + URLEncoder.encode(viewState(page), StandardCharsets.UTF_8),
            "Faces-Request",
            "partial/ajax");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("<partial-response").contains("<error>");
    JsonNode told = awaitToldOf(answer);
    assertThat(told.get("type").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(told.get("stack").asText()).contains("dev.retrospec.shop.OrderDesk.order(");
    assertThat(told.get("path").asText()).as("without a session").isEqualTo("/order.xhtml");
  }

  @Test
  void tellsOfWhatIsThrownAfterAnAsynchronousDispatch() throws Exception {
    HttpResponse<String> answer = shop.get("/stock?item=later");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(awaitToldOf(answer).get("message").asText()).isEqualTo("no such item");
  }

  @Test
  void anExceptionThatCannotPrintItselfGoesOnAsItCame() {
    RuntimeException unspeakable =
        new RuntimeException() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new IllegalStateException("this must not take the other's place");
          }
        };
    Correlation correlation = new Correlation("GET", "/stock", failure -> {});

    assertThatCode(() -> correlation.report(unspeakable)).doesNotThrowAnyException();
  }

  @Test
  void aFailureThatCannotBeWrittenDoesNotEndTheTelling() {
    FilterSettings settings = new FilterSettings(URI.create(retrospec.url() + "/"), KEY);
    try (FailureReporter reporter = new FailureReporter(settings)) {
      reporter.report(failure(null));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                reporter.report(failure("told-after-all"));
                return retrospec.errors().stream()
                    .anyMatch(
                        error -> error.get("correlationId").asText().equals("told-after-all"));
              });
    }
  }

  private static ServerFailure failure(String id) {
    return new ServerFailure(id, Instant.now(), "GET", "/stock", "E", null, "E");
  }

  @Test
  void tellsAgainWhenRetroSpecIsAwayForAMoment() throws Exception {
    retrospec.isAwayFor(1);

    assertThat(awaitToldOf(shop.get("/stock?item=unknown")).get("path").asText())
        .isEqualTo("/stock");
  }

  private static String idOf(HttpResponse<String> answer) {
    return answer.headers().firstValue(CorrelationFilter.HEADER).orElseThrow();
  }

  private static JsonNode awaitToldOf(HttpResponse<String> answer) {
    return await().until(() -> toldOf(answer), told -> told != null);
  }

  private static JsonNode toldOf(HttpResponse<String> answer) {
    return retrospec.errors().stream()
        .filter(error -> error.get("correlationId").asText().equals(idOf(answer)))
        .findFirst()
        .orElse(null);
  }

  private static String viewState(String page) {
    Matcher field =
        Pattern.compile("name=\"jakarta\\.faces\\.ViewState\"[^>]* value=\"([^\"]*)\"")
            .matcher(page);
    assertThat(field.find()).as(page).isTrue();
    return field.group(1);
  }
}
