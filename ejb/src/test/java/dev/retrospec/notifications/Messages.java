package dev.retrospec.notifications;

import dev.retrospec.ids.NotificationId;
import dev.retrospec.ids.ProjectId;
import java.net.URI;
import java.util.Optional;

/** Messages that are about to be sent, for those who look at their words only. */
public final class Messages {

  private Messages() {}

  public static RunMessage about(RunReport report) {
    return about(report, Optional.of("https://retrospec.test"));
  }

  public static RunMessage about(RunReport report, Optional<String> publicUrl) {
    return new RunMessage(
        NotificationId.mint(),
        1,
        new ProjectId("proj_test"),
        StorableReport.of(report),
        new Target.SlackChannel(URI.create("https://hooks.test/x")),
        Optional.empty(),
        publicUrl,
        "https://github.com",
        MessageDesk.START);
  }
}
