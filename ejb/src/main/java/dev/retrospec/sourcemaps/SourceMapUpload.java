package dev.retrospec.sourcemaps;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.artifacts.ArtifactStoreUnavailable;
import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SourceMapId;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.sourcemaps.SourceMapRows.Content;
import dev.retrospec.sourcemaps.SourceMapWrites.Written;
import dev.retrospec.sourcemaps.symbols.MapFile;
import dev.retrospec.sourcemaps.symbols.SourceMap;
import dev.retrospec.sourcemaps.symbols.SourceMapReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes source maps in, and lets go of them. A map is read whole before it is kept, so that what is
 * here can be used; the contents of sources are left out, so that what is here is no copy of the
 * customer's code. Call it without a transaction.
 */
@ApplicationScoped
public class SourceMapUpload {

  /** Of a map's file, inflated. The largest of public sites are about 40 MB. */
  public static final int MEBIBYTES = 64;

  private static final long MIB = 1024L * 1024;

  /** What a map takes while it is read, in its own sizes: its mappings are there several times. */
  private static final int TIMES = 4;

  /** Of the heap, for maps that are being read. */
  private static final int SHARE_OF_HEAP = 3;

  /** Most maps are read within a second. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(SourceMapUpload.class);

  private final SourceMapWrites writes;
  private final ProjectsWithMaps projects;
  private final ArtifactStore store;
  private final int roomMebibytes =
      (int) Math.max(1, Runtime.getRuntime().maxMemory() / MIB / SHARE_OF_HEAP);
  private final Semaphore room = new Semaphore(roomMebibytes, true);

  @Inject
  SourceMapUpload(SourceMapWrites writes, ProjectsWithMaps projects, ArtifactStore store) {
    this.writes = writes;
    this.projects = projects;
    this.store = store;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected SourceMapUpload() {
    this(null, null, null);
  }

  /** What became of an upload. */
  public enum Outcome {
    CREATED,
    /** The same content was here. */
    UNCHANGED,
    /** Another content was here under the same debug id, or the same release and address. */
    REPLACED;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is kept now. */
  public record Uploaded(SourceMapView map, Outcome outcome) {}

  /**
   * Keeps a map. It is read when all of it has arrived and there is room for it, so that a slow
   * client keeps nobody waiting and large ones do not fill the heap together. The same content
   * under the same name changes nothing, however often it comes.
   *
   * @param json the map's file, inflated and bounded by whoever hands it in
   * @throws dev.retrospec.platform.failure.Failure when it is no map, nothing would find it, the
   *     project has no room, or too many are uploaded at once
   * @throws IOException when the client's connection fails
   */
  public Uploaded accept(ProjectId project, NewSourceMap told, InputStream json)
      throws IOException {
    Path arrived = Files.createTempFile("retrospec-map-", ".json");
    try {
      long bytes = Files.copy(json, arrived, StandardCopyOption.REPLACE_EXISTING);
      int taken = (int) Math.min(roomMebibytes, 1 + TIMES * bytes / MIB);
      takeRoom(taken);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(arrived))) {
        MapFile file = SourceMapReader.read(in);
        Written written = keep(project, told.with(file.debugId()), file);
        projects.has(project);
        return new Uploaded(written.map(), written.outcome());
      } finally {
        room.release(taken);
      }
    } finally {
      Files.deleteIfExists(arrived);
    }
  }

  private void takeRoom(int mebibytes) {
    try {
      if (!room.tryAcquire(mebibytes, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SourceMapUploadsBusy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceMapUploadsBusy();
    }
  }

  private Written keep(ProjectId project, NewSourceMap told, MapFile file) throws IOException {
    SourceMap map = file.open();
    MessageDigest digest = sha256();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    long size;
    try (CountedOut counted =
        new CountedOut(new DigestOutputStream(new GZIPOutputStream(packed), digest))) {
      file.writeTo(counted);
      size = counted.bytes;
    }
    ContentHash hash = ContentHash.ofBytes(digest.digest());
    return writes
        .again(project, told, hash)
        .orElseGet(
            () -> {
              ArtifactKey key = SourceMapObjects.key(project, hash);
              byte[] bytes = packed.toByteArray();
              store.put(key, bytes, "application/gzip");
              Content content =
                  new Content(hash, size, bytes.length, map.sourceCount(), map.mappingCount(), key);
              return written(writes.write(project, told, content));
            });
  }

  private Written written(Written written) {
    if (written.unused() != null) {
      delete(List.of(written.unused()));
    }
    return written;
  }

  /**
   * @throws NotFound when the project has no such map
   */
  public void delete(ProjectId project, SourceMapId id) {
    ArtifactKey key = writes.delete(project, id).orElseThrow(() -> new NotFound("source map"));
    delete(List.of(key));
  }

  /**
   * Deletes the maps that are part of this release and of no other.
   *
   * @return how many
   */
  public int deleteRelease(ProjectId project, String release) {
    List<ArtifactKey> keys = writes.deleteRelease(project, release);
    delete(keys);
    return keys.size();
  }

  /** Rows went first: what is left here the sweep of orphans finds. */
  private void delete(List<ArtifactKey> keys) {
    try {
      keys.forEach(store::delete);
    } catch (ArtifactStoreUnavailable e) {
      LOG.warn("Deleted source maps are left to the sweep of orphans: {}", e.getMessage());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Counts what passes. */
  private static final class CountedOut extends OutputStream {

    private final OutputStream out;
    private long bytes;

    CountedOut(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      bytes++;
    }

    @Override
    public void write(byte[] some, int offset, int length) throws IOException {
      out.write(some, offset, length);
      bytes += length;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
