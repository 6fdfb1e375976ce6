package dev.retrospec.ingest;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.privacy.ScrubMode;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.servererrors.ServerError;
import dev.retrospec.servererrors.ServerErrors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes what customers' servers threw. Telling the same again changes nothing. */
@ApplicationScoped
public class ServerErrorIntake {

  /** In one request. */
  static final int MAX_ERRORS = 100;

  private static final int MAX_WORD = 300;
  private static final int MAX_PATH = 2_000;
  private static final int MAX_MESSAGE = 2_000;
  private static final int MAX_STACK = 32_000;
  private static final Duration CREDIBLE_DELAY = Duration.ofDays(1);

  /** Long enough that nobody guesses another visitor's. */
  private static final Pattern CORRELATION_ID =
      Pattern.compile("[A-Za-z0-9._:-]{16," + ServerError.MAX_CORRELATION_ID + "}");

  private final Admission admission;
  private final ServerErrors errors;
  private final Scrubber scrubber;
  private final Clock clock;

  @Inject
  public ServerErrorIntake(
      Admission admission, ServerErrors errors, Scrubber scrubber, Clock clock) {
    this.admission = admission;
    this.errors = errors;
    this.scrubber = scrubber;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ServerErrorIntake() {
    this.admission = null;
    this.errors = null;
    this.scrubber = null;
    this.clock = null;
  }

  /**
   * Stores the errors, scrubbed.
   *
   * @return how many were new
   * @throws RecordingUnwanted when the project has switched recording off
   * @throws dev.retrospec.recordings.SpoolFull when there is no room for now
   * @throws TooManyServerErrors when the project has no room for more today
   * @throws InvalidRequest when one of them is not an error: in all cases nothing is stored
   */
  @Transactional
  public int accept(ProjectId project, @Nullable List<@Nullable ServerErrorFields> told) {
    ScrubMode mode = Admission.scrubMode(admission.check(project));
    if (told == null || told.size() > MAX_ERRORS) {
      throw new InvalidRequest("errors must be an array of at most " + MAX_ERRORS);
    }
    IncomingText text = new IncomingText(scrubber, mode);
    Instant now = clock.instant();
    List<ServerError> read = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      read.add(error(told.get(i), "errors[" + i + "]", text, now));
    }
    if (!errors.hasRoom(project, now)) {
      throw new TooManyServerErrors();
    }
    return errors.add(project, read, now);
  }

  private static ServerError error(
      @Nullable ServerErrorFields told, String place, IncomingText text, Instant now) {
    if (told == null) {
      throw new InvalidRequest(place + " must be an object");
    }
    String id = told.correlationId();
    if (id == null || !CORRELATION_ID.matcher(id).matches()) {
      throw new InvalidRequest(
          place
              + ".correlationId must be 16 to "
              + ServerError.MAX_CORRELATION_ID
              + " characters of [A-Za-z0-9._:-]");
    }
    String type = IncomingText.plain(told.type(), MAX_WORD);
    String stack = text.scrubbed(told.stack(), MAX_STACK);
    if (type == null || stack == null) {
      throw new InvalidRequest(place + " must have a type and a stack");
    }
    return new ServerError(
        id,
        at(told.at(), now),
        IncomingText.plain(told.method(), MAX_WORD),
        text.url(told.path(), MAX_PATH),
        type,
        text.scrubbed(told.message(), MAX_MESSAGE),
        stack);
  }

  /** A server whose clock is far off is not believed. */
  private static Instant at(@Nullable String told, Instant now) {
    try {
      Instant at = told == null ? now : Instant.parse(told);
      boolean credible =
          at.isAfter(now.minus(CREDIBLE_DELAY)) && at.isBefore(now.plus(CREDIBLE_DELAY));
      return credible ? at : now;
    } catch (DateTimeException e) {
      return now;
    }
  }
}
