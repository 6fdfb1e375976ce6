package dev.retrospec.testruns;

import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Where runs of tests wait before they cost anything: of a project one is taken in at a time, of
 * all projects a few. The database's own lock does the same between nodes, but who waits there
 * holds a connection that recorders need. Projects take turns; within one the first to come goes
 * first.
 */
@ApplicationScoped
public class IntakeGate {

  /**
   * How many.
   *
   * @param atOnce are taken in, each with a connection and its report in the heap
   * @param waiting of all projects; each holds a thread of the server, which has 32
   * @param waitingOfProject of one project
   * @param patience after which a run is sent away; the CLI comes back
   */
  public record Limits(int atOnce, int waiting, int waitingOfProject, Duration patience) {

    public static final Limits DEFAULT = new Limits(2, 16, 12, Duration.ofSeconds(20));
  }

  private final Limits limits;
  private final Set<ProjectId> taken = new HashSet<>();

  /** The project whose turn is next comes first. */
  private final Map<ProjectId, Deque<Turn>> queues = new LinkedHashMap<>();

  private int waiting;

  @Inject
  public IntakeGate() {
    this(Limits.DEFAULT);
  }

  public IntakeGate(Limits limits) {
    this.limits = limits;
  }

  /** One run that waits or is taken in. */
  public final class Turn {

    private final ProjectId project;
    private final CountDownLatch come = new CountDownLatch(1);

    private Turn(ProjectId project) {
      this.project = project;
    }

    /** Lets the next one in; call it once. */
    public void end() {
      IntakeGate.this.end(project);
    }
  }

  /**
   * Waits for the project's turn.
   *
   * @throws IntakeBusy when it does not come in time, or too many wait already
   */
  public Turn enter(ProjectId project) {
    Turn turn = new Turn(project);
    line(turn);
    boolean hasCome = false;
    try {
      hasCome = turn.come.await(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!hasCome && leaves(turn)) {
      throw new IntakeBusy();
    }
    return turn;
  }

  /** How many wait now. */
  synchronized int waiting() {
    return waiting;
  }

  private synchronized void line(Turn turn) {
    Deque<Turn> queue = queues.computeIfAbsent(turn.project, project -> new ArrayDeque<>());
    queue.add(turn);
    waiting++;
    next();
    boolean waits = turn.come.getCount() > 0;
    if (waits && (waiting > limits.waiting() || queue.size() > limits.waitingOfProject())) {
      leaves(turn);
      throw new IntakeBusy();
    }
  }

  /** Whether it has left; false when its turn came at the last moment. */
  private synchronized boolean leaves(Turn turn) {
    Deque<Turn> queue = queues.get(turn.project);
    if (queue == null || !queue.remove(turn)) {
      return false;
    }
    waiting--;
    if (queue.isEmpty()) {
      queues.remove(turn.project);
    }
    return true;
  }

  private synchronized void end(ProjectId project) {
    taken.remove(project);
    next();
  }

  private void next() {
    while (taken.size() < limits.atOnce()) {
      ProjectId project =
          queues.keySet().stream().filter(it -> !taken.contains(it)).findFirst().orElse(null);
      if (project == null) {
        return;
      }
      Deque<Turn> queue = queues.remove(project);
      Turn turn = queue.remove();
      waiting--;
      taken.add(project);
      if (!queue.isEmpty()) {
        queues.put(project, queue); // behind the other projects
      }
      turn.come.countDown();
    }
  }
}
