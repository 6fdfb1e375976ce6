package dev.retrospec.signatures;

/**
 * A fast 64-bit hash of text, the same on every machine and in every release: FNV-1a over the
 * UTF-16 units, then the finaliser of MurmurHash3 (both in the public domain: Fowler, Noll, Vo;
 * Austin Appleby). Not for secrets.
 */
final class Hash64 {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Hash64() {}

  static long of(CharSequence text) {
    long hash = FNV_OFFSET;
    for (int at = 0; at < text.length(); at++) {
      hash = (hash ^ text.charAt(at)) * FNV_PRIME;
    }
    return mix(hash);
  }

  /** Every bit of the input changes about half of the bits of the output. */
  static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
