package dev.retrospec.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.patterns.Why;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CiWordingTest {

  private final CiWording ci = new CiWording(new Wording(Clock.systemUTC()));

  @ParameterizedTest
  @CsvSource({"1, the same", "0.85, very close", "0.84, related", "0.3, a little alike"})
  void tellsHowAlikeTwoFailuresAre(double similarity, String words) {
    assertThat(ci.alike(similarity)).isEqualTo(words);
  }

  @Test
  void takesALikenessApart() {
    assertThat(ci.why(new Why(false, 0.92, 0.71, 1, false, List.of(), List.of())))
        .isEqualTo("stack 92 %, message 71 %, same type");
    assertThat(ci.why(new Why(false, 0, 0.4, 0, true, List.of(), List.of())))
        .isEqualTo("message 40 %, another code");
    assertThat(ci.why(new Why(true, 1, 1, 1, false, List.of(), List.of())))
        .startsWith("equal but for");
  }

  @Test
  void writesAnAnalysisWithTagsOfOursOnly() {
    assertThat(ci.analysis("**What failed:** `a<b>` & <script>alert('x')</script>"))
        .isEqualTo(
            "<strong>What failed:</strong> <code>a&lt;b&gt;</code> &amp;"
                + " &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
    assertThat(ci.analysis(null)).isEmpty();
  }
}
