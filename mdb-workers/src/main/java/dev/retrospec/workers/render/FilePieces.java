package dev.retrospec.workers.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/** A file as pieces that are read when they are asked for: the heap holds one of them at a time. */
final class FilePieces extends AbstractList<byte[]> implements RandomAccess {

  static final int PIECE_BYTES = 1 << 20;

  private final Path file;
  private final int size;

  FilePieces(Path file) throws IOException {
    this.file = file;
    this.size = Math.toIntExact((Files.size(file) + PIECE_BYTES - 1) / PIECE_BYTES);
  }

  @Override
  public byte[] get(int index) {
    Objects.checkIndex(index, size);
    try (InputStream content = Files.newInputStream(file)) {
      content.skipNBytes((long) index * PIECE_BYTES);
      return content.readNBytes(PIECE_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int size() {
    return size;
  }
}
