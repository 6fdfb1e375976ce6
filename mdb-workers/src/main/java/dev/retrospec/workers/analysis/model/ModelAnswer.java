package dev.retrospec.workers.analysis.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.retrospec.platform.openai.ModelUnavailable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a model may answer, to the letter: another field, another type or a text that is too long is
 * no answer.
 *
 * @param confidence 0 to 1
 * @param evidence which of the texts stands on which of the events that were shown
 */
record ModelAnswer(
    @Nullable String symptom,
    @Nullable String technicalRootCause,
    @Nullable String suggestedFix,
    @Nullable String summary,
    @Nullable Double confidence,
    @Nullable List<Cited> evidence) {

  static final int MAX_TEXT = 2_000;

  private static final int MAX_EVIDENCE = 50;

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              config ->
                  config
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build()
          .readerFor(ModelAnswer.class);

  /** One of the texts by its name here, and ids of events. */
  record Cited(@Nullable String statement, @Nullable List<@Nullable String> eventIds) {

    boolean isKnown() {
      return statement != null && STATEMENTS.contains(statement);
    }

    List<String> ids() {
      return eventIds == null ? List.of() : eventIds.stream().filter(Objects::nonNull).toList();
    }
  }

  /** The same as JSON Schema. */
  static Map<String, Object> schema() {
    return schema(
        Map.of("type", List.of("string", "null"), "maxLength", MAX_TEXT),
        Map.of("type", List.of("number", "null"), "minimum", 0, "maximum", 1));
  }

  /**
   * For servers that hold their model to it: OpenAI refuses bounds in a strict schema. What breaks
   * them is no answer all the same.
   */
  static Map<String, Object> strictSchema() {
    return schema(
        Map.of("type", List.of("string", "null")), Map.of("type", List.of("number", "null")));
  }

  private static Map<String, Object> schema(Map<String, Object> text, Map<String, Object> share) {
    Map<String, Object> cited =
        Map.of(
            "type",
            "object",
            "additionalProperties",
            false,
            "required",
            List.of("statement", "eventIds"),
            "properties",
            Map.of(
                "statement", Map.of("type", "string", "enum", STATEMENTS),
                "eventIds", Map.of("type", "array", "items", Map.of("type", "string"))));
    return Map.of(
        "type",
        "object",
        "additionalProperties",
        false,
        "required",
        List.of(
            "symptom", "technicalRootCause", "suggestedFix", "summary", "confidence", "evidence"),
        "properties",
        Map.of(
            "symptom", text,
            "technicalRootCause", text,
            "suggestedFix", text,
            "summary", text,
            "confidence", share,
            "evidence", Map.of("type", "array", "items", cited)));
  }

  static final List<String> STATEMENTS =
      List.of("symptom", "technicalRootCause", "suggestedFix", "summary");

  /**
   * @throws ModelUnavailable when it is not such an answer; the message does not quote it
   */
  static ModelAnswer read(String json) {
    ModelAnswer answer;
    try {
      answer = READER.readValue(json);
    } catch (JsonProcessingException e) {
      throw new ModelUnavailable("The model's answer is not the JSON that was asked for");
    }
    if (answer == null || !answer.isWithinBounds()) {
      throw new ModelUnavailable("The model's answer breaks the bounds that it was given");
    }
    return answer;
  }

  private boolean isWithinBounds() {
    boolean texts =
        Stream.of(symptom, technicalRootCause, suggestedFix, summary)
            .allMatch(text -> text == null || text.length() <= MAX_TEXT);
    boolean sure = confidence == null || (confidence >= 0 && confidence <= 1);
    return texts
        && sure
        && (evidence == null
            || (evidence.size() <= MAX_EVIDENCE && evidence.stream().allMatch(Cited::isKnown)));
  }

  /** The ids that a text is said to stand on. */
  List<String> cited(String statement) {
    return evidence == null
        ? List.of()
        : evidence.stream()
            .filter(cited -> statement.equals(cited.statement()))
            .flatMap(cited -> cited.ids().stream())
            .distinct()
            .toList();
  }

  @Nullable String text(String statement) {
    String text =
        switch (statement) {
          case "symptom" -> symptom;
          case "technicalRootCause" -> technicalRootCause;
          case "suggestedFix" -> suggestedFix;
          default -> summary;
        };
    return text == null || text.isBlank() ? null : text.strip();
  }
}
