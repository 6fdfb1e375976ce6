package dev.retrospec.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueFilter.Sort;
import dev.retrospec.issues.IssueFilter.Tab;
import dev.retrospec.platform.paging.Cursor;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FiltersTest {

  private final Filters filters = new Filters("/admin/issues", new ProjectId("proj_1"));

  @Test
  void namesTheProjectInEveryAddress() {
    assertThat(filters.here()).isEqualTo("/admin/issues?project=proj_1");
  }

  @Test
  void leavesOutWhatIsBlank() {
    filters.getValues().put("q", "  ");
    filters.getValues().put("kind", null);

    assertThat(filters.here()).isEqualTo("/admin/issues?project=proj_1");
    assertThat(filters.has("q", "kind")).isFalse();
  }

  @Test
  void encodesWhatAnAddressCannotHold() {
    filters.getValues().put("q", "a & b=ü");

    assertThat(filters.here()).isEqualTo("/admin/issues?project=proj_1&q=a+%26+b%3D%C3%BC");
  }

  @Test
  void changesOneFilterAndKeepsTheOthers() {
    filters.getValues().put("state", "open");
    filters.getValues().put("q", "pay");

    assertThat(filters.with("state", "muted"))
        .isEqualTo("/admin/issues?project=proj_1&state=muted&q=pay");
    assertThat(filters.with("q", null)).isEqualTo("/admin/issues?project=proj_1&state=open");
    assertThat(filters.clear()).isEqualTo("/admin/issues?project=proj_1");
  }

  @Test
  void beginsAtTheFirstPieceOfAnotherList() {
    filters.getValues().put("cursor", "abc");

    assertThat(filters.with("q", "pay")).isEqualTo("/admin/issues?project=proj_1&q=pay");
    assertThat(filters.with("cursor", "def")).endsWith("&cursor=def");
  }

  @Test
  void aTextThatNoDatabaseHoldsIsAbsent() {
    filters.getValues().put("q", "pay\0");

    assertThat(filters.get("q")).isNull();
  }

  @Test
  void aChoiceThatIsNotOfferedIsAbsent() {
    filters.getValues().put("state", "muted");
    filters.getValues().put("sort", "luck");

    assertThat(filters.choice("state", List.of(Tab.values()), Tab::wireName)).isEqualTo(Tab.MUTED);
    assertThat(filters.choice("sort", List.of(Sort.values()), Sort::wireName)).isNull();
    assertThat(filters.choice("kind", List.of("a"), Function.identity())).isNull();
  }

  @Test
  void aPlaceThatNoListGaveIsItsBeginning() {
    assertThat(filters.cursor()).isNull();

    Cursor place = new Cursor(Instant.parse("2026-03-04T12:00:00Z"), "gift");
    filters.getValues().put("cursor", place.encoded());
    assertThat(filters.cursor()).isEqualTo(place);

    filters.getValues().put("cursor", "nonsense");
    assertThat(filters.cursor()).isNull();
  }

  @Test
  void readsNumbersWithinTheirRange() {
    filters.getValues().put("limit", "5000");
    filters.getValues().put("least", "-3");
    filters.getValues().put("minConfidence", "NaN");
    filters.getValues().put("minMinutes", "many");

    assertThat(filters.integer("limit", 50, 1, 200)).isEqualTo(200);
    assertThat(filters.integer("least", 0, 0, 10)).isZero();
    assertThat(filters.decimal("minConfidence", 0, 1)).isNull();
    assertThat(filters.decimal("minMinutes", 0, 60)).isNull();
  }
}
