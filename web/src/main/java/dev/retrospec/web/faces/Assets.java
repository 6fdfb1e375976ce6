package dev.retrospec.web.faces;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Stamps the addresses of styles and scripts, so that browsers keep them until they change. */
@Named
@ApplicationScoped
public class Assets {

  private static final String FOLDER = "/resources/retrospec/";

  /** Colours and type, which the player's build gives to the dashboard, too. */
  private static final String TOKENS = "/player/tokens.css";

  private final String stamp;

  @Inject
  public Assets(ServletContext servlets) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    collect(servlets, FOLDER, files);
    files.put(TOKENS, content(servlets, TOKENS));
    this.stamp = stampOf(files);
  }

  protected Assets() {
    // for the container's proxy
    this.stamp = "";
  }

  public String getStamp() {
    return stamp;
  }

  /** The address of an icon within the one file that holds them. */
  public String icon(String name) {
    return FOLDER + "icons.svg?v=" + stamp + "#" + name;
  }

  /**
   * Of what the files hold, never of their times: the build is reproducible and dates every entry
   * of the archive alike.
   */
  static String stampOf(SortedMap<String, byte[]> files) {
    CRC32 sum = new CRC32();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      sum.update(file.getKey().getBytes(StandardCharsets.UTF_8));
      sum.update(file.getValue());
    }
    return Long.toString(sum.getValue(), Character.MAX_RADIX);
  }

  private static void collect(
      ServletContext servlets, String folder, SortedMap<String, byte[]> files) {
    Set<String> paths = servlets.getResourcePaths(folder);
    for (String path : paths == null ? Set.<String>of() : paths) {
      if (path.endsWith("/")) {
        collect(servlets, path, files);
      } else {
        files.put(path, content(servlets, path));
      }
    }
  }

  private static byte[] content(ServletContext servlets, String path) {
    try (InputStream file = servlets.getResourceAsStream(path)) {
      return file == null ? new byte[0] : file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
