package dev.retrospec.workers.browser;

import java.time.Duration;

/**
 * How much one task of a browser may take, and who hears that it goes on.
 *
 * @param time then everything of it is killed
 * @param memory bytes, of all its processes together
 * @param memorySetting the setting that says so, for people
 * @param heartbeat called every few seconds while the task runs
 */
public record BrowserBounds(Duration time, long memory, String memorySetting, Runnable heartbeat) {}
