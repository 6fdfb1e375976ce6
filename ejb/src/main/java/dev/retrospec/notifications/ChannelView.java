package dev.retrospec.notifications;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel as a project has it, without its secrets.
 *
 * @param isActive whether messages go out: it is set up and not switched off
 * @param source who set it up: {@code project}, {@code environment} or {@code nobody}
 * @param host of the webhook or the mail server
 */
public record ChannelView(
    Channel channel,
    boolean isActive,
    String source,
    @Nullable String host,
    @Nullable List<String> repositories,
    @Nullable List<String> recipients,
    @Nullable Boolean tellAuthor) {}
