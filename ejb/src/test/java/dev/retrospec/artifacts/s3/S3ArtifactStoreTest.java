package dev.retrospec.artifacts.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.artifacts.ArtifactStoreContract;
import dev.retrospec.artifacts.ArtifactStoreUnavailable;
import dev.retrospec.artifacts.ByteRange;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.failure.FailureCode;
import dev.retrospec.testing.TestObjectStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class S3ArtifactStoreTest extends ArtifactStoreContract {

  private static final ArtifactKey KEY = new ArtifactKey("blocks/1");
  private static final byte[] CONTENT = {1, 2, 3};
  private static final S3ArtifactStore STORE =
      new S3ArtifactStore(TestObjectStore.get().newBucket());

  @Override
  protected ArtifactStore store() {
    return STORE;
  }

  @Test
  void makesTheBucketWithTheFirstObject() {
    S3ArtifactStore store = new S3ArtifactStore(TestObjectStore.get().newBucket());

    store.put(KEY, CONTENT, "application/octet-stream");

    assertThat(store.read(KEY, ByteRange.from(0))).contains(CONTENT);
  }

  @Test
  void aBucketThatIsNotMadeYetIsEmpty() {
    S3ArtifactStore store = new S3ArtifactStore(TestObjectStore.get().newBucket());
    List<ArtifactKey> listed = new ArrayList<>();

    store.list("", info -> listed.add(info.key()));
    store.delete(KEY);

    assertThat(store.open(KEY)).isEmpty();
    assertThat(store.info(KEY)).isEmpty();
    assertThat(listed).isEmpty();
  }

  @Test
  void aStoreThatIsAwayIsUnavailableAndNotEmpty() throws IOException {
    S3ArtifactStore store = new S3ArtifactStore(at(portWithoutServer(), "any-secret"));

    assertThatThrownBy(() -> store.put(KEY, CONTENT, "text/plain"))
        .isInstanceOfSatisfying(
            ArtifactStoreUnavailable.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.UNAVAILABLE));
    assertThatThrownBy(() -> store.open(KEY)).isInstanceOf(ArtifactStoreUnavailable.class);
    assertThatThrownBy(() -> store.read(KEY, ByteRange.from(0)))
        .isInstanceOf(ArtifactStoreUnavailable.class);
    assertThatThrownBy(() -> store.info(KEY)).isInstanceOf(ArtifactStoreUnavailable.class);
    assertThatThrownBy(() -> store.delete(KEY)).isInstanceOf(ArtifactStoreUnavailable.class);
    assertThatThrownBy(() -> store.list("", info -> {}))
        .isInstanceOf(ArtifactStoreUnavailable.class);
  }

  @Test
  void wrongCredentialsAreUnavailableAndNotEmpty() {
    S3Config right = TestObjectStore.get().newBucket();
    S3Config wrong =
        new S3Config(right.endpoint(), right.region(), right.bucket(), right.accessKey(), "wrong");

    assertThatThrownBy(() -> new S3ArtifactStore(wrong).open(KEY))
        .isInstanceOf(ArtifactStoreUnavailable.class)
        .hasMessageNotContaining("wrong");
  }

  @Test
  void readsBothFamiliesOfNames() {
    S3Config ours =
        config(
            Map.of(
                "S3_ENDPOINT", "http://store:9000",
                "S3_REGION", "eu-central-1",
                "S3_BUCKET", "ours",
                "S3_ACCESS_KEY", "a",
                "S3_SECRET_KEY", "b",
                "AWS_REGION", "not-this",
                "S3_BUCKET_NAME", "not-this"));
    S3Config aws =
        config(
            Map.of(
                "AWS_REGION", "eu-west-1",
                "S3_BUCKET_NAME", "theirs",
                "AWS_ACCESS_KEY_ID", "c",
                "AWS_SECRET_ACCESS_KEY", "d"));

    assertThat(ours)
        .isEqualTo(new S3Config(URI.create("http://store:9000"), "eu-central-1", "ours", "a", "b"));
    assertThat(aws).isEqualTo(new S3Config(null, "eu-west-1", "theirs", "c", "d"));
    assertThat(config(Map.of()))
        .isEqualTo(new S3Config(null, "us-east-1", "retrospec", null, null));
    assertThat(ours.toString()).doesNotContain("b]").doesNotContain("a,");
  }

  @Test
  void halfOfTheCredentialsIsAMistake() {
    assertThatThrownBy(() -> config(Map.of("S3_ACCESS_KEY", "a")))
        .hasMessageContaining("S3_SECRET_KEY");
  }

  private static S3Config config(Map<String, String> settings) {
    return S3Config.from(Settings.of(name -> Optional.ofNullable(settings.get(name))));
  }

  private static S3Config at(int port, String secret) {
    return new S3Config(
        URI.create("http://127.0.0.1:" + port), "us-east-1", "bucket", "access", secret);
  }

  private static int portWithoutServer() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
