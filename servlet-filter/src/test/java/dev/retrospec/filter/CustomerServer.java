package dev.retrospec.filter;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** A customer's Tomcat with a Faces application, into whose WEB-INF/lib our jar was dropped. */
final class CustomerServer implements AutoCloseable {

  /** Mojarra, PrimeFaces and Weld with what they bring. */
  private static final Pattern FACES =
      Pattern.compile(
          "^(jakarta\\.(faces|enterprise|inject|interceptor)|primefaces|weld|jboss|jandex).*jar$");

  private static final String SHOP = "WEB-INF/classes/dev/retrospec/shop";

  private final Tomcat tomcat = new Tomcat();
  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final String base;

  CustomerServer(Path folder, String retrospecUrl, String key)
      throws IOException, LifecycleException {
    Path site = Files.createDirectories(folder.resolve("site"));
    copy(Path.of("src/test/resources/site"), site);
    copy(Path.of("target/test-classes/dev/retrospec/shop"), site.resolve(SHOP));
    Path lib = Files.createDirectories(site.resolve("WEB-INF/lib"));
    dropOurJarInto(lib);
    copyFacesInto(lib);
    tomcat.setBaseDir(folder.resolve("tomcat").toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addWebapp("", site.toAbsolutePath().toString());
    // Only what lies in WEB-INF/lib counts, as on a customer's server.
    ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
    context.addParameter("retrospec.url", retrospecUrl);
    context.addParameter("retrospec.key", key);
    tomcat.start();
    base = "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
  }

  String url(String path) {
    return base + path;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(base + path)));
  }

  HttpResponse<String> post(String path, String form, String... headers)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .headers(headers)
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  /** The jar as Maven packs it, from what was compiled. */
  private static void dropOurJarInto(Path lib) throws IOException {
    Path classes = Path.of("target/classes");
    try (OutputStream file = Files.newOutputStream(lib.resolve("retrospec-servlet-filter.jar"));
        JarOutputStream jar = new JarOutputStream(file);
        var walk = Files.walk(classes)) {
      List<Path> files = walk.filter(Files::isRegularFile).toList();
      for (Path entry : files) {
        jar.putNextEntry(new JarEntry(classes.relativize(entry).toString().replace('\\', '/')));
        Files.copy(entry, jar);
        jar.closeEntry();
      }
    }
  }

  private static void copyFacesInto(Path lib) throws IOException {
    for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path file = Path.of(jar);
      if (FACES.matcher(file.getFileName().toString()).find()) {
        Files.copy(file, lib.resolve(file.getFileName()));
      }
    }
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
