package dev.retrospec.sessions;

import static dev.retrospec.sessions.StoredVisits.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.sessions.SessionLabelling.LinkFields;
import dev.retrospec.testing.TestDatabase;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionLabellingTest {

  private final TestDatabase database = TestDatabase.get();
  private final StoredVisits visits = new StoredVisits();
  private final SessionLabelling labelling = new SessionLabelling(new Sessions(database.jdbi()));
  private final SessionQueries queries = new SessionQueries(database.jdbi());
  private final SessionId session = visits.recorded(NOW, "interval");

  @Test
  void setsWhatIsToldAndLeavesTheRest() {
    label(List.of(" refund ", "vip", "vip"), List.of(new LinkFields("https://t.example/1", "T 1")));
    assertThat(view().tags()).containsExactly("refund", "vip");
    assertThat(view().links()).containsExactly(new SessionLink("https://t.example/1", "T 1"));

    label(null, List.of(new LinkFields("http://crm.example/ada", null)));
    assertThat(view().tags()).containsExactly("refund", "vip");
    assertThat(view().links()).containsExactly(new SessionLink("http://crm.example/ada", null));

    label(List.of(), null);
    assertThat(view().tags()).isEmpty();
    assertThat(view().links()).hasSize(1);
  }

  @Test
  void whatPeopleSetThePageChangesNoMore() {
    visits.write(session, 1, "interval", NOW);
    assertThat(view().tags()).as("told by the page").containsExactly("beta");

    label(List.of("refund"), null);
    visits.write(session, 2, "interval", NOW);

    assertThat(view().tags()).containsExactly("refund");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "ticket 7", "javascript:alert(1)", "//t.example", "file:///etc/passwd"})
  void aLinkLeadsToTheWeb(String url) {
    assertThatThrownBy(() -> label(null, List.of(new LinkFields(url, "x"))))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("http or https");
    assertThat(view().links()).isEmpty();
  }

  @Test
  void refusesTooMuchAndNothing() {
    assertThatThrownBy(() -> label(null, null)).hasMessageContaining("must be there");
    assertThatThrownBy(() -> label(Collections.nCopies(1, null), null))
        .hasMessageContaining("a tag must be 1 to 200");
    assertThatThrownBy(() -> label(List.of("x".repeat(201)), null))
        .isInstanceOf(InvalidRequest.class);
    List<String> tooMany = IntStream.rangeClosed(0, 20).mapToObj(Integer::toString).toList();
    assertThatThrownBy(() -> label(tooMany, null)).hasMessageContaining("at most 20 tags");
    assertThatThrownBy(
            () ->
                labelling.label(database.newProject(), session, List.of("of somebody else"), null))
        .isInstanceOf(NotFound.class);
  }

  private void label(List<String> tags, List<LinkFields> links) {
    labelling.label(visits.project, session, tags, links);
  }

  private SessionView view() {
    return queries.find(visits.project, session).orElseThrow();
  }
}
