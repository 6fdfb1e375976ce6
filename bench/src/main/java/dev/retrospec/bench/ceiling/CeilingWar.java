package dev.retrospec.bench.ceiling;

import com.github.luben.zstd.Zstd;
import dev.retrospec.bench.BareCopy;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** The web application with {@link CeilingServlet}, made from this program's own classes. */
final class CeilingWar {

  private CeilingWar() {}

  static void write(Path target) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    // Jackson is the server's, as it is for RetroSpec.
    manifest
        .getMainAttributes()
        .putValue("Dependencies", "com.fasterxml.jackson.core.jackson-core");
    try (JarOutputStream war = new JarOutputStream(Files.newOutputStream(target), manifest)) {
      // By name: only the server has what a servlet needs.
      addClass(war, CeilingWar.class.getPackageName() + ".CeilingServlet");
      addClass(war, BareCopy.class.getName());
      Path zstd = Path.of(Zstd.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (InputStream jar = Files.newInputStream(zstd)) {
        add(war, "WEB-INF/lib/zstd-jni.jar", jar);
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static void addClass(JarOutputStream war, String name) throws IOException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream bytes = CeilingWar.class.getClassLoader().getResourceAsStream(file)) {
      if (bytes == null) {
        throw new IOException("No class file of " + name);
      }
      add(war, "WEB-INF/classes/" + file, bytes);
    }
  }

  private static void add(JarOutputStream war, String name, InputStream content)
      throws IOException {
    war.putNextEntry(new ZipEntry(name));
    content.transferTo(war);
    war.closeEntry();
  }
}
