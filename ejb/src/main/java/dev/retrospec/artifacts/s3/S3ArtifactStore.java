package dev.retrospec.artifacts.s3;

import dev.retrospec.artifacts.ArtifactContent;
import dev.retrospec.artifacts.ArtifactInfo;
import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.artifacts.ArtifactStoreUnavailable;
import dev.retrospec.artifacts.ByteRange;
import dev.retrospec.platform.config.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Objects in one bucket. Nothing is asked of the store before the first object is: the application
 * starts without it. The bucket is made when the first object meets none.
 */
@ApplicationScoped
public class S3ArtifactStore implements ArtifactStore {

  /** A store that does not take a connection in this time is away; readers are waiting. */
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private static final Duration SILENCE = Duration.ofSeconds(15);

  /** 64 MB at 1.5 MB/s. */
  private static final Duration ATTEMPT = Duration.ofSeconds(45);

  /** All attempts together. */
  private static final Duration CALL = Duration.ofSeconds(90);

  private static final String NO_TYPE = "application/octet-stream";
  private static final int NOT_FOUND = 404;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final String bucket;
  private final S3Client s3;

  @Inject
  public S3ArtifactStore(Settings settings) {
    this(S3Config.from(settings));
  }

  public S3ArtifactStore(S3Config config) {
    this.bucket = config.bucket();
    this.s3 = client(config);
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected S3ArtifactStore() {
    this.bucket = "";
    this.s3 = null;
  }

  private static S3Client client(S3Config config) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(config.region()))
            .credentialsProvider(credentials(config))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
            .overrideConfiguration(o -> o.apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL))
            // because not every compatible store knows the checksums that AWS added later
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build());
    if (config.endpoint() != null) {
      // because a store of one's own has no wildcard DNS name for its buckets
      builder.endpointOverride(config.endpoint()).forcePathStyle(true);
    }
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Config config) {
    if (config.accessKey() == null || config.secretKey() == null) {
      return DefaultCredentialsProvider.builder().build();
    }
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(config.accessKey(), config.secretKey()));
  }

  @Override
  public void put(ArtifactKey key, List<byte[]> pieces, String contentType) {
    PutObjectRequest request =
        PutObjectRequest.builder().bucket(bucket).key(key.value()).contentType(contentType).build();
    long size = pieces.stream().mapToLong(piece -> piece.length).sum();
    // Not fromBytes, which would copy a block of 64 MB.
    RequestBody body = RequestBody.fromContentProvider(() -> stream(pieces), size, contentType);
    answering(
        () -> {
          try {
            s3.putObject(request, body);
          } catch (NoSuchBucketException missing) {
            createBucket();
            s3.putObject(request, body);
          }
          return Optional.of(key);
        });
  }

  /** One piece after the other: a list may make each when it is asked for it. */
  private static InputStream stream(List<byte[]> pieces) {
    Iterator<byte[]> each = pieces.iterator();
    return new SequenceInputStream(
        new Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return each.hasNext();
          }

          @Override
          public InputStream nextElement() {
            return new ByteArrayInputStream(each.next());
          }
        });
  }

  private void createBucket() {
    try {
      s3.createBucket(b -> b.bucket(bucket));
    } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException other) {
      // Another node was faster.
      return;
    }
  }

  @Override
  public Optional<ArtifactInfo> info(ArtifactKey key) {
    return answering(
        () -> {
          var head = s3.headObject(h -> h.bucket(bucket).key(key.value()));
          return Optional.of(new ArtifactInfo(key, head.contentLength(), head.lastModified()));
        });
  }

  @Override
  public Optional<ArtifactContent> open(ArtifactKey key) {
    return open(key, null);
  }

  @Override
  public Optional<ArtifactContent> open(ArtifactKey key, @Nullable ByteRange range) {
    return answering(
        () -> {
          try {
            return Optional.of(content(s3.getObject(get(key, range)), range));
          } catch (S3Exception e) {
            return range == null ? absent(e) : beyondTheEnd(e, key, range);
          }
        });
  }

  @Override
  public Optional<byte[]> read(ArtifactKey key, ByteRange range) {
    return answering(
        () -> {
          try {
            return Optional.of(
                s3.getObject(get(key, range), ResponseTransformer.toBytes()).asByteArrayUnsafe());
          } catch (S3Exception e) {
            return beyondTheEnd(e, key, range).map(content -> new byte[0]);
          }
        });
  }

  private GetObjectRequest get(ArtifactKey key, @Nullable ByteRange range) {
    GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(bucket).key(key.value());
    if (range != null) {
      request.range("bytes=" + range.offset() + "-" + (range.isOpen() ? "" : range.last()));
    }
    return request.build();
  }

  private static ArtifactContent content(
      software.amazon.awssdk.core.ResponseInputStream<GetObjectResponse> stream,
      @Nullable ByteRange range) {
    GetObjectResponse response = stream.response();
    long length = response.contentLength();
    String type = response.contentType() == null ? NO_TYPE : response.contentType();
    String contentRange = response.contentRange();
    if (range == null || contentRange == null) {
      return new ArtifactContent(stream, 0, length, length, type);
    }
    long size = Long.parseLong(contentRange.substring(contentRange.lastIndexOf('/') + 1));
    return new ArtifactContent(stream, range.offset(), length, size, type);
  }

  private Optional<ArtifactContent> beyondTheEnd(S3Exception e, ArtifactKey key, ByteRange range) {
    if (e.statusCode() != RANGE_NOT_SATISFIABLE) {
      return absent(e);
    }
    return info(key)
        .map(
            info ->
                new ArtifactContent(
                    InputStream.nullInputStream(), range.offset(), 0, info.sizeBytes(), NO_TYPE));
  }

  @Override
  public void delete(ArtifactKey key) {
    answering(() -> Optional.of(s3.deleteObject(d -> d.bucket(bucket).key(key.value()))));
  }

  @Override
  public void list(String prefix, Consumer<ArtifactInfo> each) {
    answering(
        () -> {
          for (var object :
              s3.listObjectsV2Paginator(l -> l.bucket(bucket).prefix(prefix)).contents()) {
            ArtifactKey.parse(object.key())
                .map(key -> new ArtifactInfo(key, object.size(), object.lastModified()))
                .ifPresent(each);
          }
          return Optional.of(prefix);
        });
  }

  /** Turns what the SDK throws into what the port promises: nothing there, or unavailable. */
  private static <T> Optional<T> answering(Supplier<Optional<T>> call) {
    try {
      return call.get();
    } catch (S3Exception e) {
      return absent(e);
    } catch (SdkException e) {
      throw new ArtifactStoreUnavailable(e);
    }
  }

  private static <T> Optional<T> absent(S3Exception e) {
    if (e.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    throw new ArtifactStoreUnavailable(e);
  }

  @PreDestroy
  void close() {
    s3.close();
  }
}
