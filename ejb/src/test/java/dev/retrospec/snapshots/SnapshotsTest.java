package dev.retrospec.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactTokensConfig;
import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SnapshotId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.projects.Projects;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnapshotsTest {

  private static final Duration RETENTION = Duration.ofDays(30);

  private final TestDatabase database = TestDatabase.get();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final ProjectId project = database.newProject();
  private final ProjectId other = database.newProject();
  private final TestRunId run = TestRunId.mint();
  private final Outbox outbox = new Outbox(database, clock, Map.of("SNAPSHOT_MAX_ATTEMPTS", "1"));
  private final Snapshots snapshots = new Snapshots(database.jdbi());
  private final SnapshotConfig config =
      new SnapshotConfig(
          RETENTION, AddressRules.of(List.of("staging.corp")), 3, "https://retrospec.example");
  private final SnapshotAddresses addresses =
      new SnapshotAddresses(database.jdbi(), new Projects(database.jdbi(), clock), config, clock);
  private final SnapshotRequests requests =
      new SnapshotRequests(snapshots, addresses, outbox.queue, config, clock);
  private final SnapshotResults results = new SnapshotResults(snapshots, clock);

  @AfterEach
  void emptyTheOutbox() {
    database.jdbi().useHandle(handle -> handle.execute("delete from job"));
  }

  @Test
  void aWishIsARowAndAJobAndKeepsWhatItWasMadeWith() {
    NewSnapshot wanted = wanted("https://shop.example/?token=abc");

    SnapshotId id = requests.request(project, wanted);

    assertThat(results.wanted(project, id)).contains(wanted);
    assertThat(snapshots.find(project, id).orElseThrow().status())
        .isEqualTo(SnapshotStatus.PENDING);
    assertThat(snapshots.find(project, id).orElseThrow().url())
        .isEqualTo("https://shop.example/?token=[value]");
    assertThat(outbox.queries.depths().get(JobKind.SNAPSHOT).pending()).isEqualTo(1);
    assertThat(snapshots.ended(List.of(id))).isEmpty();
  }

  @Test
  void aReadySnapshotHasItsObjectsAndAnAddressWithoutSecrets() {
    SnapshotId id = requests.request(project, wanted("https://shop.example/?token=abc"));
    clock.pass(Duration.ofSeconds(4));

    results.ready(project, id, "Chrome", Map.of(SnapshotArtifact.SCREENSHOT, 7L));
    results.failed(project, id, SnapshotFailure.CAPTURE_FAILED, "too late");

    SnapshotView ready = snapshots.find(project, id).orElseThrow();
    assertThat(ready.isReady()).isTrue();
    assertThat(ready.url()).isEqualTo("https://shop.example/?token=[value]");
    assertThat(ready.takenAt()).isEqualTo(clock.instant());
    assertThat(ready.objects())
        .containsExactly(
            Map.entry(
                SnapshotArtifact.SCREENSHOT,
                new StoredObject("snapshots/" + project + "/" + id + "/screenshot.png", 7)));
    assertThat(snapshots.ended(List.of(id))).containsExactly(ready);
    assertThat(results.wanted(project, id)).as("nobody waits for it any more").isEmpty();
  }

  @Test
  void anotherProjectsSnapshotIsNotThere() {
    SnapshotId id = requests.request(project, wanted("https://shop.example/"));

    assertThat(snapshots.find(other, id)).isEmpty();
    assertThat(snapshots.ofRun(other, run)).isEmpty();
    assertThat(snapshots.ofRun(project, run)).extracting(SnapshotView::id).containsExactly(id);
    results.failed(other, id, SnapshotFailure.CAPTURE_FAILED, "not yours");
    assertThat(snapshots.find(project, id).orElseThrow().status())
        .isEqualTo(SnapshotStatus.PENDING);
  }

  @Test
  void aProjectWaitsForAFewAtOnceAndOthersForTheirOwn() {
    SnapshotId first = requests.request(project, wanted("https://shop.example/1"));
    requests.request(project, wanted("https://shop.example/2"));
    requests.request(project, wanted("https://shop.example/3"));

    assertThatThrownBy(() -> requests.request(project, wanted("https://shop.example/4")))
        .isInstanceOf(TooManySnapshots.class)
        .hasMessageContaining("waits for 3 snapshots already");
    requests.request(other, wanted("https://shop.example/4"));

    results.failed(project, first, SnapshotFailure.CAPTURE_FAILED, "it did not load");
    requests.request(project, wanted("https://shop.example/4"));
  }

  @Test
  void whatNobodyWaitsForAnyMoreIsNotTakenAndHoldsNobodyUp() {
    List<SnapshotId> asked =
        List.of(
            requests.request(project, wanted("https://shop.example/1")),
            requests.request(project, wanted("https://shop.example/2")),
            requests.request(project, wanted("https://shop.example/3")));
    clock.pass(SnapshotRequests.PATIENCE.minusSeconds(1));
    assertThat(results.wanted(project, asked.get(0))).isPresent();

    clock.pass(Duration.ofSeconds(1));

    assertThat(results.wanted(project, asked.get(0))).isEmpty();
    requests.request(project, wanted("https://shop.example/4"));
    results.notWaitedFor(project, asked.get(0));
    SnapshotView given = snapshots.find(project, asked.get(0)).orElseThrow();
    assertThat(given.status()).isEqualTo(SnapshotStatus.FAILED);
    assertThat(given.failure()).contains("Nobody waited");
  }

  @Test
  void aJobThatIsGivenUpLeavesAFailedSnapshot() {
    outbox.givenUp.observedBy(results::onGivenUp);
    SnapshotId id = requests.request(project, wanted("https://shop.example/"));
    var job = outbox.enqueued.fired().get(0).signals().get(0).id();

    outbox.attempts.fail(outbox.attempts.begin(job).orElseThrow(), "the browser ended");

    SnapshotView failed = snapshots.find(project, id).orElseThrow();
    assertThat(failed.failureCode()).isEqualTo(SnapshotFailure.CAPTURE_FAILED);
    assertThat(failed.failure()).isEqualTo("the browser ended");
  }

  @Test
  void whatSaysItselfThatItIsPrivateIsRefusedAtOnce() {
    for (String url :
        List.of(
            "http://127.0.0.1/",
            "http://localhost:3000/",
            "http://app.localhost/",
            "http://[::1]/",
            "http://169.254.169.254/latest/meta-data",
            "http://10.0.0.1/")) {
      assertThatThrownBy(() -> requests.request(project, wanted(url)))
          .as(url)
          .isInstanceOf(AddressNotAllowed.class);
    }
    assertThatThrownBy(() -> requests.request(project, wanted("file:///etc/passwd")))
        .isInstanceOf(InvalidRequest.class);
    assertThat(snapshots.ofRun(project, run)).isEmpty();
  }

  @Test
  void aProjectsListIsItsOwnAndTheOperatorsHoldsForAll() {
    assertThat(addresses.replace(project, List.of("LOCALHOST:3000", "localhost:3000")))
        .containsExactly("localhost:3000");

    assertThat(addresses.inForce(project).entries())
        .containsExactlyInAnyOrder("localhost:3000", "staging.corp");
    assertThat(addresses.inForce(other).entries()).containsExactly("staging.corp");
    assertThat(requests.request(project, wanted("http://localhost:3000/"))).isNotNull();
    assertThatThrownBy(() -> requests.request(other, wanted("http://localhost:3000/")))
        .isInstanceOf(AddressNotAllowed.class);
    assertThatThrownBy(() -> addresses.replace(project, List.of("ok.example", "not ok")))
        .isInstanceOf(InvalidRequest.class);
    assertThat(addresses.of(project)).as("as before").containsExactly("localhost:3000");
    assertThat(addresses.replace(project, List.of())).isEmpty();
    assertThatThrownBy(() -> addresses.of(ProjectId.mint())).isInstanceOf(NotFound.class);
  }

  @Test
  void aLinkOpensOneArtifactForAWeek() {
    SnapshotId id = requests.request(project, wanted("https://shop.example/"));
    results.ready(
        project, id, "Chrome", Map.of(SnapshotArtifact.SCREENSHOT, 7L, SnapshotArtifact.HAR, 9L));
    SnapshotLinks links =
        new SnapshotLinks(
            new ArtifactTokensConfig("secret".getBytes(), Duration.ofMinutes(5)), config, clock);

    SnapshotLinks.Links urls = links.of(snapshots.find(project, id).orElseThrow());

    assertThat(urls.htmlDump()).as("there is none").isNull();
    assertThat(urls.har())
        .startsWith("https://retrospec.example/v1/snapshots/" + id + "/har?artifactToken=v1.");
    String token = URI.create(urls.har()).getQuery().substring("artifactToken=".length());
    assertThat(links.projectOf(token, id, SnapshotArtifact.HAR)).contains(project);
    assertThat(links.projectOf(token, id, SnapshotArtifact.SCREENSHOT)).isEmpty();
    assertThat(links.projectOf(token, SnapshotId.mint(), SnapshotArtifact.HAR)).isEmpty();
    assertThat(
            links.projectOf(
                token.replace(project.value(), other.value()), id, SnapshotArtifact.HAR))
        .isEmpty();
    clock.pass(SnapshotConfig.LINK_LIFETIME.minusSeconds(1));
    assertThat(links.projectOf(token, id, SnapshotArtifact.HAR)).isPresent();
    clock.pass(Duration.ofSeconds(1));
    assertThat(links.projectOf(token, id, SnapshotArtifact.HAR)).isEmpty();
  }

  @Test
  void snapshotsGoWithTheirObjectsWhenTheirTimeIsOver() {
    MemoryArtifactStore store = new MemoryArtifactStore();
    SnapshotData data = new SnapshotData(snapshots, store, config, clock);
    SnapshotId id = requests.request(project, wanted("https://shop.example/"));
    ArtifactKey key = SnapshotObjects.key(project, id, SnapshotArtifact.DOM);
    store.put(key, new byte[3], "application/json");
    results.ready(project, id, "Chrome", Map.of(SnapshotArtifact.DOM, 3L));

    clock.pass(RETENTION.minusSeconds(1));
    data.sweep(clock.instant());
    assertThat(snapshots.find(project, id)).isPresent();

    clock.pass(Duration.ofSeconds(2));
    store.away(true);
    assertThat(data.sweep(clock.instant()).failedArtifactObjects()).isEqualTo(1);
    assertThat(snapshots.find(project, id)).as("the row stays with its object").isPresent();
    store.away(false);
    data.sweep(clock.instant());

    assertThat(snapshots.find(project, id)).isEmpty();
    assertThat(store.info(key)).isEmpty();
  }

  @Test
  void theSweepOfOrphansKnowsTheObjectsThatHaveARow() {
    SnapshotId id = requests.request(project, wanted("https://shop.example/"));
    ArtifactKey known = SnapshotObjects.key(project, id, SnapshotArtifact.HTML);
    ArtifactKey orphan = SnapshotObjects.key(project, SnapshotId.mint(), SnapshotArtifact.HTML);
    ArtifactKey strange = ArtifactKey.of("snapshots", "a", "b", "c");

    assertThat(new SnapshotObjects(snapshots).known(Set.of(known, orphan, strange)))
        .containsExactly(known);
  }

  private NewSnapshot wanted(String url) {
    return new NewSnapshot(run, url, Viewport.DEFAULT, "#pay", Duration.ofSeconds(5));
  }
}
