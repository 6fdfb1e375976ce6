package dev.retrospec.workers.moments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a whole recording tells, as if it were one chunk. */
public final class RecordedMoments {

  private RecordedMoments() {}

  public static List<Moment> of(byte[] events, long startedAtMs) throws IOException {
    List<Moment> moments = new ArrayList<>();
    new MomentReader(startedAtMs, atMs -> true, moments::add)
        .read(new ByteArrayInputStream(events), 0);
    moments.sort(Comparator.comparingLong(Moment::atMs));
    return moments;
  }
}
