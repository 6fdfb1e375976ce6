package dev.retrospec.artifacts.s3;

import dev.retrospec.platform.config.Settings;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the objects are kept. Our own names win over those that the AWS tools read.
 *
 * @param endpoint null for AWS itself
 * @param accessKey null when the SDK shall find credentials by itself, such as a machine's role
 * @param secretKey null exactly when {@code accessKey} is
 */
public record S3Config(
    @Nullable URI endpoint,
    String region,
    String bucket,
    @Nullable String accessKey,
    @Nullable String secretKey) {

  public S3Config {
    if ((accessKey == null) != (secretKey == null)) {
      throw new IllegalArgumentException(
          "S3_ACCESS_KEY and S3_SECRET_KEY are set together or not at all");
    }
  }

  public static S3Config from(Settings settings) {
    return new S3Config(
        settings.uri("S3_ENDPOINT").orElse(null),
        settings.text("S3_REGION").or(() -> settings.text("AWS_REGION")).orElse("us-east-1"),
        settings.text("S3_BUCKET").or(() -> settings.text("S3_BUCKET_NAME")).orElse("retrospec"),
        settings.text("S3_ACCESS_KEY").or(() -> settings.text("AWS_ACCESS_KEY_ID")).orElse(null),
        settings
            .text("S3_SECRET_KEY")
            .or(() -> settings.text("AWS_SECRET_ACCESS_KEY"))
            .orElse(null));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "S3Config[" + endpoint + ", " + region + ", " + bucket + "]";
  }
}
