package dev.retrospec.privacy;

import java.text.Normalizer;

/**
 * A text as the rules read it: without characters that nobody sees, and with the plain characters
 * for wide, raised, mathematical and foreign digits and letters (compatibility forms of Unicode,
 * UAX 15), so that {@code 4111…} is found however it is written. Remembers where each character
 * stood, so that what is taken out is taken out of the text as it was.
 */
final class FoldedText {

  private char[] chars = new char[256];
  private int[] places = new int[257];
  private int length;

  char[] chars() {
    return chars;
  }

  int length() {
    return length;
  }

  /** Where the character, or the end, stood in the text that was folded. */
  int place(int index) {
    return places[index];
  }

  /** Whether folding this text changes it in a way that a rule could see. */
  static boolean isNeeded(char[] text, int from, int end) {
    for (int i = from; i < end; i++) {
      char c = text[i];
      if (c >= 0xAD && (isUnseen(c) || isVariant(c))) {
        return true;
      }
    }
    return false;
  }

  void fold(char[] text, int from, int end) {
    length = 0;
    if (chars.length < end - from) {
      chars = new char[end - from];
      places = new int[end - from + 1];
    }
    for (int i = from; i < end; i++) {
      char c = text[i];
      if (c >= 0xAD && isUnseen(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < end
          && isVariant(c)
          && put(Character.toCodePoint(c, text[i + 1]), i)) {
        i++;
      } else if (c < 0xAD || !isVariant(c) || Character.isSurrogate(c) || !put(c, i)) {
        add(c, i);
      }
    }
    places[length] = end;
  }

  /** Whether one plain character stands for this one. */
  private boolean put(int point, int place) {
    int digit = Character.digit(point, 10);
    if (digit >= 0) {
      add((char) ('0' + digit), place);
      return true;
    }
    if (!Character.isValidCodePoint(point) || (point >= 0xD800 && point <= 0xDFFF)) {
      return false;
    }
    String plain = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
    if (plain.length() == 1) {
      add(plain.charAt(0), place);
    }
    return plain.length() == 1;
  }

  private void add(char c, int place) {
    chars[length] = c;
    places[length++] = place;
  }

  /** Zero-width characters, the soft hyphen, and marks of direction. */
  static boolean isUnseen(char c) {
    return c == 0xAD
        || (c >= 0x200B && c <= 0x200F)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2060 && c <= 0x2064)
        || c == 0xFEFF;
  }

  /** Raised, small, wide, and the first half of a mathematical or rare digit. */
  private static boolean isVariant(char c) {
    return c == 0xB2
        || c == 0xB3
        || c == 0xB9
        || (c >= 0x2070 && c <= 0x2089)
        || (c >= 0x2460 && c <= 0x2473)
        || (c >= 0xFE50 && c <= 0xFE6B)
        || (c >= 0xFF01 && c <= 0xFF5E)
        || (c >= 0xD801 && c <= 0xD83B);
  }
}
