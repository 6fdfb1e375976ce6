package dev.retrospec.web.testruns;

import dev.retrospec.testruns.NewTestRun;
import dev.retrospec.testruns.RunAnswer;
import dev.retrospec.testruns.RunStatus;
import dev.retrospec.testruns.TestRunIntake;
import dev.retrospec.testruns.TestRunOutcome;
import dev.retrospec.web.http.Caller;
import dev.retrospec.web.http.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The way of every submitted run, whatever it is written in: its body is taken from the wire, waits
 * for its turn, is read and stored; the answer is the same for a run that had been stored before.
 */
@ApplicationScoped
public class SubmittedRuns {

  private final TestRunIntake intake;
  private final RunPages pages;
  private final Caller caller;

  @Inject
  public SubmittedRuns(TestRunIntake intake, RunPages pages, Caller caller) {
    this.intake = intake;
    this.pages = pages;
    this.caller = caller;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected SubmittedRuns() {
    this(null, null, null);
  }

  /** Makes a run of a body, inflated and bounded. */
  @FunctionalInterface
  public interface Reading {
    NewTestRun of(InputStream body) throws IOException;
  }

  /** How a route says what became of a run; the page is null where nobody knows its address. */
  @FunctionalInterface
  public interface Shape {
    Object of(RunAnswer answer, RunStatus status, @Nullable String page);
  }

  /**
   * @param encoding of the body, as its header says
   * @param mebibytes that it may have, compressed or not
   */
  public Response take(
      InputStream sent, @Nullable String encoding, int mebibytes, Reading reading, Shape shape)
      throws IOException {
    try (SpooledBody body = SpooledBody.of(sent, encoding, mebibytes)) {
      TestRunIntake.Taken taken = intake.accept(caller.project(), () -> body.read(reading::of));
      RunStatus status = taken.run().status();
      if (taken.outcome() instanceof TestRunOutcome.Stored stored) {
        return ok(stored.answer(), status, shape);
      }
      if (taken.outcome() instanceof TestRunOutcome.Repeated known) {
        return ok(known.answer(), status, shape);
      }
      return Refusal.of(Status.CONFLICT, "this id or key belongs to a run with other content");
    }
  }

  private Response ok(RunAnswer answer, RunStatus status, Shape shape) {
    return Response.ok(shape.of(answer, status, pages.of(answer.testRunId()))).build();
  }
}
