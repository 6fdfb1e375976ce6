package dev.retrospec.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PatchedBytesTest {

  @Test
  void writesTheNumberWhereverTheMarkStood() {
    PatchedBytes bytes =
        PatchedBytes.of("a-" + PatchedBytes.MARK + "-ü-" + PatchedBytes.MARK + "#");

    assertThat(text(bytes.with(42))).isEqualTo("a-0000000042-ü-0000000042#");
    assertThat(text(bytes.with(9_999_999_999L))).isEqualTo("a-9999999999-ü-9999999999#");
  }

  @Test
  void aCopyHasItsOwnNumber() {
    PatchedBytes first = PatchedBytes.of(PatchedBytes.MARK);
    byte[] written = first.with(1);

    first.copy().with(2);

    assertThat(text(written)).isEqualTo("0000000001");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
