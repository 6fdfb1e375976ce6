package dev.retrospec.reports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.retrospec.platform.failure.InvalidRequest;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The texts of a report card, by their names in the contract. */
public enum CardText {
  SYMPTOM("symptom"),
  ROOT_CAUSE("technicalRootCause"),
  FIX("suggestedFix"),
  TEXT_SUMMARY("textSummary"),
  VISUAL_SUMMARY("visualSummary");

  private static final String NAMES =
      Arrays.stream(values()).map(CardText::wireName).collect(Collectors.joining(", "));

  private final String wireName;

  CardText(String wireName) {
    this.wireName = wireName;
  }

  @JsonValue
  public String wireName() {
    return wireName;
  }

  /** Whether its sentences tell what happened when, so that each is shown with its time. */
  boolean isStory() {
    return this == TEXT_SUMMARY || this == VISUAL_SUMMARY;
  }

  /**
   * @throws InvalidRequest when a card has no such text
   */
  @JsonCreator
  public static CardText fromWireName(String name) {
    for (CardText text : values()) {
      if (text.wireName.equals(name)) {
        return text;
      }
    }
    throw new InvalidRequest("says must be one of " + NAMES);
  }
}
