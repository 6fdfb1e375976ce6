package dev.retrospec.workers.tickets;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.retrospec.ids.JobId;
import dev.retrospec.tickets.TicketDesk;
import dev.retrospec.workers.runtime.Courtesy;
import dev.retrospec.workers.runtime.JobRun;
import dev.retrospec.workers.runtime.YieldConfig;
import java.time.Duration;
import java.util.List;

/** A desk, a tracker on this machine that answers what a test wants, and a worker between them. */
final class TicketWork implements AutoCloseable {

  final WireMockServer server = new WireMockServer(options().dynamicPort());
  final TicketDesk desk;
  private final JobRun run;
  private TicketJob work;

  TicketWork() {
    server.start();
    desk = new TicketDesk(server.baseUrl());
    work = new TicketJob(desk.delivery, desk.trials, new TrackerHttp());
    run =
        new JobRun(
            desk.outbox.attempts, new Courtesy(() -> 0, new YieldConfig(1)), desk.outbox.meters);
  }

  /** For a tracker's answer. */
  void waitNoLongerThan(Duration patience) {
    work = new TicketJob(desk.delivery, desk.trials, new TrackerHttp(patience));
  }

  /** Does what waits. */
  void work() {
    work(desk.jobs());
  }

  void work(List<JobId> jobs) {
    jobs.forEach(job -> run.run(job, work));
  }

  @Override
  public void close() {
    server.stop();
    desk.shop.jdbi.useHandle(handle -> handle.execute("delete from job"));
  }
}
