package dev.retrospec.recordings;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as it stands on the wire. Whoever made it closes the stream.
 *
 * @param contentEncoding the header's value, or null without one
 */
public record EncodedBody(InputStream stream, @Nullable String contentEncoding) {}
