package dev.retrospec.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryEntriesTest {

  private final CiMemory ci = new CiMemory();

  @Test
  void anEntryIsFoundByItsWords() {
    MemoryEntry kept =
        add(
            "Frontend login button change broke backend auth endpoint",
            Map.of("commitHash", "abc123", "affectedFiles", List.of("src/auth/login.ts")));
    add("The nightly database was full", Map.of());

    List<EntryHit> hits = search("login button", 0.85);

    assertThat(hits).extracting(EntryHit::id).containsExactly(kept.id());
    assertThat(hits.get(0).entry()).isEqualTo(kept);
  }

  @Test
  void secretsAreNotKept() {
    MemoryEntry kept = add("mail ann@example.com", Map.of("who", "ann@example.com"));

    assertThat(kept.text()).doesNotContain("ann@example.com");
    assertThat(kept.metadata().toString()).doesNotContain("ann@example.com");
  }

  @Test
  void metadataStaysJsonWhateverIsTakenOut() {
    MemoryEntry kept =
        add("an order", Map.of("card", 4111111111111111L, "apiKey", "k-1", "deep", List.of(7)));

    assertThat(kept.metadata())
        .isEqualTo(Map.of("card", "[card]", "apiKey", "[secret]", "deep", List.of(7)));
  }

  @Test
  void anEntryIsForgottenWhenSomebodyWantsIt() {
    MemoryEntry kept = add("Frontend login button", Map.of());
    CiMemory other = new CiMemory();

    assertThatThrownBy(
            () ->
                other.inTransaction(
                    () -> {
                      other.entries.delete(other.project, kept.id());
                      return true;
                    }))
        .isInstanceOf(NotFound.class);
    assertThat(search("login button", 0.5)).hasSize(1);
    ci.inTransaction(
        () -> {
          ci.entries.delete(ci.project, kept.id());
          return true;
        });

    assertThat(search("login button", 0.5)).isEmpty();
  }

  @Test
  void anEntryIsForgottenInTheEnd() {
    add("Frontend login button", Map.of());
    ci.clock.pass(MemoryEntryData.KEPT.plusSeconds(1));
    MemoryEntry young = add("Frontend login field", Map.of());

    new MemoryEntryData(ci.jdbi, ci.entries, ci.clock).sweep(ci.clock.instant());

    assertThat(search("frontend login", 0.1)).extracting(EntryHit::id).containsExactly(young.id());
  }

  @Test
  void nothingIsNoEntryAndNoQuestion() {
    assertThatThrownBy(() -> add(" ", Map.of())).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> search(" ", 0.5)).isInstanceOf(InvalidRequest.class);
  }

  private MemoryEntry add(String text, Map<String, Object> metadata) {
    return ci.inTransaction(() -> ci.entries.add(ci.project, text, metadata));
  }

  private List<EntryHit> search(String q, double threshold) {
    return ci.inTransaction(() -> ci.entries.search(ci.project, q, 5, threshold));
  }
}
