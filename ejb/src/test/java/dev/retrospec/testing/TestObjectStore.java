package dev.retrospec.testing;

import dev.retrospec.artifacts.s3.S3Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A real S3 server (S3Proxy over a folder, with signatures) in this JVM, started once and stopped
 * with it. Tests keep apart by {@link #newBucket()}, which does not exist yet.
 */
public final class TestObjectStore {

  private static final String ACCESS_KEY = "test-access";
  private static final String SECRET_KEY = "test-secret";

  private static final class Holder {
    static final TestObjectStore INSTANCE = new TestObjectStore();
  }

  private final URI endpoint;

  private TestObjectStore() {
    try {
      Path folder = Files.createTempDirectory("retrospec-s3-");
      // S3Proxy brings the AWS SDK and Jackson in other versions than ours: it must not see ours,
      // nor we its.
      ClassLoader theirs =
          new URLClassLoader(
              new URL[] {
                TestObjectStore.class.getResource("/s3proxy/"),
                Path.of("target/s3proxy/s3proxy.jar").toUri().toURL()
              },
              ClassLoader.getPlatformClassLoader());
      Object server = start(theirs, folder);
      int port = (int) server.getClass().getMethod("getPort").invoke(server);
      endpoint = URI.create("http://127.0.0.1:" + port);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  public static TestObjectStore get() {
    return Holder.INSTANCE;
  }

  /** Settings for a bucket that nobody else has and that is not made yet. */
  public S3Config newBucket() {
    return new S3Config(endpoint, "us-east-1", "test-" + UUID.randomUUID(), ACCESS_KEY, SECRET_KEY);
  }

  private static Object start(ClassLoader theirs, Path folder) throws ReflectiveOperationException {
    Thread thread = Thread.currentThread();
    ClassLoader ours = thread.getContextClassLoader();
    thread.setContextClassLoader(theirs);
    try {
      Class<?> blobs = theirs.loadClass("org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore");
      Class<?> blobStore = theirs.loadClass("org.gaul.s3proxy.blobstore.BlobStore");
      Class<?> proxy = theirs.loadClass("org.gaul.s3proxy.S3Proxy");
      Properties properties = new Properties();
      properties.setProperty("s3proxy.endpoint", "http://127.0.0.1:0");
      properties.setProperty("s3proxy.authorization", "aws-v4");
      properties.setProperty("s3proxy.identity", ACCESS_KEY);
      properties.setProperty("s3proxy.credential", SECRET_KEY);
      properties.setProperty("s3proxy.v4-max-non-chunked-request-size", "100000000");
      properties.setProperty("s3proxy.ignore-unknown-headers", "true");
      Object builder =
          theirs
              .loadClass("org.gaul.s3proxy.S3Proxy$Builder")
              .getMethod("fromProperties", Properties.class)
              .invoke(null, properties);
      builder
          .getClass()
          .getMethod("blobStore", blobStore)
          .invoke(builder, blobs.getConstructor(String.class).newInstance(folder.toString()));
      Object server = builder.getClass().getMethod("build").invoke(builder);
      proxy.getMethod("start").invoke(server);
      return server;
    } finally {
      thread.setContextClassLoader(ours);
    }
  }

  private static void stop(Object server, Path folder) {
    try {
      server.getClass().getMethod("stop").invoke(server);
      try (Stream<Path> tree = Files.walk(folder)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
