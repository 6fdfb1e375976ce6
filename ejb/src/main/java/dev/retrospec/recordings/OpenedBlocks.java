package dev.retrospec.recordings;

import java.io.IOException;
import java.io.InputStream;

/** Opens sealed blocks of one length, one after the other, as they are read. */
final class OpenedBlocks extends InputStream {

  /** Opens the block with this number. */
  interface Opener {
    byte[] open(long index, byte[] sealed);
  }

  private final InputStream sealed;
  private final int sealedBlockBytes;
  private final Opener opener;
  private byte[] block = {};
  private int position;
  private long index;
  private int skip;
  private long left;

  /**
   * @param sealed begins with the block that holds the first byte
   * @param offset of the first byte that is given
   * @param length how many are given
   */
  OpenedBlocks(InputStream sealed, int sealedBlockBytes, Opener opener, long offset, long length) {
    this.sealed = sealed;
    this.sealedBlockBytes = sealedBlockBytes;
    this.opener = opener;
    this.index = offset / SealedObjects.BLOCK_BYTES;
    this.skip = (int) (offset % SealedObjects.BLOCK_BYTES);
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    if (position == block.length) {
      next();
    }
    int count = (int) Math.min(Math.min(length, block.length - position), left);
    System.arraycopy(block, position, into, offset, count);
    position += count;
    left -= count;
    return count;
  }

  private void next() throws IOException {
    byte[] piece = sealed.readNBytes(sealedBlockBytes);
    if (piece.length == 0) {
      throw new UnreadableRecording("the stored bytes end too early");
    }
    block = opener.open(index++, piece);
    position = skip;
    skip = 0;
  }

  @Override
  public void close() throws IOException {
    sealed.close();
  }
}
