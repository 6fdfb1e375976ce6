package dev.retrospec.web.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueMerge;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeChoiceTest {

  private static final ProjectId SHOP = new ProjectId("shop");
  private static final ClusterKey PAY = new ClusterKey("v2-pay");
  private static final ClusterKey CARD = new ClusterKey("v2-card");

  @Test
  void aKeyThatIsNamedTwiceCountsOnceAndWhatIsNoKeyNotAtAll() {
    MergeChoice choice =
        MergeChoice.of(SHOP, List.of("v2-pay", "no key!", "v2-pay", "v2-card"), "..");

    assertThat(choice.keys()).containsExactly(PAY, CARD);
    assertThat(choice.into()).isNull();
  }

  @Test
  void nobodyMergesMoreThanCanBeMerged() {
    List<String> keys =
        java.util.stream.IntStream.range(0, 500).mapToObj(number -> "key-" + number).toList();

    assertThat(MergeChoice.of(SHOP, keys, "").keys()).hasSize(IssueMerge.MAX_SOURCES + 1);
  }

  @Test
  void whatIsAddedToOneIssueIsTheOneThatStays() {
    assertThat(MergeChoice.of(SHOP, List.of("v2-pay"), "").adding(CARD))
        .isEqualTo("/admin/merge?project=shop&key=v2-pay&key=v2-card&into=v2-card");
  }

  @Test
  void whatIsAddedToSeveralChangesNotWhichOneStays() {
    MergeChoice two = MergeChoice.of(SHOP, List.of("v2-pay", "v2-card"), "v2-pay");

    assertThat(two.adding(new ClusterKey("v2-third")))
        .isEqualTo("/admin/merge?project=shop&key=v2-pay&key=v2-card&key=v2-third&into=v2-pay");
    assertThat(two.without(CARD)).isEqualTo("/admin/merge?project=shop&key=v2-pay&into=v2-pay");
  }

  @Test
  void theFormMergesWhatItShowedIntoTheOneThatStays() {
    List<String> shown = List.of(MergeChoice.seen(PAY, 3), MergeChoice.seen(CARD, 0));

    IssueMerge.Request request = MergeChoice.request("v2-card", shown, "", "ada");

    assertThat(request.targetClusterKey()).isEqualTo(CARD);
    assertThat(request.sourceClusterKeys()).containsExactly(PAY);
    assertThat(request.seenVersions()).isEqualTo(Map.of(PAY, 3, CARD, 0));
    assertThat(request.note()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v2-pay", "v2-pay~", "v2-pay~x", "~1", "no key!~1"})
  void whatThePageDoesNotSendIsRefused(String seen) {
    assertThatThrownBy(() -> MergeChoice.request("v2-card", List.of(seen), "", "ada"))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void withoutAnIssueThatStaysOrOneToMergeNothingHappens() {
    List<String> shown = List.of(MergeChoice.seen(PAY, 3));

    assertThatThrownBy(() -> MergeChoice.request("", shown, "", "ada"))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> MergeChoice.request("v2-pay", shown, "", "ada"))
        .isInstanceOf(InvalidRequest.class);
  }
}
