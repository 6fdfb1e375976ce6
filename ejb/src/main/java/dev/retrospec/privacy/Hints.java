package dev.retrospec.privacy;

/** Words before a number that say what the number is. */
final class Hints {

  static final Hints CVV =
      new Hints(
          "cvv cvc cvn csc cid security·code card·code verification·code prüfnummer"
              + " kartenprüfnummer");

  static final Hints EXPIRY =
      new Hints(
          "exp expiry expires expiration exp·date expiry·date expiration·date valid·thru"
              + " valid·until valid·through good·thru mm·yy mm·yyyy ablaufdatum gültig·bis");

  static final Hints SSN =
      new Hints("ssn ssn·number social·security social·security·number social·security·no");

  static final Hints PHONE =
      new Hints(
          "phone tel telephone telefon telefonnummer mobile mobil handy cell fax whatsapp"
              + " phone·number mobile·number phone·no téléphone teléfono rufnummer");

  /** What is numbered in four parts without being an address. */
  static final Hints VERSION =
      new Hints(
          "version ver v release build chrome firefox safari edge edg opera driver firmware section"
              + " chapter oid");

  private static final int MOST_BETWEEN = 6;
  private static final int LONGEST = 24;

  private final char[][] words;

  private Hints(String words) {
    String[] all = words.split(" ");
    this.words = new char[all.length][];
    for (int i = 0; i < all.length; i++) {
      this.words[i] = all[i].toCharArray();
    }
  }

  /**
   * Whether one of the words stands before {@code at}, with nothing but blanks and signs between.
   * Looks back a bounded way.
   */
  boolean standBefore(char[] text, int begin, int at) {
    int end = at;
    while (end > begin && at - end < MOST_BETWEEN && !Character.isLetter(text[end - 1])) {
      end--;
    }
    if (end == begin || !Character.isLetter(text[end - 1])) {
      return false;
    }
    int floor = Math.max(begin, end - LONGEST);
    for (char[] word : words) {
      if (endsAt(text, floor, end, word)) {
        return true;
      }
    }
    return false;
  }

  /** A dot within a word stands for blanks and signs. */
  private static boolean endsAt(char[] text, int floor, int end, char[] word) {
    int i = end;
    for (int w = word.length - 1; w >= 0; w--) {
      if (word[w] == '·') {
        int from = i;
        while (i > floor && !Character.isLetterOrDigit(text[i - 1]) && from - i < 3) {
          i--;
        }
        continue;
      }
      if (i == floor || Character.toLowerCase(text[i - 1]) != word[w]) {
        return false;
      }
      i--;
    }
    return i == floor || !Character.isLetter(text[i - 1]) || isHump(text, i);
  }

  /** The start of a word in {@code cardCvv}. */
  private static boolean isHump(char[] text, int i) {
    return Character.isUpperCase(text[i]) && Character.isLowerCase(text[i - 1]);
  }
}
