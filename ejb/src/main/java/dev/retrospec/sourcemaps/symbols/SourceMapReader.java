package dev.retrospec.sourcemaps.symbols;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.retrospec.ids.DebugId;
import dev.retrospec.sourcemaps.symbols.MapFile.Section;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a map's file in one pass. What is not kept, above all the contents of sources, is passed
 * over without being held.
 */
public final class SourceMapReader {

  static final String FUNCTIONS = "x_retrospec_functions";

  private static final int VERSION = 3;

  /** Of the whole file: sections must not multiply what one map may have. */
  private static final int MAX_SOURCES = 200_000;

  static final int MAX_NAMES = 1_000_000;
  private static final int MAX_SECTIONS = 50_000;
  private static final int MAX_NAME = 200;
  private static final int MAX_SOURCE = 4_000;
  private static final int MAX_DEPTH = 50;

  /** The mappings are one text and most of a file. While it is read it is there three times. */
  private static final int MAX_STRING = 32 * 1024 * 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private SourceMapReader() {}

  /**
   * Reads the file; leaves the stream open. That its mappings hold together is found by {@link
   * MapFile#open}.
   *
   * @throws InvalidSourceMap when it is no source map of version 3
   * @throws IOException when the stream fails
   */
  public static MapFile read(InputStream json) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidSourceMap("is no JSON object");
      }
      MapFile file = map(parser, true, new Budget());
      if (parser.nextToken() != null) {
        throw new InvalidSourceMap("is followed by something else");
      }
      return file;
    } catch (StreamConstraintsException e) {
      throw new InvalidSourceMap(
          "holds a text of more than " + MAX_STRING + " characters, or is nested too deep");
    } catch (JacksonException e) {
      // its own message would quote the file
      var at = e.getLocation();
      throw new InvalidSourceMap(
          "is no valid JSON" + (at == null ? "" : " at byte " + Math.max(0, at.getByteOffset())));
    }
  }

  /** What the rest of the file may still hold. */
  private static final class Budget {
    private int sources = MAX_SOURCES;
    private int names = MAX_NAMES;
    private int mappings = MAX_STRING;
  }

  /** What has been read of one map. */
  private static final class Fields {
    private @Nullable Integer version;
    private @Nullable String debugId;
    private @Nullable String sourceRoot;
    private @Nullable String mappings;
    private @Nullable String functions;
    private List<String> sources = List.of();
    private List<String> names = List.of();
    private @Nullable List<Section> sections;
  }

  private static MapFile map(JsonParser parser, boolean mayHaveSections, Budget budget)
      throws IOException {
    Fields fields = new Fields();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "version" ->
            fields.version = value == JsonToken.VALUE_NUMBER_INT ? version(parser) : 0;
        case "debugId", "debug_id" -> {
          String id = parser.getValueAsString("");
          fields.debugId = DebugId.isOne(id) ? new DebugId(id).value() : fields.debugId;
          parser.skipChildren();
        }
        case "sourceRoot" -> fields.sourceRoot = text(parser, value, MAX_SOURCE);
        case "mappings" -> {
          fields.mappings = required(parser, value, name);
          budget.mappings -= fields.mappings.length();
          if (budget.mappings < 0) {
            throw new InvalidSourceMap("has more than " + MAX_STRING + " characters of mappings");
          }
        }
        case FUNCTIONS -> fields.functions = required(parser, value, name);
        case "sources" -> {
          fields.sources = texts(parser, value, name, budget.sources, MAX_SOURCE);
          budget.sources -= fields.sources.size();
        }
        case "names" -> {
          fields.names = texts(parser, value, name, budget.names, MAX_NAME);
          budget.names -= fields.names.size();
        }
        case "sections" -> {
          if (!mayHaveSections) {
            throw new InvalidSourceMap("has sections within sections");
          }
          fields.sections = sections(parser, value, budget);
        }
        default -> parser.skipChildren();
      }
    }
    return checked(fields);
  }

  private static MapFile checked(Fields fields) {
    if (!Objects.equals(fields.version, VERSION)) {
      throw new InvalidSourceMap("must have version 3");
    }
    if (fields.sections == null && fields.mappings == null) {
      throw new InvalidSourceMap("has neither mappings nor sections");
    }
    return new MapFile(
        fields.debugId,
        fields.sourceRoot,
        fields.sources,
        fields.names,
        Objects.requireNonNullElse(fields.mappings, ""),
        fields.functions,
        Objects.requireNonNullElse(fields.sections, List.of()));
  }

  private static int version(JsonParser parser) throws IOException {
    return parser.getTextLength() == 1 ? parser.getIntValue() : 0;
  }

  private static @Nullable String text(JsonParser parser, JsonToken value, int most)
      throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      parser.skipChildren();
      return null;
    }
    String text = parser.getText();
    return text.length() <= most ? text : text.substring(0, most);
  }

  private static String required(JsonParser parser, JsonToken value, String name)
      throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      throw new InvalidSourceMap("must have a text as its " + name);
    }
    return parser.getText();
  }

  private static List<String> texts(
      JsonParser parser, JsonToken value, String name, int most, int longest) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      throw new InvalidSourceMap("must have a list as its " + name);
    }
    List<String> texts = new ArrayList<>();
    for (JsonToken each = parser.nextToken();
        each != JsonToken.END_ARRAY;
        each = parser.nextToken()) {
      if (each == null || texts.size() == most) {
        throw new InvalidSourceMap("has too many " + name);
      }
      // null is a source that nobody may know of; its number counts
      String text = text(parser, each, longest);
      texts.add(text == null ? "" : text);
    }
    return texts;
  }

  private static List<Section> sections(JsonParser parser, JsonToken value, Budget budget)
      throws IOException {
    if (value != JsonToken.START_ARRAY) {
      throw new InvalidSourceMap("must have a list as its sections");
    }
    List<Section> sections = new ArrayList<>();
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      if (sections.size() == MAX_SECTIONS) {
        throw new InvalidSourceMap("has more than " + MAX_SECTIONS + " sections");
      }
      int[] offset = null;
      MapFile map = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken each = parser.nextToken();
        if (name.equals("offset") && each == JsonToken.START_OBJECT) {
          offset = offset(parser);
        } else if (name.equals("map") && each == JsonToken.START_OBJECT) {
          map = map(parser, false, budget);
        } else {
          parser.skipChildren();
        }
      }
      if (offset == null || map == null) {
        throw new InvalidSourceMap("has a section without offset or map; one by url is not read");
      }
      sections.add(new Section(offset[0], offset[1], map));
    }
    return sections;
  }

  private static int[] offset(JsonParser parser) throws IOException {
    int[] offset = new int[2];
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      int at = name.equals("line") ? 0 : name.equals("column") ? 1 : -1;
      if (at >= 0) {
        offset[at] = parser.getValueAsInt(-1);
      } else {
        parser.skipChildren();
      }
    }
    if (offset[0] < 0 || offset[1] < 0) {
      throw new InvalidSourceMap("has a section whose offset is no place");
    }
    return offset;
  }
}
