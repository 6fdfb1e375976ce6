package dev.retrospec.web.sessions;

import dev.retrospec.reports.CardText;
import dev.retrospec.reports.Evidence;
import dev.retrospec.reports.ProviderPart;
import dev.retrospec.reports.ReportCardView;
import dev.retrospec.reports.RuleRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** How a report card is put into words on a page. */
@Named
@ApplicationScoped
public class ReportWording {

  /** The sentences of one of its texts, in the order in which they are read. */
  public List<Evidence> sentences(ReportCardView card, String part) {
    CardText text = CardText.valueOf(part);
    List<Evidence> sentences = card.sentences(text);
    boolean isStory = text == CardText.TEXT_SUMMARY || text == CardText.VISUAL_SUMMARY;
    return isStory
        ? sentences.stream().sorted(Comparator.comparingLong(Evidence::atMs)).toList()
        : sentences;
  }

  /** Evidence that belongs to none of the texts, as clients outside give it. */
  public List<Evidence> unsorted(ReportCardView card) {
    return card.evidence().stream().filter(item -> item.says() == null).toList();
  }

  /** What the confidence goes by: n of m. */
  public String trust(ReportCardView card) {
    RuleRecord rule = card.rule();
    if (rule == null) {
      return "";
    }
    String name = "The rule “" + rule.rule().replace('_', ' ') + "”";
    return rule.judged() == 0
        ? name + " has not been judged in this project yet: the confidence is its own."
        : name + " was right " + rule.right() + " of " + rule.judged() + " times in this project.";
  }

  /** By whom: rules, models, or both. */
  public String writers(ReportCardView card) {
    String writers =
        card.providers().stream()
            .filter(part -> part.status() == ProviderPart.Status.USED)
            .map(ReportWording::writer)
            .collect(Collectors.joining(" and "));
    String failed =
        card.providers().stream()
            .filter(part -> part.status() == ProviderPart.Status.FAILED)
            .map(part -> writer(part) + " gave nothing that counts: " + part.reason())
            .collect(Collectors.joining(" "));
    return (writers.isEmpty() ? "by the analysis" : "by " + writers)
        + (failed.isEmpty() ? "" : " (" + failed + ")");
  }

  private static String writer(ProviderPart part) {
    String model = part.model() == null ? "" : " (" + part.model() + ")";
    return switch (part.name()) {
      case "heuristic" -> "rules";
      case "text_model" -> "the text model" + model;
      case "visual_model" -> "the visual model" + model;
      default -> part.name();
    };
  }
}
