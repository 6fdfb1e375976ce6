package dev.retrospec.issues.triage;

import dev.retrospec.issues.TriageState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Says what a decision changed: a rule without any state of its own. */
final class TriageActivity {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private TriageActivity() {}

  /** Nothing for what stays as it was; muting again is told, because its condition is new. */
  static List<Activity> of(IssueState before, IssueState after, boolean stateWasGiven) {
    List<Activity> done = new ArrayList<>();
    boolean stays =
        before.state() == after.state()
            && Objects.equals(before.resolvedInRelease(), after.resolvedInRelease())
            && after.state() != TriageState.MUTED;
    if (stateWasGiven && !stays) {
      done.add(Activity.of(after.state().wireName(), state(after)));
    }
    if (!before.assignee().equals(after.assignee())) {
      done.add(
          Activity.of(
              "assigned",
              after.assignee().isEmpty()
                  ? "took it from " + before.assignee()
                  : "assigned it to " + after.assignee()));
    }
    if (!before.note().equals(after.note())) {
      done.add(
          after.note().isEmpty()
              ? Activity.of("noted", "removed the note")
              : new Activity("noted", "wrote", after.note()));
    }
    return done;
  }

  private static String state(IssueState after) {
    return switch (after.state()) {
      case OPEN -> "reopened it";
      case ACKNOWLEDGED -> "acknowledged it";
      case RESOLVED ->
          after.resolvedInRelease() == null
              ? "resolved it"
              : "resolved it in " + after.resolvedInRelease();
      case MUTED -> "muted it until " + end(after);
      case REGRESSED, ESCALATING -> after.state().wireName();
    };
  }

  private static String end(IssueState after) {
    List<String> ends = new ArrayList<>();
    Instant until = after.mutedUntil();
    if (until != null) {
      ends.add(MOMENT.format(until));
    }
    if (after.muteSessions() != null) {
      ends.add(more(after.muteSessions(), "session", "show"));
    }
    if (after.muteUsers() != null) {
      ends.add(more(after.muteUsers(), "user", "meet"));
    }
    if (after.muteUntilEscalating()) {
      ends.add("it escalates");
    }
    return String.join(" or ", ends);
  }

  private static String more(int number, String who, String does) {
    return number == 1
        ? "1 more " + who + " " + does + "s it"
        : number + " more " + who + "s " + does + " it";
  }
}
