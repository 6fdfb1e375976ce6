package dev.retrospec.testruns;

import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;

/**
 * Takes a run of tests in, red or green: waits for the project's turn, then reads it, prepares it
 * and stores it. Call it without a transaction.
 */
@ApplicationScoped
public class TestRunIntake {

  private final IntakeGate gate;
  private final TestRunStorage storage;

  @Inject
  public TestRunIntake(IntakeGate gate, TestRunStorage storage) {
    this.gate = gate;
    this.storage = storage;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected TestRunIntake() {
    this(null, null);
  }

  /** A run that is read only when its turn has come, because a large one fills the heap. */
  @FunctionalInterface
  public interface Unread {
    NewTestRun read() throws IOException;
  }

  /**
   * What became of a run.
   *
   * @param run as it was submitted
   */
  public record Taken(NewTestRun run, TestRunOutcome outcome) {}

  /**
   * The same id (or key) with the same content may be submitted any number of times.
   *
   * @throws IntakeBusy when the turn does not come in time; nothing was read
   * @throws IOException when the run cannot be read
   */
  public Taken accept(ProjectId project, Unread unread) throws IOException {
    IntakeGate.Turn turn = gate.enter(project);
    try {
      NewTestRun run = unread.read();
      return new Taken(run, storage.store(project, PreparedRun.of(run)));
    } finally {
      turn.end();
    }
  }
}
