package dev.retrospec.recordings;

import dev.retrospec.recordings.InvalidRecording.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, decompressed while it is read, with a limit on both sides and a SHA-256 of what
 * came out. Understands {@code gzip} (RFC 1952, several members, checksums verified), {@code
 * deflate} (with and without the zlib wrapper, because clients send both) and {@code identity}.
 * Holds two small buffers, never the body.
 *
 * <p>Reading throws {@link InvalidRecording} for what the client did wrong, and {@link IOException}
 * only when the connection fails. Close it: it holds native memory.
 */
public final class BoundedInflater extends InputStream {

  private static final int BUFFER = 8 * 1024;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;

  private enum Encoding {
    IDENTITY,
    GZIP,
    DEFLATE
  }

  private final InputStream wire;
  private final BodyLimits limits;
  private final Encoding encoding;
  private final MessageDigest digest;
  private final CRC32 crc = new CRC32();
  private final byte[] in = new byte[BUFFER];
  private int position;
  private int filled;
  private long wireBytes;
  private long inflatedBytes;
  private long memberBytes;
  private @Nullable Inflater inflater;
  private boolean started;
  private boolean ended;

  /**
   * @param contentEncoding the header's value, or null without one
   * @throws InvalidRecording when the encoding is unknown or stacked
   */
  public BoundedInflater(InputStream wire, @Nullable String contentEncoding, BodyLimits limits) {
    this.wire = wire;
    this.limits = limits;
    this.encoding = encoding(contentEncoding);
    this.digest = sha256Digest();
  }

  private static Encoding encoding(@Nullable String header) {
    String name = header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "", "identity" -> Encoding.IDENTITY;
      case "gzip", "x-gzip" -> Encoding.GZIP;
      case "deflate" -> Encoding.DEFLATE;
      default ->
          throw new InvalidRecording(
              Reason.UNSUPPORTED_ENCODING,
              "Content-Encoding must be one of gzip, deflate, identity");
    };
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count =
        encoding == Encoding.IDENTITY
            ? copy(target, offset, length)
            : inflate(target, offset, length);
    if (count > 0) {
      inflatedBytes += count;
      if (inflatedBytes > limits.inflatedBytes()) {
        throw new InvalidRecording(
            Reason.TOO_LARGE_INFLATED,
            "the decompressed body is larger than " + limits.inflatedBytes() + " bytes");
      }
      digest.update(target, offset, count);
    }
    return count;
  }

  /**
   * Reads what is left, so that the end of the body is checked too.
   *
   * @return the SHA-256 of the decompressed body; call once
   */
  public byte[] finish() throws IOException {
    byte[] rest = new byte[BUFFER];
    while (read(rest, 0, rest.length) >= 0) {
      // read() counts, checks and hashes
    }
    return digest.digest();
  }

  /** Bytes taken from the wire so far. */
  public long wireBytes() {
    return wireBytes;
  }

  /** Bytes given out so far. */
  public long inflatedBytes() {
    return inflatedBytes;
  }

  /** Frees native memory; the wire stays open, because it is the caller's. */
  @Override
  public void close() {
    ended = true;
    if (inflater != null) {
      inflater.end();
      inflater = null;
    }
  }

  private int copy(byte[] target, int offset, int length) throws IOException {
    if (position == filled && !fill()) {
      return -1;
    }
    int count = Math.min(length, filled - position);
    System.arraycopy(in, position, target, offset, count);
    position += count;
    return count;
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    while (!ended) {
      Inflater current = started && inflater != null ? inflater : begin();
      try {
        int count = current.inflate(target, offset, length);
        if (count > 0) {
          memberBytes += count;
          if (encoding == Encoding.GZIP) {
            crc.update(target, offset, count);
          }
          return count;
        }
      } catch (DataFormatException e) {
        throw broken("the compressed body is damaged");
      }
      if (current.finished()) {
        position = filled - current.getRemaining();
        endOfMember(current);
      } else if (current.needsDictionary()) {
        throw broken("the compressed body needs a dictionary");
      } else if (fill()) {
        current.setInput(in, 0, filled);
      } else {
        throw broken("the compressed body is cut off");
      }
    }
    return -1;
  }

  private Inflater begin() throws IOException {
    started = true;
    boolean raw = true;
    if (encoding == Encoding.GZIP) {
      gzipHeader();
    } else {
      raw = !startsWithZlibHeader();
    }
    Inflater created = new Inflater(raw);
    inflater = created;
    created.setInput(in, position, filled - position);
    position = filled;
    return created;
  }

  private boolean startsWithZlibHeader() throws IOException {
    int first = next("the compressed body is empty");
    if (position == filled && !fill(1)) {
      throw broken("the compressed body is cut off");
    }
    int second = in[position] & 0xFF;
    position--;
    return (first & 0x0F) == 8 && ((first << 8) | second) % 31 == 0 && (first & 0xFF) >> 4 <= 7;
  }

  private void gzipHeader() throws IOException {
    String cutOff = "the gzip header is cut off";
    if (next("the body is not gzip") != 0x1F || next(cutOff) != 0x8B || next(cutOff) != 8) {
      throw broken("the body is not gzip");
    }
    int flags = next(cutOff);
    for (int i = 0; i < 6; i++) {
      next(cutOff);
    }
    if ((flags & FLAG_EXTRA) != 0) {
      int length = next(cutOff) | next(cutOff) << 8;
      for (int i = 0; i < length; i++) {
        next(cutOff);
      }
    }
    for (int flag : new int[] {FLAG_NAME, FLAG_COMMENT}) {
      while ((flags & flag) != 0 && next(cutOff) != 0) {
        // a name or comment ends with 0
      }
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      next(cutOff);
      next(cutOff);
    }
    crc.reset();
    memberBytes = 0;
  }

  private void endOfMember(Inflater current) throws IOException {
    if (encoding == Encoding.GZIP) {
      if (trailerWord() != crc.getValue() || trailerWord() != (memberBytes & 0xFFFFFFFFL)) {
        throw broken("the gzip checksum does not match");
      }
      if (position < filled || fill()) {
        gzipHeader();
        current.reset();
        current.setInput(in, position, filled - position);
        position = filled;
        return;
      }
    } else if (position < filled || fill()) {
      throw broken("the compressed body is followed by something else");
    }
    ended = true;
  }

  private long trailerWord() throws IOException {
    long word = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      word |= (long) next("the compressed body is cut off") << shift;
    }
    return word;
  }

  private int next(String whenCutOff) throws IOException {
    if (position == filled && !fill()) {
      throw broken(whenCutOff);
    }
    return in[position++] & 0xFF;
  }

  private boolean fill() throws IOException {
    return fill(0);
  }

  /**
   * @param keep bytes before the position that stay in front of the new ones
   */
  private boolean fill(int keep) throws IOException {
    System.arraycopy(in, position - keep, in, 0, keep);
    int count = wire.read(in, keep, in.length - keep);
    position = keep;
    filled = keep + Math.max(0, count);
    if (count <= 0) {
      return false;
    }
    wireBytes += count;
    if (wireBytes > limits.wireBytes()) {
      throw new InvalidRecording(
          Reason.TOO_LARGE_ON_WIRE, "the body is larger than " + limits.wireBytes() + " bytes");
    }
    return true;
  }

  private static InvalidRecording broken(String message) {
    return new InvalidRecording(Reason.BROKEN_ENCODING, message);
  }
}
