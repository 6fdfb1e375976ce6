package dev.retrospec.ingest;

import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.assets.AssetContents;
import dev.retrospec.assets.AssetData;
import dev.retrospec.assets.AssetType;
import dev.retrospec.assets.AssetUse;
import dev.retrospec.assets.Assets;
import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.InvalidId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.privacy.ScrubMode;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.recordings.InvalidRecording;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes what visitors' browsers had of a page. A recorder first tells the hashes, then brings what
 * is missing: what one visitor brought, no other sends again.
 */
@ApplicationScoped
public class AssetIntake {

  /** Larger pictures are photographs in full size; a replay lives without them. */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  /**
   * Of one project. Beyond it nothing new is kept: the key that brings contents stands on public
   * pages.
   */
  static final long MAX_PROJECT_BYTES = 2L * 1024 * 1024 * 1024;

  /** Of one project: each is an object of the store, however small. */
  static final int MAX_PROJECT_CONTENTS = 100_000;

  /** Of one session. Pages that show more show lists of pictures, of which the first are seen. */
  static final int MAX_USES = 500;

  static final int MAX_AT_ONCE = 100;

  /** As long as an address may be to stand in an index. */
  static final int MAX_URL = 1_000;

  /** Each holds its content in the heap, twice while it is read. */
  static final int UPLOADS_AT_ONCE = 4;

  private static final Duration UPLOAD_WAITS = Duration.ofSeconds(2);

  private static final Pattern ADDRESS = Pattern.compile("https?://[\\x21-\\x7e]+");

  private final Semaphore uploads = new Semaphore(UPLOADS_AT_ONCE);
  private final Admission admission;
  private final Scrubber scrubber;
  private final Assets assets;
  private final AssetContents contents;
  private final ArtifactStore store;
  private final Clock clock;

  @Inject
  public AssetIntake(
      Admission admission,
      Scrubber scrubber,
      Assets assets,
      AssetContents contents,
      ArtifactStore store,
      Clock clock) {
    this.admission = admission;
    this.scrubber = scrubber;
    this.assets = assets;
    this.contents = contents;
    this.store = store;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AssetIntake() {
    this(null, null, null, null, null, null);
  }

  /**
   * Remembers what a session's pages showed.
   *
   * @return those contents that are not here yet
   * @throws RecordingUnwanted when the project has switched recording off
   * @throws InvalidRequest when it is too much at once, or one of them is none
   */
  @Transactional
  public Set<ContentHash> tell(
      ProjectId project, SessionId session, @Nullable List<@Nullable AssetFields> told) {
    ScrubMode mode = Admission.scrubMode(admission.check(project));
    if (told == null || told.size() > MAX_AT_ONCE) {
      throw new InvalidRequest("assets must be an array of at most " + MAX_AT_ONCE);
    }
    List<AssetUse> uses = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      uses.add(use(told.get(i), mode, "assets[" + i + "]"));
    }
    Set<ContentHash> missing = new LinkedHashSet<>();
    uses.forEach(use -> missing.add(use.sha256()));
    missing.removeAll(assets.use(project, session, uses, MAX_USES, clock.instant()));
    return missing;
  }

  private AssetUse use(@Nullable AssetFields told, ScrubMode mode, String place) {
    if (told == null || told.url() == null || told.sha256() == null) {
      throw new InvalidRequest(place + " must have a url and a sha256");
    }
    if (told.url().length() > MAX_URL || !ADDRESS.matcher(told.url()).matches()) {
      throw new InvalidRequest(
          place + ".url must be of http or https, in at most " + MAX_URL + " characters of ASCII");
    }
    // As the recording itself was scrubbed: the replay finds the content by this address.
    String url = scrubber.scrubResourceUrl(told.url(), mode);
    return new AssetUse(url, hash(told.sha256(), place + ".sha256"));
  }

  private static ContentHash hash(String hex, String place) {
    try {
      return new ContentHash(hex);
    } catch (InvalidId e) {
      throw new InvalidRequest(place + ": " + e.getMessage());
    }
  }

  /** What became of a content. */
  public enum Receipt {
    KEPT,
    /** Somebody brought it before. */
    KNOWN,
    /** The project has as much as it may have. */
    NO_ROOM
  }

  /**
   * Reads and keeps a content that is wanted; of others nothing is read. Bringing it again is
   * harmless. Called without a transaction, because the object store takes none.
   *
   * @throws RecordingUnwanted when the project has switched recording off
   * @throws NotFound when the session did not tell of it before
   * @throws UploadsBusy when too many are brought at once
   * @throws InvalidRequest when it is another content than the hash says, or nothing that a page is
   *     made of
   * @throws dev.retrospec.recordings.InvalidRecording when it is too large
   * @throws dev.retrospec.artifacts.ArtifactStoreUnavailable when the store is away
   * @throws IOException when the connection fails
   */
  public Receipt keep(ProjectId project, SessionId session, ContentHash hash, InputStream body)
      throws IOException {
    Optional<Receipt> known = known(project, session, hash);
    if (known.isPresent()) {
      return known.get();
    }
    enter();
    try {
      byte[] content = body.readNBytes(MAX_BYTES + 1);
      // Somebody else may have brought it meanwhile.
      Optional<Receipt> by = known(project, session, hash);
      return by.isPresent() ? by.get() : keep(project, hash, content);
    } finally {
      uploads.release();
    }
  }

  private void enter() {
    try {
      if (uploads.tryAcquire(UPLOAD_WAITS.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new UploadsBusy();
  }

  /** Empty when the content is wanted, else what is to be answered. */
  private Optional<Receipt> known(ProjectId project, SessionId session, ContentHash hash) {
    admission.check(project);
    if (!assets.isUsed(project, session, hash)) {
      throw new NotFound("asset of this session");
    }
    if (assets.find(project, session, hash).isPresent()) {
      return Optional.of(Receipt.KNOWN);
    }
    return hasRoom(project, 1) ? Optional.empty() : Optional.of(Receipt.NO_ROOM);
  }

  private Receipt keep(ProjectId project, ContentHash hash, byte[] content) {
    if (content.length > MAX_BYTES) {
      throw InvalidRecording.tooLarge("an asset must be at most " + MAX_BYTES + " bytes");
    }
    if (!ContentHash.of(content).equals(hash)) {
      throw new InvalidRequest("the content is another than its sha256 says");
    }
    AssetType type =
        AssetType.of(content)
            .orElseThrow(() -> new InvalidRequest("only pictures and fonts are kept"));
    if (!hasRoom(project, content.length)) {
      return Receipt.NO_ROOM;
    }
    ArtifactKey key = AssetData.key(project, hash);
    store.put(key, content, type.mediaType());
    if (!contents.add(project, hash, type, content.length, key, clock.instant())) {
      store.delete(key);
      return Receipt.KNOWN;
    }
    return Receipt.KEPT;
  }

  private boolean hasRoom(ProjectId project, int sizeBytes) {
    return contents.hasRoom(project, sizeBytes, MAX_PROJECT_BYTES, MAX_PROJECT_CONTENTS);
  }
}
