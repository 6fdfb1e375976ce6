package dev.retrospec.alerts;

import dev.retrospec.ids.AlertChannelId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.recordings.StoredSecrets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What nobody sees of a channel again.
 *
 * @param url of all but {@code email} and a bot; whoever has it may post there
 * @param authorization of {@code webhook}: the value of the {@code Authorization} header
 * @param signing of {@code webhook}: the key of its signatures
 * @param formerSigning the key before it, which signs too until {@code formerUntil}
 * @param token of a bot in Slack
 */
record ChannelSecrets(
    @Nullable String url,
    @Nullable String authorization,
    @Nullable String signing,
    @Nullable String formerSigning,
    @Nullable Instant formerUntil,
    @Nullable String token) {

  static final ChannelSecrets NONE = new ChannelSecrets(null, null, null, null, null, null);

  String sealed(StoredSecrets secrets, ProjectId project, AlertChannelId channel) {
    return secrets.seal(project, place(channel), Json.write(this));
  }

  static ChannelSecrets open(
      StoredSecrets secrets, ProjectId project, AlertChannelId channel, String sealed) {
    return Json.read(secrets.open(project, place(channel), sealed), ChannelSecrets.class);
  }

  private static String place(AlertChannelId channel) {
    return "alert-channel:" + channel.value();
  }

  /** Without any of them. */
  @Override
  public String toString() {
    return "ChannelSecrets";
  }
}
