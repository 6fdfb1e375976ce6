package dev.retrospec.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ProjectId;
import org.junit.jupiter.api.Test;

class StoredSecretsTest {

  private static final String OLD = "2025:" + "A".repeat(43) + "=";
  private static final String NEW = "2026:" + "B".repeat(42) + "A=";

  private final ProjectId shop = new ProjectId("proj_shop");
  private final StoredSecrets secrets = new StoredSecrets(MasterKeys.parse(OLD));

  @Test
  void opensWhereItWasSealedAndNowhereElse() {
    String sealed = secrets.seal(shop, "channel_1", "xoxb-töken");

    assertThat(sealed).doesNotContain("xoxb").isNotEqualTo(secrets.seal(shop, "channel_1", "xoxb"));
    assertThat(secrets.open(shop, "channel_1", sealed)).isEqualTo("xoxb-töken");
    assertThatThrownBy(() -> secrets.open(shop, "channel_2", sealed))
        .isInstanceOf(UnreadableRecording.class);
    assertThatThrownBy(() -> secrets.open(new ProjectId("proj_other"), "channel_1", sealed))
        .isInstanceOf(UnreadableRecording.class);
  }

  @Test
  void aNewerMasterKeyStillOpensWhatTheOlderOneSealed() {
    String sealed = secrets.seal(shop, "channel_1", "token");
    StoredSecrets rotated = new StoredSecrets(MasterKeys.parse(NEW + "," + OLD));

    assertThat(rotated.open(shop, "channel_1", sealed)).isEqualTo("token");
    assertThat(rotated.isOutdated(sealed)).isTrue();
    assertThat(rotated.isOutdated(rotated.seal(shop, "channel_1", "token"))).isFalse();
  }
}
