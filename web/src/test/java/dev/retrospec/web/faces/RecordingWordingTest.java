package dev.retrospec.web.faces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.sessions.Completeness;
import dev.retrospec.sessions.RecorderCounts;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordingWordingTest {

  private final RecordingWording recorded = new RecordingWording(new Wording(Clock.systemUTC()));

  @Test
  void saysWhatARecordingLacks() {
    RecorderCounts counts =
        new RecorderCounts(Map.of("quota", 1_200L), 0, Map.of("mouse", 1L), 0, 0, 1, 2);

    assertThat(recorded.lacks(Completeness.of(4, 3, 0, counts)))
        .isEqualTo(
            "1 part never arrived, 1,200 events lost in the browser, 1 image or font not kept,"
                + " 1 event left out to spare the page, the browser’s clock was set 2 times");
    assertThat(recorded.lacks(Completeness.of(4, 4, 0, RecorderCounts.NONE)))
        .isEqualTo("Nothing is missing");
  }

  @Test
  void tellsTheMaskedShareWhereTheRecorderCountedIt() {
    assertThat(recorded.masked(masked(30, 120))).isEqualTo("25 % of texts and fields");
    assertThat(recorded.masked(masked(3, 0))).isEqualTo("3 values");
    assertThat(recorded.masked(masked(0, 0))).isNull();
  }

  private static Completeness masked(long masked, long maskable) {
    return Completeness.of(
        1, 1, 0, new RecorderCounts(Map.of(), 0, Map.of(), masked, maskable, 0, 0));
  }
}
