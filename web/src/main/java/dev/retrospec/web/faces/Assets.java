package dev.retrospec.web.faces;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;

/** Stamps the addresses of styles and scripts, so that browsers keep them until the next build. */
@Named
@ApplicationScoped
public class Assets {

  private static final String NEWEST = "/WEB-INF/web.xml";

  private final String stamp;

  @Inject
  public Assets(ServletContext servlets) {
    this.stamp = stampOf(servlets);
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
    return "/resources/retrospec/icons.svg?v=" + stamp + "#" + name;
  }

  private static String stampOf(ServletContext servlets) {
    try {
      URL file = servlets.getResource(NEWEST);
      URLConnection connection = file.openConnection();
      return Long.toString(connection.getLastModified() / 1_000, Character.MAX_RADIX);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
