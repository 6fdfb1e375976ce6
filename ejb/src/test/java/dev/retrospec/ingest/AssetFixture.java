package dev.retrospec.ingest;

import dev.retrospec.artifacts.ArtifactInfo;
import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.assets.AssetContents;
import dev.retrospec.assets.AssetData;
import dev.retrospec.assets.Assets;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ContentHash;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.ingest.AssetIntake.Receipt;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A shop with one picture, a session that may show it, and all that keeps pictures. */
final class AssetFixture {

  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final String URL = "https://shop.example/img/tea.svg";
  static final byte[] TEA = "<svg><!-- tea --></svg>".getBytes(StandardCharsets.UTF_8);
  static final ContentHash TEA_HASH = ContentHash.of(TEA);

  final IngestFixture recordings = new IngestFixture();
  final SettableClock clock = new SettableClock(NOW);
  final MemoryArtifactStore store = new MemoryArtifactStore();
  final TestDatabase database = TestDatabase.get();
  final Assets assets = new Assets(database.jdbi());
  final AssetContents contents = new AssetContents(database.jdbi());
  final AssetData data = new AssetData(assets, contents, store, clock);
  final ProjectId project = recordings.newProject();
  final SessionId session = SessionId.mint();
  private final AssetIntake intake =
      new AssetIntake(recordings.admission, new Scrubber(), assets, contents, store, clock);

  /** A session of which something is recorded. */
  void record(SessionId recorded) {
    recordings.chunk(
        project,
        recorded,
        new ChunkNumber(0),
        "{\"session\":{\"site\":\"shop\"},\"windowId\":\"w\",\"events\":[],\"markers\":[],\"counters\":{}}");
  }

  Set<ContentHash> tell(SessionId of, String url) {
    return tell(project, of, url);
  }

  Set<ContentHash> tell(ProjectId in, SessionId of, String url) {
    return tellAll(in, of, List.of(new AssetFields(url, TEA_HASH.hex())));
  }

  Set<ContentHash> tellAll(SessionId of, List<AssetFields> told) {
    return tellAll(project, of, told);
  }

  private Set<ContentHash> tellAll(ProjectId in, SessionId of, List<AssetFields> told) {
    return database.inTransaction(() -> intake.tell(in, of, told));
  }

  Receipt keep(SessionId of) {
    return keep(of, TEA_HASH, TEA);
  }

  Receipt keep(SessionId of, ContentHash hash, byte[] content) {
    return keep(of, hash, new ByteArrayInputStream(content));
  }

  Receipt keep(SessionId of, ContentHash hash, InputStream body) {
    try {
      return intake.keep(project, of, hash, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that is stored, of any project. */
  List<ArtifactInfo> objects() {
    List<ArtifactInfo> found = new ArrayList<>();
    store.list(data.prefix(), found::add);
    return found;
  }
}
