package dev.retrospec.web.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OfflinePageTest {

  @Test
  void nothingThatWasRecordedEndsItsElement() throws IOException {
    String page = page("[\"</script><script>alert(1)</script>\",\"<!-- \",\"ä\"]");

    assertThat(page)
        .contains(
            "[\"\\u003c/script>\\u003cscript>alert(1)\\u003c/script>\",\"\\u003c!-- \",\"ä\"]")
        .doesNotContain("<script>alert");
  }

  @Test
  void runsOnlyThePlayerAndAsksNobody() throws IOException {
    String page = page("[]");

    assertThat(page)
        .contains("default-src 'none'; script-src 'sha256-")
        .doesNotContain("connect-src")
        .contains("<script type=\"application/json\" data-path=\"chunks/7\">[]</script>")
        .contains("data-session=\"s-1\"")
        .endsWith("<script>play()</script>\n</body>\n</html>\n");
  }

  private static String page(String json) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OfflinePage page = new OfflinePage(out, "play()");
    page.begin("s-1", "b{color:red}");
    page.answer("chunks/7", target -> target.write(json.getBytes(StandardCharsets.UTF_8)));
    page.end();
    return out.toString(StandardCharsets.UTF_8);
  }
}
