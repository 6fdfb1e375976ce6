package dev.retrospec.signatures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.signatures.Calibration;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.Rarity;
import dev.retrospec.signatures.Scorer;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.Terms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrequenciesTest {

  private static final int DOCUMENTS = 200;

  @Test
  void noScoreIsHigherThanAtBest() {
    Random random = new Random(7);
    List<FailureSignature> failures = new ArrayList<>();
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      FailureSignature failure = made(random);
      failures.add(failure);
      Terms.weighed(failure).forEach(term -> counts.put(term, 1 + random.nextInt(DOCUMENTS)));
    }
    for (FailureSignature asked : failures) {
      Set<Integer> known = Terms.weighed(asked);
      Frequencies all = new Frequencies(counts.keySet(), counts, DOCUMENTS);
      Map<Integer, Integer> ofKnown = new HashMap<>(counts);
      ofKnown.keySet().retainAll(known);
      Rarity atBest = new Frequencies(known, ofKnown, DOCUMENTS).rarityAtBest();
      for (FailureSignature candidate : failures) {
        assertThat(raw(asked, candidate, atBest))
            .isGreaterThanOrEqualTo(raw(asked, candidate, all.rarity()) - 1e-9);
      }
    }
  }

  @Test
  void whatIsCountedBesidesIsAdded() {
    Frequencies some = new Frequencies(Set.of(1, 2), Map.of(1, 5), 10);

    Frequencies more = some.and(new Frequencies(Set.of(3), Map.of(3, 7), 10));

    assertThat(more.count(1)).isEqualTo(5);
    assertThat(more.count(2)).isZero();
    assertThat(more.count(3)).isEqualTo(7);
    assertThat(more.terms()).isEqualTo(new HashSet<>(List.of(1, 2, 3)));
  }

  private static double raw(FailureSignature a, FailureSignature b, Rarity rarity) {
    return Scorer.score(a, b, rarity, Calibration.shipped()).raw();
  }

  private static FailureSignature made(Random random) {
    StringBuilder message = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      message.append("word").append((char) ('a' + random.nextInt(8))).append(' ');
    }
    String type = "shop.Type" + (char) ('A' + random.nextInt(3)) + "Exception";
    StringBuilder stack = new StringBuilder(type + ": " + message + "\n");
    for (int i = random.nextInt(5); i >= 0; i--) {
      char name = (char) ('A' + random.nextInt(6));
      stack.append("\tat shop.Part%s.step(Part%s.java:%d)\n".formatted(name, name, i + 1));
    }
    return Signatures.of(new FailureText(type, message.toString(), stack.toString()));
  }
}
