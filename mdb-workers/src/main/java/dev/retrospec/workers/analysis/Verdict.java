package dev.retrospec.workers.analysis;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.reports.CardText;
import dev.retrospec.reports.Evidence;
import dev.retrospec.reports.ProviderPart;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an analyzer says.
 *
 * @param rule the rule whose record in the project the confidence goes by
 * @param marker what it is about
 * @param evidence every sentence, with the events that it stands on and who said it
 * @param strength 0 to 1: how much of the cause was seen, not guessed
 * @param remark what belongs to no moment, such as that more was recorded than read; may be blank
 * @param providers who was asked, and what each of them said
 */
public record Verdict(
    String rule,
    MarkerId marker,
    List<Evidence> evidence,
    double strength,
    String remark,
    List<ProviderPart> providers) {

  public Verdict {
    evidence = List.copyOf(evidence);
    providers = List.copyOf(providers);
  }

  /** One of the texts as its sentences make it, without their times. */
  public String text(CardText text) {
    return evidence.stream()
        .filter(item -> item.says() == text)
        .map(Evidence::text)
        .collect(Collectors.joining(" "));
  }
}
