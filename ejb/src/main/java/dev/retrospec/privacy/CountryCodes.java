package dev.retrospec.privacy;

import java.util.BitSet;

/** The country codes of telephone numbers that are assigned (ITU-T E.164, list of 2016). */
final class CountryCodes {

  private static final String ASSIGNED =
      "1 7 20 27 30-34 36 39-41 43-49 51-58 60-66 81 82 84 86 90-95 98 211-213 216 218 220-258"
          + " 260-269 290 291 297-299 350-359 370-378 380-383 385-387 389 420 421 423 500-509 590-599"
          + " 670 672-683 685-692 800 808 850 852 853 855 856 870 878 880-883 886 888 960-968 970-977"
          + " 979 992-998";

  private static final BitSet CODES = codes();

  private CountryCodes() {}

  private static BitSet codes() {
    BitSet codes = new BitSet(1000);
    for (String range : ASSIGNED.split(" ")) {
      String[] ends = range.split("-");
      codes.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
    }
    return codes;
  }

  /** Whether the digits here begin with one; none begins with another. */
  static boolean isAssigned(char[] text, int start, int end) {
    int code = 0;
    for (int i = start; i < end && i < start + 3; i++) {
      int digit = Chars.digit(text[i]);
      if (digit < 0 || (i == start && digit == 0)) {
        return false;
      }
      code = code * 10 + digit;
      if (CODES.get(code)) {
        return true;
      }
    }
    return false;
  }
}
