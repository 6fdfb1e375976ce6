package dev.retrospec.workers.messages.text;

import dev.retrospec.notifications.RunReport.SnapshotLinks;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A snapshot that is there, by the name that the requirements give it. */
public record Snapshot(String name, String url) {

  private record Maybe(String name, @Nullable String url) {}

  public static List<Snapshot> of(SnapshotLinks links) {
    return Stream.of(
            new Maybe("Screenshot", links.screenshot()),
            new Maybe("HTML Dump", links.htmlDump()),
            new Maybe("Network HAR", links.har()),
            new Maybe("Console Logs", links.consoleLogs()))
        .flatMap(
            one ->
                one.url() == null ? Stream.empty() : Stream.of(new Snapshot(one.name(), one.url())))
        .toList();
  }
}
