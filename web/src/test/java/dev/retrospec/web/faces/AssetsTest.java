package dev.retrospec.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AssetsTest {

  private final SortedMap<String, byte[]> files = new TreeMap<>();

  @Test
  void aStampChangesWithAFileAndWithNothingElse() {
    put("/base.css", "p { color: red }");
    put("/dashboard.js", "void 0");
    String before = Assets.stampOf(files);

    put("/base.css", "p { color: red }");
    assertThat(Assets.stampOf(files)).isEqualTo(before);

    put("/base.css", "p { color: tan }");
    assertThat(Assets.stampOf(files)).isNotEqualTo(before);
  }

  private void put(String path, String content) {
    files.put(path, content.getBytes(StandardCharsets.UTF_8));
  }
}
