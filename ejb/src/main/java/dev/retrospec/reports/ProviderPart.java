package dev.retrospec.reports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one provider has to do with a card.
 *
 * @param name {@code heuristic}, {@code text_model}, {@code visual_model}
 * @param model the model's name, where one is set
 * @param reason why nothing of it is used, in words; null when something is
 * @param said the texts of the card that it wrote
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProviderPart(
    String name,
    Status status,
    @Nullable String model,
    @Nullable String reason,
    List<CardText> said) {

  /** What became of it. */
  public enum Status {
    /** Something of the card is its. */
    USED,
    /** It was asked and gave nothing that counts. */
    FAILED,
    /** It was not asked. */
    SKIPPED;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Status fromWireName(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  public ProviderPart(
      String name,
      Status status,
      @Nullable String model,
      @Nullable String reason,
      @Nullable List<CardText> said) {
    this.name = name;
    this.status = status;
    this.model = model;
    this.reason = reason;
    this.said = said == null ? List.of() : List.copyOf(said);
  }

  public static ProviderPart used(String name, @Nullable String model, List<CardText> said) {
    return new ProviderPart(name, Status.USED, model, null, said);
  }

  public static ProviderPart failed(String name, @Nullable String model, String reason) {
    return new ProviderPart(name, Status.FAILED, model, reason, List.of());
  }

  public static ProviderPart skipped(String name, @Nullable String model, String reason) {
    return new ProviderPart(name, Status.SKIPPED, model, reason, List.of());
  }
}
