package dev.retrospec.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrphanSweepTest {

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final MemoryArtifactStore store = new MemoryArtifactStore(clock);
  private final Set<ArtifactKey> rows = new HashSet<>();
  private final OrphanSweep sweep = new OrphanSweep(store, List.of(new Owner(rows)), clock);

  private record Owner(Set<ArtifactKey> rows) implements OwnedObjects {

    @Override
    public String prefix() {
      return "mine/";
    }

    @Override
    public Set<ArtifactKey> known(Set<ArtifactKey> keys) {
      Set<ArtifactKey> known = new HashSet<>(keys);
      known.retainAll(rows);
      return known;
    }
  }

  private ArtifactKey put(String name) {
    ArtifactKey key = new ArtifactKey(name);
    store.put(key, new byte[1], "text/plain");
    return key;
  }

  @Test
  void deletesWhatNoRowKnowsOnceItIsOldEnough() {
    ArtifactKey orphan = put("mine/orphan");
    ArtifactKey known = put("mine/known");
    rows.add(known);

    assertThat(sweep.run()).as("its row may still be on the way").isZero();
    clock.pass(OrphanSweep.SAFE_AGE.plusSeconds(1));
    ArtifactKey young = put("mine/young");

    assertThat(sweep.run()).isEqualTo(1);
    assertThat(store.info(orphan)).isEmpty();
    assertThat(store.info(known)).isPresent();
    assertThat(store.info(young)).isPresent();
  }

  @Test
  void doesNotTouchWhatBelongsToNobody() {
    ArtifactKey foreign = put("other/object");
    clock.pass(Duration.ofDays(100));

    assertThat(sweep.run()).isZero();
    assertThat(store.info(foreign)).isPresent();
  }

  @Test
  void looksAtMoreThanOneBatch() {
    for (int i = 0; i < 1_201; i++) {
      ArtifactKey key = put("mine/" + i);
      if (i % 2 == 0) {
        rows.add(key);
      }
    }
    clock.pass(Duration.ofDays(1));

    assertThat(sweep.run()).isEqualTo(600);
  }

  @Test
  void aStoreThatIsAwayIsTriedAgain() {
    put("mine/orphan");
    clock.pass(Duration.ofDays(1));
    store.away(true);
    assertThat(sweep.run()).isZero();

    store.away(false);
    assertThat(sweep.run()).isEqualTo(1);
  }
}
