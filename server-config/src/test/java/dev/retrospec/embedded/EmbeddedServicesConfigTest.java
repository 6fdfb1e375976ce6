package dev.retrospec.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddedServicesConfigTest {

  private static final Map<String, String> STORE_ONLY =
      Map.of(
          "EMBEDDED_READY_FILE", "ready",
          "EMBEDDED_S3_PORT", "19000",
          "EMBEDDED_S3_DIRECTORY", "s3",
          "S3_ACCESS_KEY", "access",
          "S3_SECRET_KEY", "secret",
          "S3_BUCKET", "retrospec");

  @Test
  void startsOnlyTheServicesThatHaveAPort() {
    EmbeddedServicesConfig config = EmbeddedServicesConfig.from(STORE_ONLY);

    assertThat(config.postgresql()).isNull();
    assertThat(config.s3()).isNotNull().extracting("port").isEqualTo(19000);
  }

  @Test
  void namesTheVariableThatIsMissing() {
    Map<String, String> withoutPassword =
        Map.of(
            "EMBEDDED_READY_FILE", "ready",
            "EMBEDDED_POSTGRESQL_PORT", "15432",
            "EMBEDDED_POSTGRESQL_DIRECTORY", "postgresql",
            "EMBEDDED_POSTGRESQL_LOG", "postgresql.log",
            "EMBEDDED_POSTGRESQL_DATABASE", "retrospec",
            "EMBEDDED_POSTGRESQL_USER", "retrospec");

    assertThatThrownBy(() -> EmbeddedServicesConfig.from(withoutPassword))
        .hasMessage("EMBEDDED_POSTGRESQL_PASSWORD is not set");
  }
}
