package dev.retrospec.issues.suspects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.retrospec.issues.suspects.SuspectPolicy.Fact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SuspectPolicyTest {

  private static final Fact SAFARI = new Fact("Browser", "Safari");
  private static final Fact MAC = new Fact("System", "macOS");

  @Test
  void whatFailingSessionsShareAndHealthyOnesDoNotIsASuspect() {
    List<Suspect> suspects =
        SuspectPolicy.of(sessions(36, 34, SAFARI), sessions(4_100, 210, SAFARI));

    assertThat(suspects).hasSize(1);
    Suspect safari = suspects.get(0);
    assertThat(safari.value()).isEqualTo("Safari");
    assertThat(safari.failing()).isEqualTo(34);
    assertThat(safari.failingOf()).isEqualTo(36);
    assertThat(safari.healthy()).isEqualTo(210);
    assertThat(safari.healthyOf()).isEqualTo(4_100);
    assertThat(safari.oddsRatio()).isGreaterThan(100);
    assertThat(safari.chance()).isLessThan(1e-20);
  }

  @Test
  void chanceIsFishersExactTest() {
    // The lady tasting tea, all eight cups right: 1 in 70.
    List<Suspect> all = SuspectPolicy.of(sessions(10, 10, MAC), sessions(10, 1, MAC));

    // C(11,10)·C(9,0)/C(20,10) = 11/184756
    assertThat(all.get(0).chance()).isCloseTo(11.0 / 184_756, within(1e-9));
  }

  @Test
  void whatEverybodyHasIsNoSuspect() {
    assertThat(SuspectPolicy.of(sessions(40, 38, MAC), sessions(400, 380, MAC))).isEmpty();
  }

  @Test
  void fewSessionsSayNothing() {
    assertThat(SuspectPolicy.of(sessions(2, 2, MAC), sessions(400, 0, MAC))).isEmpty();
    assertThat(SuspectPolicy.of(sessions(30, 30, MAC), sessions(4, 0, MAC))).isEmpty();
    assertThat(SuspectPolicy.of(sessions(60, 3, MAC), sessions(4_000, 0, MAC)))
        .as("a twentieth of the failing sessions")
        .isEmpty();
  }

  @Test
  void mostTellingComesFirst() {
    List<Set<Fact>> failing = sessions(30, 29, SAFARI);
    List<Set<Fact>> healthy = sessions(300, 15, SAFARI);
    failing.stream().limit(24).forEach(facts -> facts.add(MAC));
    healthy.stream().limit(120).forEach(facts -> facts.add(MAC));

    assertThat(SuspectPolicy.of(failing, healthy))
        .extracting(Suspect::value)
        .containsExactly("Safari", "macOS");
  }

  @Test
  void ofRandomFactsHardlyAnyIsASuspect() {
    int found = 0;
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      found += SuspectPolicy.of(noise(random, 25), noise(random, 250)).size();
    }
    assertThat(found).isLessThanOrEqualTo(2);
  }

  private static List<Set<Fact>> noise(Random random, int sessions) {
    List<Set<Fact>> all = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      Set<Fact> facts = new HashSet<>();
      for (int fact = 0; fact < 8; fact++) {
        facts.add(new Fact("fact " + fact, "value " + random.nextInt(3)));
      }
      all.add(facts);
    }
    return all;
  }

  private static List<Set<Fact>> sessions(int number, int having, Fact fact) {
    List<Set<Fact>> all = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      Set<Fact> facts = new HashSet<>();
      if (i < having) {
        facts.add(fact);
      }
      all.add(facts);
    }
    return all;
  }
}
