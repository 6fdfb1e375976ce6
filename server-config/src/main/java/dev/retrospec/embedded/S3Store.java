package dev.retrospec.embedded;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** S3Proxy on 127.0.0.1: the S3 protocol with SigV4 over a folder that is kept. */
final class S3Store implements AutoCloseable {

  /** An archive block is at most 64 MB; a signed body is held whole while it is checked. */
  private static final long MAX_SIGNED_BODY_BYTES = 96L << 20;

  private final S3Proxy proxy;
  private final BlobStore blobs;

  private S3Store(S3Proxy proxy, BlobStore blobs) {
    this.proxy = proxy;
    this.blobs = blobs;
  }

  static S3Store start(EmbeddedServicesConfig.S3 config) throws Exception {
    Path directory = Files.createDirectories(config.directory());
    BlobStore blobs = new FilesystemNio2BlobStore(directory.toString());
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:" + config.port()))
            .awsAuthentication(AuthenticationType.AWS_V4, config.accessKey(), config.secretKey())
            .v4MaxNonChunkedRequestSize(MAX_SIGNED_BODY_BYTES)
            .ignoreUnknownHeaders(true)
            .build();
    proxy.start();
    if (!blobs.containerExists(config.bucket())) {
      blobs.createContainer(config.bucket());
    }
    return new S3Store(proxy, blobs);
  }

  Map<String, String> facts() {
    return Map.of("S3_PORT", Integer.toString(proxy.getPort()));
  }

  @Override
  public void close() throws Exception {
    proxy.stop();
    blobs.close();
  }
}
