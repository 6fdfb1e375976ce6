package dev.retrospec.workers.snapshots;

import com.fasterxml.jackson.core.JsonParser;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SnapshotId;
import dev.retrospec.jobs.Job;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.privacy.SecretText;
import dev.retrospec.recordings.ChunkCodec;
import dev.retrospec.recordings.EventStream;
import dev.retrospec.snapshots.AddressNotAllowed;
import dev.retrospec.snapshots.NewSnapshot;
import dev.retrospec.snapshots.SnapshotAddresses;
import dev.retrospec.snapshots.SnapshotArtifact;
import dev.retrospec.snapshots.SnapshotFailure;
import dev.retrospec.snapshots.SnapshotObjects;
import dev.retrospec.snapshots.SnapshotResults;
import dev.retrospec.workers.browser.BrowserConfig;
import dev.retrospec.workers.browser.BrowserExhausted;
import dev.retrospec.workers.browser.FilteringProxy;
import dev.retrospec.workers.browser.NameLookup;
import dev.retrospec.workers.browser.NoBrowser;
import dev.retrospec.workers.browser.SupervisedBrowser;
import dev.retrospec.workers.runtime.JobWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes the snapshot of a page and stores what is left of it without its secrets. */
@ApplicationScoped
public class SnapshotJob implements JobWork {

  private final SnapshotResults results;
  private final SnapshotAddresses addresses;
  private final SupervisedBrowser browser;
  private final BrowserConfig limits;
  private final CaptureConfig config;
  private final NameLookup names;
  private final ArtifactStore store;
  private final SecretText secrets = new SecretText();
  private final HtmlRedaction pages = new HtmlRedaction();

  @Inject
  public SnapshotJob(
      SnapshotResults results,
      SnapshotAddresses addresses,
      SupervisedBrowser browser,
      BrowserConfig limits,
      CaptureConfig config,
      NameLookup names,
      ArtifactStore store) {
    this.results = results;
    this.addresses = addresses;
    this.browser = browser;
    this.limits = limits;
    this.config = config;
    this.names = names;
    this.store = store;
  }

  /** For the container's proxy. */
  protected SnapshotJob() {
    this(null, null, null, null, null, null, null);
  }

  @Override
  public JobKind kind() {
    return JobKind.SNAPSHOT;
  }

  /** Somebody waits for the answer: requests do not go first. */
  @Override
  public boolean isForTheProcessor() {
    return false;
  }

  /** There is one browser, and a project that asks for many snapshots must not have it alone. */
  @Override
  public boolean takesTurns() {
    return true;
  }

  @Override
  public Runnable perform(Job job) throws IOException {
    ProjectId project = job.projectId();
    SnapshotId id = new SnapshotId(job.subject());
    Optional<NewSnapshot> wanted = results.wanted(project, id);
    if (wanted.isEmpty()) {
      return () -> results.notWaitedFor(project, id); // unless another attempt was faster
    }
    Path folder = Files.createTempDirectory("retrospec-snapshot-");
    try (FilteringProxy proxy =
        FilteringProxy.open(addresses.inForce(project), names, limits.maxBytes())) {
      CapturedPage page = new PageCapture(browser, proxy, folder, config).of(wanted.get());
      Map<SnapshotArtifact, Long> stored = store(project, id, page);
      return () -> results.ready(project, id, page.userAgent(), stored);
    } catch (AddressNotAllowed e) {
      return () -> results.failed(project, id, SnapshotFailure.ADDRESS_REFUSED, e.getMessage());
    } catch (NoBrowser e) {
      return () -> results.failed(project, id, SnapshotFailure.NO_BROWSER, e.getMessage());
    } catch (PageUnusable | BrowserExhausted e) {
      return () -> results.failed(project, id, SnapshotFailure.CAPTURE_FAILED, e.getMessage());
    } finally {
      delete(folder);
    }
  }

  private Map<SnapshotArtifact, Long> store(ProjectId project, SnapshotId id, CapturedPage page)
      throws IOException {
    Map<SnapshotArtifact, byte[]> contents = new EnumMap<>(SnapshotArtifact.class);
    contents.put(SnapshotArtifact.SCREENSHOT, page.screenshot());
    contents.put(SnapshotArtifact.HTML, utf8(pages.redact(page.html())));
    contents.put(SnapshotArtifact.HAR, har(page.har()));
    contents.put(SnapshotArtifact.CONSOLE, utf8(secrets.redact(page.console())));
    contents.put(SnapshotArtifact.DOM, scrubbed(page.dom()));
    Map<SnapshotArtifact, Long> sizes = new EnumMap<>(SnapshotArtifact.class);
    contents.forEach(
        (artifact, content) -> {
          store.put(SnapshotObjects.key(project, id, artifact), content, artifact.contentType());
          sizes.put(artifact, (long) content.length);
        });
    return sizes;
  }

  private static byte[] har(Path har) throws IOException {
    ByteArrayOutputStream clean = new ByteArrayOutputStream();
    new HarRedaction(har).writeTo(clean);
    return clean.toByteArray();
  }

  /** By the same rules as a recording: our player shows it as one. */
  private static byte[] scrubbed(InputStream dom) throws IOException {
    EventStream events = new EventStream(new Scrubber());
    try (JsonParser parser = EventStream.jsonFactory().createParser(dom)) {
      parser.nextToken();
      byte[] zstd = events.encode(parser).zstd();
      try (InputStream json = new ChunkCodec().json(zstd)) {
        return json.readAllBytes();
      }
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
