package dev.retrospec.recordings;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads and opens a session's chunks, some megabytes at a time. */
final class ChunkBatches {

  private final StoredChunks stored;
  private final ProjectId project;
  private final SessionId session;
  private final SessionCipher cipher;

  ChunkBatches(StoredChunks stored, ProjectId project, SessionId session, SessionCipher cipher) {
    this.stored = stored;
    this.project = project;
    this.session = session;
    this.cipher = cipher;
  }

  /** The zstd frames of these chunks, in the given order; without those that are gone by now. */
  List<byte[]> read(Collection<Integer> seqs) {
    return List.copyOf(byNumber(seqs).values());
  }

  /** The same, by number. */
  Map<Integer, byte[]> byNumber(Collection<Integer> seqs) {
    Map<Integer, byte[]> sealed = stored.sealed(project, session, seqs);
    Map<Integer, byte[]> opened = new LinkedHashMap<>();
    for (int seq : seqs) {
      byte[] bytes = sealed.get(seq);
      if (bytes != null) {
        byte[] aad = SessionCipher.aad(project, session, new ChunkNumber(seq));
        opened.put(seq, cipher.open(bytes, aad));
      }
    }
    return opened;
  }

  /** The zstd frames of these chunks; the first batch is read at once, the others when needed. */
  Chunks each(List<StoredChunks.Row> rows) {
    return new Chunks(this, rows);
  }

  static Chunks none() {
    return new Chunks(null, List.of());
  }

  /** One chunk after the other. */
  static final class Chunks implements Iterator<byte[]> {

    private final @Nullable ChunkBatches batches;
    private final List<StoredChunks.Row> rows;
    private final Deque<byte[]> opened = new ArrayDeque<>();
    private int next;

    private Chunks(@Nullable ChunkBatches batches, List<StoredChunks.Row> rows) {
      this.batches = batches;
      this.rows = rows;
      fill();
    }

    private void fill() {
      while (batches != null && opened.isEmpty() && next < rows.size()) {
        List<Integer> seqs = new ArrayList<>();
        long bytes = 0;
        while (next < rows.size()
            && (seqs.isEmpty()
                || bytes + rows.get(next).storedBytes() <= StoredChunks.LARGEST_READ)) {
          bytes += rows.get(next).storedBytes();
          seqs.add(rows.get(next++).seq());
        }
        opened.addAll(batches.read(seqs));
      }
    }

    @Override
    public boolean hasNext() {
      fill();
      return !opened.isEmpty();
    }

    @Override
    public byte[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return opened.remove();
    }
  }
}
