package dev.retrospec.artifacts;

import java.io.IOException;
import java.io.InputStream;

/**
 * An object, or a part of it, being read. Close it: it holds a connection.
 *
 * @param stream the bytes from {@code offset} on
 * @param offset where the stream begins in the object
 * @param lengthBytes what the stream gives
 * @param sizeBytes of the whole object
 * @param contentType as it was put
 */
public record ArtifactContent(
    InputStream stream, long offset, long lengthBytes, long sizeBytes, String contentType)
    implements AutoCloseable {

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
