package dev.retrospec.notifications;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** What projects have decided about their channels. */
@ApplicationScoped
public class NotificationChannels {

  private static final RowMapper<ChannelSetting> SETTING =
      (row, context) ->
          new ChannelSetting(
              Channel.fromWireName(row.getString("channel")),
              row.getBoolean("enabled"),
              Json.read(row.getString("target"), ChannelTarget.class));

  private final Jdbi jdbi;
  private final Clock clock;

  @Inject
  public NotificationChannels(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected NotificationChannels() {
    this(null, null);
  }

  /** Only those about which the project has decided something. */
  public Map<Channel, ChannelSetting> of(ProjectId project) {
    Map<Channel, ChannelSetting> settings = new EnumMap<>(Channel.class);
    jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select channel, enabled, target::text as target"
                            + " from notification_channel where project_id = :project")
                    .bind("project", project)
                    .map(SETTING)
                    .list())
        .forEach(setting -> settings.put(setting.channel(), setting));
    return settings;
  }

  /** Decides, in the place of what was decided before. */
  @Transactional
  public void put(ProjectId project, ChannelSetting setting) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into notification_channel
                      (project_id, channel, enabled, target, updated_at)
                    values (:project, :channel, :enabled, cast(:target as jsonb), :now)
                    on conflict (project_id, channel) do update set
                      enabled = excluded.enabled, target = excluded.target,
                      updated_at = excluded.updated_at
                    """)
                .bind("project", project)
                .bind("channel", setting.channel().wireName())
                .bind("enabled", setting.enabled())
                .bind("target", Json.write(setting.target()))
                .bind("now", clock.instant())
                .execute());
  }

  /** Back to the environment's settings. */
  @Transactional
  public void remove(ProjectId project, Channel channel) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from notification_channel"
                        + " where project_id = :project and channel = :channel")
                .bind("project", project)
                .bind("channel", channel.wireName())
                .execute());
  }
}
