package dev.retrospec.web.testruns;

import dev.retrospec.recordings.BodyLimits;
import dev.retrospec.recordings.BoundedInflater;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A body that has arrived and waits for its turn: a small one in memory, a large one as a file. So
 * neither slow clients nor those who wait fill the heap or keep others from being read.
 */
final class SpooledBody implements AutoCloseable {

  static final int IN_MEMORY = 1024 * 1024;

  private final byte[] small;
  private final @Nullable Path large;
  private final @Nullable String encoding;
  private final BodyLimits limits;

  private SpooledBody(
      byte[] small, @Nullable Path large, @Nullable String encoding, BodyLimits limits) {
    this.small = small;
    this.large = large;
    this.encoding = encoding;
    this.limits = limits;
  }

  /**
   * Reads a body to its end, as it is sent.
   *
   * @param encoding the header's value, or null without one
   * @param mebibytes that it may have, compressed or not
   * @throws dev.retrospec.recordings.InvalidRecording when it is longer
   * @throws IOException when the client goes away, or there is no room on the disk
   */
  static SpooledBody of(InputStream body, @Nullable String encoding, int mebibytes)
      throws IOException {
    BodyLimits limits = new BodyLimits(mebibytes * 1024L * 1024, mebibytes * 1024L * 1024);
    // Counts only; it is inflated when it is read.
    try (BoundedInflater wire = new BoundedInflater(body, null, limits)) {
      byte[] start = wire.readNBytes(IN_MEMORY);
      return start.length < IN_MEMORY
          ? new SpooledBody(start, null, encoding, limits)
          : new SpooledBody(new byte[0], filed(start, wire), encoding, limits);
    }
  }

  private static Path filed(byte[] start, InputStream rest) throws IOException {
    Path file = Files.createTempFile("retrospec-run-", ".body");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(start);
      rest.transferTo(out);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    return file;
  }

  /** Reads the body, inflated and bounded. */
  interface Reading<T> {
    T of(InputStream body) throws IOException;
  }

  /**
   * @throws dev.retrospec.recordings.InvalidRecording when it is longer than allowed, or damaged
   */
  <T> T read(Reading<T> reading) throws IOException {
    try (InputStream sent =
            large == null ? new ByteArrayInputStream(small) : Files.newInputStream(large);
        BoundedInflater body = new BoundedInflater(sent, encoding, limits)) {
      return reading.of(body);
    }
  }

  @Override
  public void close() throws IOException {
    if (large != null) {
      Files.deleteIfExists(large);
    }
  }
}
