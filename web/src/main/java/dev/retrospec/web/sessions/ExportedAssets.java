package dev.retrospec.web.sessions;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.retrospec.artifacts.ArtifactContent;
import dev.retrospec.artifacts.ArtifactStore;
import dev.retrospec.assets.AssetUse;
import dev.retrospec.assets.Assets;
import dev.retrospec.assets.StoredAsset;
import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.web.http.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A session's pictures and fonts for a file that plays without a server. */
@ApplicationScoped
public class ExportedAssets {

  /** A browser opens such a file whole; what is beyond is left out of it. */
  private static final long MAX_BYTES = 48L * 1024 * 1024;

  private final Assets assets;
  private final ArtifactStore store;

  @Inject
  public ExportedAssets(Assets assets, ArtifactStore store) {
    this.assets = assets;
    this.store = store;
  }

  /** For the container's proxy. */
  protected ExportedAssets() {
    this(null, null);
  }

  /** Writes {@code [{url, content}]}, the content as an address of its own; one at a time. */
  void writeTo(OutputStream out, ProjectId project, SessionId session, List<AssetUse> uses)
      throws IOException {
    long room = MAX_BYTES;
    JsonGenerator json = Json.mapper().createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.writeStartArray();
    for (AssetUse use : uses) {
      String content = read(project, session, use.sha256()).orElse("");
      room -= content.length();
      if (!content.isEmpty() && room >= 0) {
        json.writeStartObject();
        json.writeStringField("url", use.url());
        json.writeStringField("content", content);
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    json.close();
  }

  private Optional<String> read(ProjectId project, SessionId session, ContentHash hash)
      throws IOException {
    Optional<StoredAsset> asset = assets.find(project, session, hash);
    Optional<ArtifactContent> content = asset.flatMap(stored -> store.open(stored.key()));
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream bytes = content.get().stream()) {
      String base64 = Base64.getEncoder().encodeToString(bytes.readAllBytes());
      return Optional.of("data:" + asset.get().mediaType() + ";base64," + base64);
    }
  }
}
