package dev.retrospec.notifications;

/** What a project has decided about a channel. */
public record ChannelSetting(Channel channel, boolean enabled, ChannelTarget target) {}
