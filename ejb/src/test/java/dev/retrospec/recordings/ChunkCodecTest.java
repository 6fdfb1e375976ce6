package dev.retrospec.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkCodecTest {

  private final ChunkCodec codec = new ChunkCodec();

  private static String events(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> "{\"type\":0,\"data\":{},\"timestamp\":" + i + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static byte[] zstd(String json) {
    return RecordingFixture.encode(json).zstd();
  }

  private String joined(String... chunks) throws IOException {
    Iterator<byte[]> zstd = Arrays.stream(chunks).map(ChunkCodecTest::zstd).iterator();
    try (InputStream all = codec.joined(zstd)) {
      return new String(all.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void givesBackWhatWasStored() throws IOException {
    String json = events(0, 10_000);
    try (InputStream stored = codec.json(zstd(json))) {
      assertThat(new String(stored.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(json);
    }
  }

  @Test
  void writesGzipForThoseWhoDoNotTakeZstd() throws IOException {
    String json = events(0, 10_000);
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    codec.writeGzip(zstd(json), target);
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(target.toByteArray()))) {
      assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(json);
    }
  }

  @Test
  void joinsChunksIntoOneArray() throws IOException {
    assertThat(joined(events(0, 3), events(3, 4_000), events(4_003, 1)))
        .isEqualTo(events(0, 4_004));
  }

  @Test
  void leavesOutEmptyChunksWhenJoining() throws IOException {
    assertThat(joined("[]", events(0, 1), "[]", events(1, 1), "[]")).isEqualTo(events(0, 2));
    assertThat(joined("[]", "[]")).isEqualTo("[]");
    assertThat(joined()).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64})
  void joinsTheSameWhateverTheBufferOfTheReader(int size) throws IOException {
    Iterator<byte[]> chunks = List.of(zstd(events(0, 5)), zstd(events(5, 5))).iterator();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (InputStream joined = codec.joined(chunks)) {
      byte[] buffer = new byte[size];
      for (int count = joined.read(buffer); count >= 0; count = joined.read(buffer)) {
        all.write(buffer, 0, count);
      }
    }
    assertThat(all.toString(StandardCharsets.UTF_8)).isEqualTo(events(0, 10));
  }

  @Test
  void asksForAChunkOnlyWhenItIsItsTurn() throws IOException {
    byte[] chunk = zstd(events(0, 20_000));
    int[] asked = {0};
    Iterator<byte[]> counting =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return asked[0] < 3;
          }

          @Override
          public byte[] next() {
            asked[0]++;
            return chunk;
          }
        };
    try (InputStream joined = codec.joined(counting)) {
      joined.readNBytes(1_000);
      assertThat(asked[0]).isEqualTo(1);
    }
  }

  @Test
  void encodesManyRecordingsAtOnceFromAPoolThatIsSmaller() throws Exception {
    String json = events(0, 2_000);
    ExecutorService threads = Executors.newFixedThreadPool(32);
    try {
      Callable<byte[]> work = () -> zstd(json);
      List<Future<byte[]>> results =
          threads.invokeAll(IntStream.range(0, 200).mapToObj(i -> work).toList());
      for (Future<byte[]> result : results) {
        try (InputStream stored = codec.json(result.get())) {
          assertThat(new String(stored.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(json);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
