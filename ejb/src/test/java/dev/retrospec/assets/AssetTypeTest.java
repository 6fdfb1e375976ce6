package dev.retrospec.assets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssetTypeTest {

  @ParameterizedTest
  @CsvSource({
    "89504e470d0a1a0a0000, image/png",
    "ffd8ffe000104a464946, image/jpeg",
    "474946383961, image/gif",
    "524946461a00000057454250, image/webp",
    "0000001c6674797061766966, image/avif",
    "00000100010010100000, image/x-icon",
    "774f463200010000, font/woff2",
    "774f464600010000, font/woff",
    "0001000000110100, font/ttf",
    "4f54544f000a0080, font/otf",
  })
  void tellsPicturesAndFontsByTheirFirstBytes(String hex, String mediaType) {
    assertThat(typeOf(HexFormat.of().parseHex(hex))).isEqualTo(mediaType);
  }

  @Test
  void tellsAnSvgByItsRoot() {
    assertThat(typeOf("<svg xmlns='http://www.w3.org/2000/svg'/>")).isEqualTo("image/svg+xml");
    assertThat(typeOf("\n<?xml version='1.0'?><!-- ours --><svg/>")).isEqualTo("image/svg+xml");
  }

  @Test
  void keepsNothingElse() {
    assertThat(typeOf("body { color: red }")).isNull();
    assertThat(typeOf("<html><svg></svg><script>alert(1)</script>")).isNull();
    assertThat(typeOf("<!doctype html><p>")).isNull();
    assertThat(typeOf("PK\3\4")).isNull();
    assertThat(typeOf("")).isNull();
  }

  private static @Nullable String typeOf(String text) {
    return typeOf(text.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String typeOf(byte[] content) {
    return AssetType.of(content).map(AssetType::mediaType).orElse(null);
  }
}
