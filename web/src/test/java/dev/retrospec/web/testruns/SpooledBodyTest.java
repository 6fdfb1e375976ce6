package dev.retrospec.web.testruns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.recordings.InvalidRecording;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class SpooledBodyTest {

  @Test
  void givesBackWhatWasSentHoweverLargeItIs() throws IOException {
    for (int length :
        new int[] {0, 7, SpooledBody.IN_MEMORY - 1, SpooledBody.IN_MEMORY, 5_000_000}) {
      byte[] sent = bytes(length);
      try (SpooledBody body = SpooledBody.of(new ByteArrayInputStream(sent), null, 10)) {
        assertThat(Arrays.equals(body.read(InputStream::readAllBytes), sent)).isTrue();
      }
    }
  }

  @Test
  void inflatesWhenItIsRead() throws IOException {
    byte[] sent = bytes(5_000_000);
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(small)) {
      gzip.write(sent);
    }
    try (SpooledBody body =
        SpooledBody.of(new ByteArrayInputStream(small.toByteArray()), "gzip", 10)) {
      assertThat(Arrays.equals(body.read(InputStream::readAllBytes), sent)).isTrue();
    }
  }

  @Test
  void refusesWhatIsTooLargeSentOrInflated() throws IOException {
    assertThatThrownBy(() -> SpooledBody.of(new ByteArrayInputStream(bytes(2_100_000)), null, 2))
        .isInstanceOf(InvalidRecording.class);
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[3_000_000]);
    }
    try (SpooledBody body =
        SpooledBody.of(new ByteArrayInputStream(bomb.toByteArray()), "gzip", 2)) {
      assertThatThrownBy(() -> body.read(InputStream::readAllBytes))
          .isInstanceOf(InvalidRecording.class);
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
