package dev.retrospec.web.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.tickets.TrackerChange;
import dev.retrospec.tickets.TrackerKind;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrackerFormTest {

  private final Map<String, String> fields =
      new HashMap<>(
          Map.of(
              "github-place", "acme/shop",
              "github-token", "github_pat_1",
              "github-resolves", "on",
              "gitlab-place", "acme/other",
              "gitlab-closes", "on"));

  @Test
  void readsTheFieldsOfItsTrackerOnly() {
    assertThat(read(TrackerKind.GITHUB))
        .isEqualTo(
            new TrackerChange(
                TrackerKind.GITHUB, null, "acme/shop", null, "github_pat_1", null, true, false));
    assertThat(read(TrackerKind.GITLAB).token()).as("left empty: as it is").isNull();
    assertThat(read(TrackerKind.GITLAB).resolvedIssueCloses()).isTrue();
    assertThat(read(TrackerKind.GITLAB).closedTicketResolves())
        .as("a switch that is off")
        .isFalse();
  }

  @Test
  void secretIsMadeAnewOnlyWhereThatIsTicked() {
    assertThat(TrackerForm.renewsSecret(TrackerKind.GITHUB, this::sent)).isFalse();
    fields.put("github-renew", "on");
    assertThat(TrackerForm.renewsSecret(TrackerKind.GITHUB, this::sent)).isTrue();
    assertThat(TrackerForm.renewsSecret(TrackerKind.GITLAB, this::sent)).isFalse();
  }

  @Test
  void whatCannotBeIsRefusedWithWords() {
    fields.put("github-place", "shop");
    assertThatThrownBy(() -> read(TrackerKind.GITHUB))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("owner/repository");
    assertThatThrownBy(() -> read(TrackerKind.JIRA)).isInstanceOf(InvalidRequest.class);
  }

  private TrackerChange read(TrackerKind kind) {
    return TrackerForm.read(kind, this::sent);
  }

  private String sent(String name) {
    return fields.getOrDefault(name, "");
  }
}
