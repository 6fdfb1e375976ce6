package dev.retrospec.sourcemaps.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A map as large as those of large sites, on one line as minifiers write it. */
class SourceMapSizeTest {

  private static final Logger LOG = LoggerFactory.getLogger(SourceMapSizeTest.class);
  private static final int BYTES = 10 << 20;
  private static final int LOOK_UPS = 100_000;

  @Test
  void aMapOfTenMegabytesIsReadInSecondsAndTakesLittleMoreRoomThanItsText() throws IOException {
    StringBuilder json = new StringBuilder(BYTES + 1_000).append("{'version':3,'sources':['0'");
    for (int source = 1; source < 2_000; source++) {
      json.append(",'src/folder/module-").append(source).append(".ts'");
    }
    json.append("],'names':[],'mappings':'AAAA");
    Random random = new Random(11);
    int source = 0;
    int columns = 0;
    while (json.length() < BYTES) {
      int next = random.nextInt(50) == 0 ? random.nextInt(2_000) : source;
      int step = 1 + random.nextInt(12);
      columns += step;
      json.append(',')
          .append(SourceMapTest.vlq(step))
          .append(SourceMapTest.vlq(next - source))
          .append(SourceMapTest.vlq(random.nextInt(20)))
          .append(SourceMapTest.vlq(1));
      source = next;
    }
    byte[] file = json.append("'}").toString().replace('\'', '"').getBytes(StandardCharsets.UTF_8);

    long begun = System.nanoTime();
    SourceMap map = SourceMapReader.read(new ByteArrayInputStream(file)).open();
    Duration opened = Duration.ofNanos(System.nanoTime() - begun);
    begun = System.nanoTime();
    int found = 0;
    for (int i = 0; i < LOOK_UPS; i++) {
      found += map.at(1, 1 + random.nextInt(columns)) == null ? 0 : 1;
    }
    Duration looked = Duration.ofNanos(System.nanoTime() - begun);

    LOG.info(
        "{} bytes with {} places: opened in {} ms, takes {} bytes, {} look-ups in {} ms",
        file.length,
        map.mappingCount(),
        opened.toMillis(),
        map.sizeBytes(),
        LOOK_UPS,
        looked.toMillis());
    assertThat(found).isEqualTo(LOOK_UPS);
    assertThat(map.sizeBytes()).isLessThan(file.length * 13L / 10);
    assertThat(opened).isLessThan(Duration.ofSeconds(20));
  }
}
