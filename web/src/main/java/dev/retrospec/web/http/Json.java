package dev.retrospec.web.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

/**
 * How bodies read and answers look: camelCase, times as RFC 3339, ids as plain text, nothing where
 * there is nothing. Unknown fields are let pass, so that newer clients work; a value of the wrong
 * type is not.
 */
@Provider
public class Json implements ContextResolver<ObjectMapper> {

  /** Two JSON levels per level of a page's DOM: Jackson's own 1,000 refuses honest pages. */
  static final int MAX_DEPTH = 2_100;

  private static final int MAX_NUMBER_LENGTH = 100;
  private static final int MAX_NAME_LENGTH = 10_000;

  /**
   * JSON tokens of a body that a route reads as an object: lists are built before a use case can
   * ask how long they are. Routes for longer ones take a stream.
   */
  private static final int MAX_TOKENS = 50_000;

  private static final ObjectMapper MAPPER = create(StreamReadConstraints.builder());
  private static final ObjectMapper BODIES =
      create(StreamReadConstraints.builder().maxTokenCount(MAX_TOKENS));

  @Override
  public ObjectMapper getContext(Class<?> type) {
    return BODIES;
  }

  public static ObjectMapper mapper() {
    return MAPPER;
  }

  private static ObjectMapper create(StreamReadConstraints.Builder constraints) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                constraints
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .build())
            .build();
    JsonMapper mapper =
        JsonMapper.builder(factory)
            .addModule(new JavaTimeModule())
            .addModule(new IdsAsText())
            .addModule(new StorableText())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();
    for (CoercionInputShape shape :
        new CoercionInputShape[] {
          CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
      mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
    }
    for (LogicalType number : new LogicalType[] {LogicalType.Integer, LogicalType.Float}) {
      mapper
          .coercionConfigFor(number)
          .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
          .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    }
    mapper
        .coercionConfigFor(LogicalType.Boolean)
        .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
    return mapper;
  }
}
