package dev.retrospec.system;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Looks for values in everything that an instance keeps. */
final class Whereabouts implements AutoCloseable {

  private final RetroSpec retroSpec;
  private final Map<String, String> values;
  private final Database database;

  /**
   * @param values in small letters and digits, by name
   */
  Whereabouts(RetroSpec retroSpec, Map<String, String> values) throws SQLException {
    this.retroSpec = retroSpec;
    this.values = values;
    this.database = new Database(retroSpec);
  }

  void in(String place, String text, Map<String, Set<String>> found) {
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    values.forEach(
        (name, value) -> {
          if (lower.contains(value) || lower.contains(hex(value))) {
            found.computeIfAbsent(place, any -> new TreeSet<>()).add(name);
          }
        });
  }

  /** Every row of every table as text, in which bytes stand as hexadecimal digits. */
  void inTables(Map<String, Set<String>> found) {
    List<String> tables =
        database.rows("select tablename from pg_tables where schemaname = current_schema()");
    String any =
        values.values().stream()
            .flatMap(value -> Stream.of(value, hex(value)))
            .collect(Collectors.joining("|"));
    for (String table : tables) {
      String sql = "select t::text from \"" + table + "\" t where t::text ~* ?";
      database.rows(sql, any).forEach(row -> in("table " + table, row, found));
    }
  }

  /** Logs, the object store's files, the broker's journal: everything but PostgreSQL's own. */
  void inFiles(Map<String, Set<String>> found) throws IOException {
    Path home = retroSpec.home();
    List<Path> files;
    try (Stream<Path> tree = Files.walk(home)) {
      files =
          tree.filter(Files::isRegularFile)
              .filter(file -> !file.startsWith(home.resolve("data/postgresql")))
              .toList();
    }
    for (Path file : files) {
      String place = "file " + home.relativize(file);
      in(place, place, found);
      in(place, content(file), found);
    }
  }

  private static String content(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return new String(bytes, StandardCharsets.ISO_8859_1) + inflated(bytes);
    } catch (IOException goneMeanwhile) {
      return "";
    }
  }

  private static String inflated(byte[] bytes) {
    boolean gzip = bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    if (!gzip) {
      return "";
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException notAllOfIt) {
      return "";
    }
  }

  private static String hex(String value) {
    return HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
