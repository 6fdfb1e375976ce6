package dev.retrospec.ingest;

import com.fasterxml.jackson.core.JsonParser;
import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.ClusterContributions;
import dev.retrospec.issues.ClusterDecisions;
import dev.retrospec.issues.ClusterVisitors;
import dev.retrospec.issues.IssueFilter;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.MarkerIntake;
import dev.retrospec.issues.NoiseRules;
import dev.retrospec.issues.promotion.IssuePromotion;
import dev.retrospec.issues.promotion.PromotionCandidates;
import dev.retrospec.issues.promotion.PromotionConfig;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.platform.json.Json;
import dev.retrospec.privacy.ScrubMode;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.projects.RecordingRules;
import dev.retrospec.recordings.BodyLimits;
import dev.retrospec.recordings.ChunkCodec;
import dev.retrospec.recordings.EncodedBody;
import dev.retrospec.recordings.EncodedEvents;
import dev.retrospec.recordings.EventStream;
import dev.retrospec.recordings.RecordingChunks;
import dev.retrospec.recordings.RecordingFixture;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.recordings.SessionKeys;
import dev.retrospec.recordings.SpoolBudget;
import dev.retrospec.recordings.SpoolConfig;
import dev.retrospec.reports.ReportCards;
import dev.retrospec.retention.ErasedSessions;
import dev.retrospec.retention.SessionErasure;
import dev.retrospec.retention.SessionRows;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.SessionQueries;
import dev.retrospec.sessions.SessionView;
import dev.retrospec.sessions.Sessions;
import dev.retrospec.sessions.UnreadStacks;
import dev.retrospec.sourcemaps.OriginalStacks;
import dev.retrospec.sourcemaps.ProjectsWithMaps;
import dev.retrospec.sourcemaps.SourceMapConfig;
import dev.retrospec.sourcemaps.SourceMaps;
import dev.retrospec.testing.RecordedEvents;
import dev.retrospec.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** All of ingest on the tests' database, put together as the container does it. */
final class IngestFixture {

  private static final Settings NO_SETTINGS = Settings.of(name -> Optional.empty());

  private final TestDatabase database = TestDatabase.get();
  private final Jdbi jdbi = database.jdbi();
  private final Clock clock = Clock.systemUTC();
  private final SessionKeys keys = RecordingFixture.keys();
  private final IssueQueries issues = new IssueQueries(jdbi, new ClusterDecisions(jdbi), clock);
  private final RecordingTimeline timeline =
      new RecordingTimeline(jdbi, new MemoryArtifactStore(), keys, new ChunkCodec());
  final Admission admission =
      new Admission(
          new RecordingRules(jdbi, clock, NO_SETTINGS),
          new SpoolBudget(new RecordingChunks(jdbi, keys), clock, SpoolConfig.DEFAULT));
  private final ChunkIngest chunkIngest;
  private final EventUpload eventUpload;
  private final SessionIngest sessionIngest;
  private final RecordingImport recordingImport;

  IngestFixture() {
    Outbox outbox = new Outbox(database, clock, Map.of());
    RecordingWrites writes =
        new RecordingWrites(
            new RecordingChunks(jdbi, keys),
            new Sessions(jdbi),
            new FailureIntake(
                new OriginalStackIntake(
                    new ProjectsWithMaps(new SourceMaps(jdbi), clock),
                    new OriginalStacks(jdbi, SourceMapConfig.DEFAULT, outbox.meters),
                    clock),
                new UnreadStacks(jdbi),
                new MarkerIntake(
                    new ClusterContributions(jdbi),
                    new ClusterDecisions(jdbi),
                    new ErrorMarkers(jdbi),
                    new ClusterVisitors(jdbi),
                    new NoiseRules(jdbi, clock),
                    new RecordedEvents<>(),
                    outbox.meters,
                    clock),
                new IssuePromotion(
                    new PromotionCandidates(jdbi),
                    issues,
                    PromotionConfig.from(NO_SETTINGS),
                    new RecordedEvents<>(),
                    new RecordedEvents<>(),
                    outbox.meters,
                    clock),
                new ReportCards(jdbi, outbox.queue, clock),
                outbox.queue));
    Scrubber scrubber = new Scrubber();
    BodyReader bodies =
        new BodyReader(new EventStream(scrubber), BodyLimits.DEFAULT, outbox.meters);
    UserAgents userAgents = new UserAgents();
    chunkIngest = new ChunkIngest(admission, bodies, scrubber, userAgents, writes, clock);
    eventUpload = new EventUpload(admission, bodies, scrubber, userAgents, writes, clock);
    sessionIngest = new SessionIngest(admission, scrubber, userAgents, writes, clock);
    SessionErasure erasure =
        new SessionErasure(
            new SessionRows(jdbi, List.of()), List.of(), new ErasedSessions(jdbi), clock);
    recordingImport =
        new RecordingImport(admission, bodies, scrubber, userAgents, writes, erasure, clock);
  }

  RecordingImport.Imported importFile(ProjectId project, String file) {
    return database.inTransaction(
        () -> recordingImport.accept(project, body(file), "other.example"));
  }

  int sessions(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from session where project_id = ?")
                .bind(0, project)
                .mapTo(Integer.class)
                .one());
  }

  ProjectId newProject() {
    return database.newProject();
  }

  void level(ProjectId project, String level) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update recording_rules set privacy_level = ? where project_id = ?",
                level,
                project));
  }

  /** What the scrub leaves of an array of events. */
  String scrubbed(String events, ScrubMode mode) throws IOException {
    JsonParser parser = EventStream.jsonFactory().createParser(events);
    parser.nextToken();
    EncodedEvents encoded = new EventStream(new Scrubber()).encode(parser, mode);
    try (InputStream json = new ChunkCodec().json(encoded.zstd())) {
      return new String(json.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  void switchOff(ProjectId project) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update recording_rules set enabled = false where project_id = ?", project));
  }

  boolean erase(ProjectId project, SessionId session) {
    SessionRows rows = new SessionRows(jdbi, List.of());
    return database.inTransaction(
        () ->
            new SessionErasure(rows, List.of(), new ErasedSessions(jdbi), clock)
                .eraseForGood(project, session));
  }

  ChunkReceipt chunk(ProjectId project, SessionId session, ChunkNumber number, String body) {
    return database.inTransaction(() -> chunkIngest.accept(project, session, number, body(body)));
  }

  UploadReceipt upload(ProjectId project, String body) {
    return database.inTransaction(() -> eventUpload.accept(project, body(body)));
  }

  void report(
      ProjectId project, SessionId session, String startedAt, long durationMs, String markers) {
    String json =
        "{\"session\":{\"id\":\"%s\",\"site\":\"shop\",\"route\":\"/checkout\",\"startedAt\":\"%s\",\"durationMs\":%d},\"markers\":[%s]}"
            .formatted(session, startedAt, durationMs, markers);
    database.inTransaction(
        () -> sessionIngest.ingest(project, Json.read(json, IngestRequest.class)).sessionId());
  }

  SessionId report(ProjectId project, String json) {
    return database.inTransaction(
        () -> sessionIngest.ingest(project, Json.read(json, IngestRequest.class)).sessionId());
  }

  boolean isStored(ProjectId project, SessionId session) {
    return new SessionQueries(jdbi).find(project, session).isPresent();
  }

  /** What stands beside the replay, each entry's data as it is stored. */
  List<String> timelineData(ProjectId project, SessionId session) {
    return timeline.events(project, session, Set.of()).stream()
        .map(event -> String.valueOf(event.data()))
        .toList();
  }

  SessionView session(ProjectId project, SessionId session) {
    return new SessionQueries(jdbi).find(project, session).orElseThrow();
  }

  /** The stored events as JSON. */
  String events(ProjectId project, SessionId session) throws IOException {
    try (InputStream json = timeline.joined(project, session)) {
      return new String(json.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  List<IssueView> issues(ProjectId project) {
    return issues.list(project, IssueFilter.ALL).items();
  }

  /** All that is stored of what failed. */
  String markers(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select string_agg(to_jsonb(m)::text, ' ') from error_marker m"
                        + " where project_id = :project")
                .bind("project", project)
                .mapTo(String.class)
                .one());
  }

  List<String> jobsOf(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select kind from job where project_id = :project")
                .bind("project", project)
                .mapTo(String.class)
                .list());
  }

  private static EncodedBody body(String json) {
    return new EncodedBody(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), null);
  }
}
