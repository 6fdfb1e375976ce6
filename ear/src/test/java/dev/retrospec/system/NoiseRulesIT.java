package dev.retrospec.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.retrospec.system.Dashboard.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a project calls noise is said by its administrators, on its page or by the API. */
@ExtendWith({RunningRetroSpec.class, Chromium.class})
class NoiseRulesIT {

  private static final String CHAT =
      "{\"name\":\"chat-widget\",\"on\":\"message\",\"pattern\":\"*chat is away*\"}";

  @Test
  void whatARuleNamesIsCountedAndIsNoIssue(RetroSpec running) {
    Http http = new Http(running);
    Http.Project shop = http.newProject();
    String rules = "/v1/admin/projects/" + shop.id() + "/noise-rules";
    Http.Answer before = http.get(rules, "X-Retrospec-Admin", running.adminKey()).expect(200);
    assertThat(before.json().get("rules").findValues("builtIn"))
        .isNotEmpty()
        .allMatch(JsonNode::asBoolean);

    put(http, running, rules, "{\"rules\":[" + CHAT + "]}", before.header("ETag")).expect(200);
    for (String user : new String[] {"ada", "bea"}) {
      http.postJson(
              "/v1/ingest/session",
              Recordings.report("noise-" + user, user, "The chat is away"),
              "X-Retrospec-Key",
              shop.secretKey())
          .expect(202);
    }

    JsonNode chat = null;
    for (JsonNode rule :
        http.get(rules, "X-Retrospec-Admin", running.adminKey()).json().get("rules")) {
      chat = rule.get("name").asText().equals("chat-widget") ? rule : chat;
    }
    assertThat(chat).isNotNull();
    assertThat(chat.get("markers").asInt()).isEqualTo(2);
    assertThat(chat.get("sessions").asInt()).isEqualTo(2);
    assertThat(http.get("/v1/issues", "X-Retrospec-Key", shop.secretKey()).json().get("issues"))
        .isEmpty();
  }

  @Test
  void aChangeNeedsTheAdminKeyTheSeenVersionAndARuleThatCanBe(RetroSpec running) {
    Http http = new Http(running);
    Http.Project shop = http.newProject();
    String rules = "/v1/admin/projects/" + shop.id() + "/noise-rules";
    String seen = http.get(rules, "X-Retrospec-Admin", running.adminKey()).header("ETag");
    String wanted = "{\"rules\":[" + CHAT + "]}";

    assertThat(http.get(rules, "X-Retrospec-Key", shop.secretKey()).status()).isIn(401, 403);
    put(http, running, rules, wanted.replace("message", "elsewhere"), seen).expect(400);
    put(http, running, rules, "{\"rules\":[null]}", seen).expect(400);
    put(http, running, rules, "{}", seen).expect(400);
    put(http, running, rules, wanted, seen).expect(200);
    put(http, running, rules, wanted, seen).expect(412);
  }

  @Test
  void rulesAreAddedTurnedOffAndTakenAwayOnThePage(RetroSpec running, Page page)
      throws SQLException {
    Dashboard dashboard = Dashboard.withAWeekOfVisits(running);
    page.navigate(dashboard.address("/admin/projects/" + dashboard.project()));
    dashboard.signInAsAdministrator(page);

    page.locator("#noise-name").fill("chat-widget");
    page.locator("#noise-pattern").fill("*chat is away*");
    button(page, "Save noise rules").click();
    assertThat(page.getByText("The rules are saved.")).isVisible();
    assertThat(page.getByLabel("chat-widget", exact())).isChecked();

    page.getByLabel("chat-widget", exact()).uncheck();
    button(page, "Save noise rules").click();
    assertThat(page.getByLabel("chat-widget", exact())).not().isChecked();

    page.getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Remove the rule chat-widget"))
        .click();
    assertThat(page.getByLabel("chat-widget", exact())).hasCount(0);

    page.locator("#noise-name").fill("Not a name");
    page.locator("#noise-pattern").fill("*x*");
    button(page, "Save noise rules").click();
    assertThat(page.getByText("Nothing was changed: name must be")).isVisible();
  }

  @Test
  void aDeveloperSeesRulesAndDoesNotChangeThem(RetroSpec running, Page page) throws SQLException {
    Dashboard dashboard = Dashboard.withAWeekOfVisits(running);
    dashboard.open(page, dashboard.developer(), "/admin/projects/" + dashboard.project());

    assertThat(page.locator("#noise-title")).isVisible();
    assertThat(button(page, "Save noise rules")).hasCount(0);
    assertThat(page.locator("#noise input[type=checkbox]")).hasCount(0);
  }

  private static Page.GetByLabelOptions exact() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private static Http.Answer put(
      Http http, RetroSpec running, String path, String body, String ifMatch) {
    return http.send(
        "PUT",
        path,
        BodyPublishers.ofString(body),
        "Content-Type",
        "application/json",
        "X-Retrospec-Admin",
        running.adminKey(),
        "If-Match",
        ifMatch);
  }
}
