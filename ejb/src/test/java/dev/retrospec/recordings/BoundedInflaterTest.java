package dev.retrospec.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.recordings.InvalidRecording.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedInflaterTest {

  private static final byte[] TEXT =
      "a body of some length, ".repeat(5_000).getBytes(StandardCharsets.UTF_8);

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(target)) {
      gzip.write(bytes);
    }
    return target.toByteArray();
  }

  private static byte[] deflate(byte[] bytes, boolean raw) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (OutputStream deflate =
        new DeflaterOutputStream(target, new Deflater(Deflater.DEFAULT_COMPRESSION, raw))) {
      deflate.write(bytes);
    }
    return target.toByteArray();
  }

  private static byte[] read(InputStream wire, @Nullable String encoding, BodyLimits limits)
      throws IOException {
    try (BoundedInflater body = new BoundedInflater(wire, encoding, limits)) {
      return body.readAllBytes();
    }
  }

  private static byte[] read(byte[] wire, @Nullable String encoding) throws IOException {
    return read(new ByteArrayInputStream(wire), encoding, BodyLimits.DEFAULT);
  }

  private static Reason refusal(byte[] wire, @Nullable String encoding, BodyLimits limits) {
    try {
      read(new ByteArrayInputStream(wire), encoding, limits);
      throw new AssertionError("was not refused");
    } catch (InvalidRecording e) {
      return e.reason();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Reason refusal(byte[] wire, String encoding) {
    return refusal(wire, encoding, BodyLimits.DEFAULT);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Test
  void understandsWhatBrowsersAndClientsSend() throws IOException {
    assertThat(read(TEXT, null)).isEqualTo(TEXT);
    assertThat(read(TEXT, "identity")).isEqualTo(TEXT);
    assertThat(read(gzip(TEXT), "gzip")).isEqualTo(TEXT);
    assertThat(read(gzip(TEXT), " GZIP ")).isEqualTo(TEXT);
    assertThat(read(deflate(TEXT, false), "deflate")).isEqualTo(TEXT);
    assertThat(read(deflate(TEXT, true), "deflate")).isEqualTo(TEXT);
    assertThat(read(gzip(new byte[0]), "gzip")).isEmpty();
  }

  @Test
  void readsEverythingWhenTheWireGivesOneByteAtATime() throws IOException {
    for (byte[] wire : new byte[][] {gzip(TEXT), deflate(TEXT, false), deflate(TEXT, true)}) {
      InputStream slow =
          new ByteArrayInputStream(wire) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
              return super.read(target, offset, Math.min(1, length));
            }
          };
      String encoding = wire[0] == 0x1F ? "gzip" : "deflate";
      assertThat(read(slow, encoding, BodyLimits.DEFAULT)).isEqualTo(TEXT);
    }
  }

  @Test
  void readsAllMembersOfAGzip() throws IOException {
    byte[] half = Arrays.copyOf(TEXT, 1_000);
    byte[] rest = Arrays.copyOfRange(TEXT, 1_000, TEXT.length);
    assertThat(read(joined(gzip(half), gzip(rest)), "gzip")).isEqualTo(TEXT);
  }

  @Test
  void readsHeadersWithNameCommentExtraAndChecksum() throws IOException {
    byte[] plain = gzip(TEXT);
    byte[] header = {0x1F, (byte) 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0};
    byte[] fields = {2, 0, 9, 9, 'n', 0, 'c', 'c', 0, 1, 1};
    byte[] wire = joined(header, fields, Arrays.copyOfRange(plain, 10, plain.length));
    assertThat(read(wire, "gzip")).isEqualTo(TEXT);
  }

  @Test
  void hashesWhatCameOutWhateverTheEncoding() throws Exception {
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(TEXT);
    for (String encoding : new String[] {"gzip", "identity"}) {
      byte[] wire = encoding.equals("gzip") ? gzip(TEXT) : TEXT;
      try (BoundedInflater body =
          new BoundedInflater(new ByteArrayInputStream(wire), encoding, BodyLimits.DEFAULT)) {
        body.readNBytes(100);
        assertThat(body.finish()).isEqualTo(expected);
        assertThat(body.inflatedBytes()).isEqualTo(TEXT.length);
        assertThat(body.wireBytes()).isEqualTo(wire.length);
      }
    }
  }

  @Test
  void refusesAnEndlessBodyAtTheWireLimit() throws IOException {
    BodyLimits limits = new BodyLimits(1_000, 1_000_000);
    assertThat(refusal(TEXT, null, limits)).isEqualTo(Reason.TOO_LARGE_ON_WIRE);
    byte[] noise = new byte[100_000];
    new java.util.Random(1).nextBytes(noise);
    assertThat(refusal(gzip(noise), "gzip", limits)).isEqualTo(Reason.TOO_LARGE_ON_WIRE);
  }

  @Test
  void refusesABombWithoutInflatingItWhole() throws IOException {
    byte[] bomb = gzip(new byte[50_000_000]);
    assertThat(refusal(bomb, "gzip")).isEqualTo(Reason.TOO_LARGE_INFLATED);
    InputStream bombs =
        new SequenceInputStream(
            new ByteArrayInputStream(gzip(new byte[20_000_000])),
            new ByteArrayInputStream(gzip(new byte[20_000_000])));
    assertThatThrownBy(() -> read(bombs, "gzip", BodyLimits.DEFAULT))
        .isInstanceOf(InvalidRecording.class)
        .hasMessageContaining("decompressed");
  }

  @Test
  void acceptsABodyOfExactlyTheLimit() throws IOException {
    BodyLimits limits = new BodyLimits(TEXT.length, TEXT.length);
    assertThat(read(new ByteArrayInputStream(TEXT), null, limits)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 9, 10, 12, 50})
  void refusesAGzipThatIsCutOff(int length) throws IOException {
    byte[] wire = Arrays.copyOf(gzip(TEXT), length);
    assertThat(refusal(wire, "gzip")).isEqualTo(Reason.BROKEN_ENCODING);
  }

  @Test
  void refusesAGzipWithoutItsLastByte() throws IOException {
    byte[] whole = gzip(TEXT);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertThat(refusal(cut, "gzip")).isEqualTo(Reason.BROKEN_ENCODING);
    byte[] deflated = deflate(TEXT, false);
    assertThat(refusal(Arrays.copyOf(deflated, deflated.length - 1), "deflate"))
        .isEqualTo(Reason.BROKEN_ENCODING);
    assertThat(refusal(new byte[0], "deflate")).isEqualTo(Reason.BROKEN_ENCODING);
    assertThat(refusal(new byte[] {0x78}, "deflate")).isEqualTo(Reason.BROKEN_ENCODING);
  }

  @Test
  void refusesWhatIsNotInItsEncoding() throws IOException {
    assertThat(refusal(TEXT, "gzip")).isEqualTo(Reason.BROKEN_ENCODING);
    byte[] damaged = gzip(TEXT);
    damaged[damaged.length / 2] ^= 0x55;
    assertThat(refusal(damaged, "gzip")).isEqualTo(Reason.BROKEN_ENCODING);
    byte[] wrongChecksum = gzip(TEXT);
    wrongChecksum[wrongChecksum.length - 6] ^= 1;
    assertThat(refusal(wrongChecksum, "gzip")).isEqualTo(Reason.BROKEN_ENCODING);
  }

  @Test
  void refusesWhatFollowsTheBody() throws IOException {
    byte[] garbage = {1, 2, 3};
    assertThat(refusal(joined(gzip(TEXT), garbage), "gzip")).isEqualTo(Reason.BROKEN_ENCODING);
    assertThat(refusal(joined(deflate(TEXT, false), garbage), "deflate"))
        .isEqualTo(Reason.BROKEN_ENCODING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "gzip, gzip", "deflate,gzip", "chunked", "compress"})
  void refusesUnknownAndStackedEncodings(String encoding) {
    assertThat(refusal(TEXT, encoding)).isEqualTo(Reason.UNSUPPORTED_ENCODING);
  }

  @Test
  void passesOnThatTheConnectionFailed() throws IOException {
    InputStream reset =
        new SequenceInputStream(
            new ByteArrayInputStream(Arrays.copyOf(gzip(TEXT), 60)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("reset");
              }

              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("reset");
              }
            });
    assertThatThrownBy(() -> read(reset, "gzip", BodyLimits.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessage("reset");
  }
}
