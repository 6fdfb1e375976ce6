package dev.retrospec.bench.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorSetTest {

  @Test
  void theSetIsWide() {
    assertThat(ErrorSet.all()).hasSizeGreaterThanOrEqualTo(400);
    assertThat(ErrorSet.all().stream().map(LabelledError::faultOfProject).distinct())
        .hasSizeGreaterThanOrEqualTo(150);
    assertThat(ErrorSet.all()).allSatisfy(error -> assertThat(error.source()).isNotBlank());
  }

  @Test
  void wholeFaultsAreHeldOut() {
    Map<String, Boolean> heldOut = new HashMap<>();
    for (LabelledError error : ErrorSet.all()) {
      assertThat(heldOut.merge(error.faultOfProject(), error.heldOut(), (a, b) -> b))
          .isEqualTo(error.heldOut())
          .isEqualTo(heldOut.get(error.faultOfProject()));
    }
    long held = heldOut.values().stream().filter(each -> each).count();
    assertThat((double) held / heldOut.size()).isBetween(0.15, 0.35);
  }

  @Test
  void noFolderOfAMachineAndNoRegistryStandsInIt() {
    List<LabelledError> everything = new ArrayList<>(ErrorSet.all());
    everything.addAll(ErrorSet.deploys());
    for (LabelledError error : everything) {
      LabelledError.Thrown thrown = error.error();
      String text = error.label() + error.route() + error.request() + thrown;
      assertThat(text)
          .doesNotContain(
              System.getProperty("user.home") + "/",
              System.getProperty("user.dir"),
              "/tmp/",
              "127.0.0.1",
              "npmjs",
              "/drive.js");
    }
  }

  @Test
  void noStackSaysWhichFaultItIs() {
    assertThat(ErrorSet.all())
        .filteredOn(error -> error.error() != null && error.error().stack() != null)
        .allSatisfy(error -> assertThat(error.error().stack()).doesNotContain(error.fault()));
  }

  @Test
  void everyErrorIsAMarkerThatHasAKey() {
    assertThat(GroupingMethod.fingerprint().groups(ErrorSet.all()))
        .hasSameSizeAs(ErrorSet.all())
        .allSatisfy(group -> assertThat(group).isNotBlank());
  }
}
