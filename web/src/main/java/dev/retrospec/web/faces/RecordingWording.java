package dev.retrospec.web.faces;

import dev.retrospec.sessions.Completeness;
import dev.retrospec.sessions.Completeness.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the pages say what a recording holds and what it lacks. */
@Named("recorded")
@ApplicationScoped
public class RecordingWording {

  private final Wording say;

  @Inject
  public RecordingWording(Wording say) {
    this.say = say;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RecordingWording() {
    this.say = null;
  }

  /** What is missing, as one line; "Nothing is missing" when nothing is. */
  public String lacks(Completeness recording) {
    return recording.problems().isEmpty()
        ? "Nothing is missing"
        : recording.problems().stream().map(this::problem).collect(Collectors.joining(", "));
  }

  /** The problems of a recording, each in words. */
  public List<String> problems(Completeness recording) {
    return recording.problems().stream().map(this::problem).toList();
  }

  private String problem(Problem problem) {
    long count = problem.count();
    return switch (problem.code()) {
      case CHUNKS_MISSING -> say.count(count, "part") + " never arrived";
      case EVENTS_DROPPED -> say.count(count, "event") + " lost in the browser";
      case ASSETS_MISSING -> say.count(count, "image or font", "images or fonts") + " not kept";
      case REDUCED -> say.count(count, "event") + " left out to spare the page";
      case THROTTLED -> say.count(count, "more failure") + " than the recorder tells";
      case OMITTED_BY_POLICY -> say.count(count, "earlier part") + " not kept, as the rules say";
      case CLOCK_JUMPS -> "the browser’s clock was set " + say.count(count, "time");
      case TIMELINE_CUT -> say.count(count, "line") + " left out of the list beside the replay";
    };
  }

  /** Why nothing of a session can be replayed. */
  public String failure(String reason) {
    return switch (reason) {
      case "no_events" -> "The recorder sent no event";
      case "no_full_snapshot" ->
          "The picture of the page, with which a replay begins, never arrived";
      case "not_indexable" ->
          "Its texts could not be listed, so that no search finds it; the log says why";
      default -> say.word(reason);
    };
  }

  /**
   * Share of what could be masked that was; null where the recorder did not count, and where a form
   * was sent: its page is not loaded then.
   */
  public @Nullable String masked(@Nullable Completeness recording) {
    if (recording == null) {
      return null;
    }
    if (recording.maskable() > 0) {
      long masked = Math.min(recording.masked(), recording.maskable());
      return say.percent((double) masked / recording.maskable()) + " of texts and fields";
    }
    return recording.masked() > 0 ? say.count(recording.masked(), "value") : null;
  }
}
