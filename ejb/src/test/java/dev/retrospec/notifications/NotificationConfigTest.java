package dev.retrospec.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.platform.config.InvalidSetting;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationConfigTest {

  @Test
  void nothingIsSetUpByDefault() {
    assertThat(from(Map.of()))
        .satisfies(
            config -> {
              assertThat(config.slack()).isEmpty();
              assertThat(config.github()).isEmpty();
              assertThat(config.mail()).isEmpty();
              assertThat(config.webhook()).isEmpty();
              assertThat(config.retention()).hasDays(30);
            });
  }

  @Test
  void theMailServerIsAskedForEncryptionUnlessToldOtherwise() {
    NotificationConfig.Mail mail = from(Map.of("SMTP_HOST", "mail.test")).mail().orElseThrow();

    assertThat(mail.security()).isEqualTo(NotificationConfig.MailSecurity.STARTTLS);
    assertThat(mail.port()).isEqualTo(587);
    assertThat(from(Map.of("SMTP_HOST", "m", "SMTP_SECURITY", "tls")).mail().orElseThrow().port())
        .isEqualTo(465);
  }

  @Test
  void secretsAreNeverShown() {
    NotificationConfig config =
        from(
            Map.of(
                "SLACK_WEBHOOK_URL", "https://hooks.slack.test/services/hush",
                "GITHUB_TOKEN", "hush",
                "SMTP_HOST", "mail.test",
                "SMTP_PASSWORD", "hush",
                "NOTIFY_WEBHOOK_URL", "https://hooks.test/hush",
                "NOTIFY_WEBHOOK_AUTH_HEADER", "hush"));

    assertThat(
            List.of(
                config.toString(),
                config.github().orElseThrow().toString(),
                config.mail().orElseThrow().toString(),
                config.webhook().orElseThrow().toString(),
                new Target.SlackChannel(config.slack().orElseThrow()).toString()))
        .noneMatch(text -> text.contains("hush"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x.test/", "hooks.test", "https:///nohost"})
  void anAddressThatIsNoneStopsTheStart(String address) {
    assertThatThrownBy(() -> from(Map.of("SLACK_WEBHOOK_URL", address)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("SLACK_WEBHOOK_URL")
        .hasMessageNotContaining(address);
  }

  @Test
  void aProjectsTargetIsChecked() {
    assertThatThrownBy(() -> new ChannelTarget("file:///etc/passwd", null, null, null, null))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> new ChannelTarget(null, "a\r\nX: b", null, null, null))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> new ChannelTarget(null, null, List.of("shop"), null, null))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> new ChannelTarget(null, null, null, List.of("a@b\n"), null))
        .isInstanceOf(InvalidRequest.class);
  }

  private static NotificationConfig from(Map<String, String> settings) {
    return NotificationConfig.from(Settings.of(name -> Optional.ofNullable(settings.get(name))));
  }
}
