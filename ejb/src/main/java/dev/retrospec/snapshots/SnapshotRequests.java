package dev.retrospec.snapshots;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SnapshotId;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobQueue;
import dev.retrospec.jobs.NewJob;
import dev.retrospec.platform.failure.InvalidRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Asks for a snapshot. A browser takes it later; {@link Snapshots} then tells what became of it.
 */
@ApplicationScoped
public class SnapshotRequests {

  /**
   * Who asks waits so long: longer than a capture may take, and than what waits before it on a
   * quiet day. What has not begun by then is not begun any more.
   */
  public static final Duration PATIENCE = Duration.ofSeconds(150);

  private final Snapshots snapshots;
  private final SnapshotAddresses addresses;
  private final JobQueue jobs;
  private final SnapshotConfig config;
  private final Clock clock;

  @Inject
  public SnapshotRequests(
      Snapshots snapshots,
      SnapshotAddresses addresses,
      JobQueue jobs,
      SnapshotConfig config,
      Clock clock) {
    this.snapshots = snapshots;
    this.addresses = addresses;
    this.jobs = jobs;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected SnapshotRequests() {
    this(null, null, null, null, null);
  }

  /**
   * Writes the pending snapshot and its job.
   *
   * @throws InvalidRequest when the URL is none that a browser opens
   * @throws AddressNotAllowed when it says itself that it leads where none may go; what its name
   *     resolves to is looked at by the browser's proxy, and then the snapshot fails
   * @throws TooManySnapshots when as many of the project are waited for as may be
   */
  @Transactional
  public SnapshotId request(ProjectId project, NewSnapshot wanted) {
    PageAddress page = PageAddress.of(wanted.url());
    if (isRefusedOutright(page, addresses.inForce(project))) {
      throw new AddressNotAllowed(page.host());
    }
    Instant now = clock.instant();
    snapshots.lock(project);
    if (snapshots.pendingSince(project, now.minus(PATIENCE)) >= config.maxPending()) {
      throw new TooManySnapshots(config.maxPending());
    }
    SnapshotId id = SnapshotId.mint();
    snapshots.add(project, id, wanted, now);
    jobs.enqueue(NewJob.about(JobKind.SNAPSHOT, project, id.value(), "{}", Set.of()));
    return id;
  }

  /** Without any look-up, so that a request never waits for somebody's name server. */
  private static boolean isRefusedOutright(PageAddress page, AddressRules rules) {
    String host = page.host();
    boolean isLocal = host.equalsIgnoreCase("localhost") || host.endsWith(".localhost");
    if (!isLocal && !Network.isAddress(host)) {
      return false;
    }
    try {
      InetAddress address = InetAddress.getByName(isLocal ? "127.0.0.1" : host);
      return !rules.showsPage(host, page.port(), address);
    } catch (UnknownHostException e) {
      return true; // because an address that is none leads nowhere
    }
  }
}
