package dev.retrospec.reports;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a card's texts are made of its sentences. */
public final class CardSentences {

  private CardSentences() {}

  /** A moment of the replay: {@code 1:02.4}. */
  public static String time(long atMs) {
    long tenths = atMs / 100;
    return String.format(Locale.ROOT, "%d:%02d.%d", tenths / 600, tenths / 10 % 60, tenths % 10);
  }

  /** Ends like a sentence; one that a quotation ends does so already. */
  public static String sentence(String text) {
    String bare = text.endsWith("”") ? text.substring(0, text.length() - 1) : text;
    return bare.endsWith(".") || bare.endsWith("…") || bare.endsWith("!") || bare.endsWith("?")
        ? text
        : text + ".";
  }

  /** The sentences of one text; blank when there are none. */
  static String of(CardText text, List<Evidence> sentences) {
    List<Evidence> its = sentences.stream().filter(item -> item.says() == text).toList();
    String told =
        text.isStory()
            ? its.stream()
                .sorted(Comparator.comparingLong(Evidence::atMs))
                .map(item -> time(item.atMs()) + " " + sentence(item.text()))
                .collect(Collectors.joining(" "))
            : its.stream().map(Evidence::text).collect(Collectors.joining(" "));
    return told.length() <= AnalysisReport.MAX_TEXT
        ? told
        : told.substring(0, AnalysisReport.MAX_TEXT - 1) + "…";
  }
}
