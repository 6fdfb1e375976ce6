package dev.retrospec.sourcemaps.symbols;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a map's file says, as far as it is kept: a map again, without the contents of its sources.
 *
 * @param debugId as the file tells it; null when it tells none
 * @param sections of an index map; empty for a plain one, which has the other fields
 */
public record MapFile(
    @Nullable String debugId,
    @Nullable String sourceRoot,
    List<String> sources,
    List<String> names,
    String mappings,
    @Nullable String functions,
    List<Section> sections) {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** A map within an index map, and where its script begins; counted from 0. */
  public record Section(int line, int column, MapFile map) {}

  public MapFile {
    sources = List.copyOf(sources);
    names = List.copyOf(names);
    sections = List.copyOf(sections);
  }

  /**
   * Reads all of it.
   *
   * @throws InvalidSourceMap when it contradicts itself
   */
  public SourceMap open() {
    List<SourceMap.Part> parts = new ArrayList<>();
    if (sections.isEmpty()) {
      parts.add(part(0, 0));
    }
    int line = 0;
    int column = 0;
    for (Section section : sections) {
      if (section.line < line || section.line == line && section.column < column) {
        throw new InvalidSourceMap("has sections that are not in their order");
      }
      line = section.line;
      column = section.column;
      parts.add(section.map.part(line, column));
    }
    return new SourceMap(parts, new FunctionRanges(functions, names));
  }

  private SourceMap.Part part(int line, int column) {
    List<String> paths =
        sources.stream()
            .map(source -> source.isEmpty() ? source : OriginalPath.of(sourceRoot, source))
            .map(String::intern) // one map's paths stand in the next release's, too
            .toList();
    return new SourceMap.Part(
        line, column, new Mappings(mappings, sources.size(), names.size()), paths, names);
  }

  /** Writes it as JSON; the same map gives the same bytes. Leaves the stream open. */
  public void writeTo(OutputStream out) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      write(json);
    }
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("version", 3);
    if (debugId != null) {
      json.writeStringField("debugId", debugId);
    }
    if (sourceRoot != null) {
      json.writeStringField("sourceRoot", sourceRoot);
    }
    if (!sections.isEmpty()) {
      json.writeArrayFieldStart("sections");
      for (Section section : sections) {
        json.writeStartObject();
        json.writeObjectFieldStart("offset");
        json.writeNumberField("line", section.line);
        json.writeNumberField("column", section.column);
        json.writeEndObject();
        json.writeFieldName("map");
        section.map.write(json);
        json.writeEndObject();
      }
      json.writeEndArray();
    } else {
      write(json, "sources", sources);
      json.writeStringField("mappings", mappings);
    }
    write(json, "names", names);
    if (functions != null) {
      json.writeStringField(SourceMapReader.FUNCTIONS, functions);
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String field, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
