package dev.retrospec.workers.render;

import static dev.retrospec.sessions.SessionFixture.START;
import static dev.retrospec.sessions.SessionFixture.clustered;

import dev.retrospec.artifacts.ArtifactContent;
import dev.retrospec.artifacts.ArtifactKey;
import dev.retrospec.artifacts.ByteRange;
import dev.retrospec.artifacts.MemoryArtifactStore;
import dev.retrospec.assets.Assets;
import dev.retrospec.ids.JobId;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.JobsEnqueued;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.recordings.ChunkCodec;
import dev.retrospec.recordings.RecordingFixture;
import dev.retrospec.recordings.RecordingTimeline;
import dev.retrospec.recordings.SealedObjects;
import dev.retrospec.replays.ArtifactBytes;
import dev.retrospec.replays.ArtifactStatus;
import dev.retrospec.replays.ArtifactView;
import dev.retrospec.replays.Artifacts;
import dev.retrospec.replays.ReplayResult;
import dev.retrospec.replays.ReplayResults;
import dev.retrospec.replays.rendering.RenderAllowances;
import dev.retrospec.replays.rendering.RenderConfig;
import dev.retrospec.replays.rendering.RenderRequests;
import dev.retrospec.replays.rendering.RenderResults;
import dev.retrospec.replays.rendering.RenderTarget;
import dev.retrospec.sessions.ErrorMarkers;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.sessions.SessionFixture;
import dev.retrospec.sessions.SessionGrowth;
import dev.retrospec.sessions.SessionQueries;
import dev.retrospec.sessions.SessionStatus;
import dev.retrospec.sessions.SessionView;
import dev.retrospec.sessions.Sessions;
import dev.retrospec.testing.RecordedEvents;
import dev.retrospec.testing.SettableClock;
import dev.retrospec.testing.TestDatabase;
import dev.retrospec.workers.browser.BrowserConfig;
import dev.retrospec.workers.browser.SupervisedBrowser;
import dev.retrospec.workers.runtime.Courtesy;
import dev.retrospec.workers.runtime.JobRun;
import dev.retrospec.workers.runtime.YieldConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One session, and everything that makes a video of it. */
final class Studio implements AutoCloseable {

  private static final Map<String, String> ENVIRONMENT = System.getenv();

  static final BrowserConfig BROWSER =
      BrowserConfig.from(settings(ENVIRONMENT), ENVIRONMENT.getOrDefault("PATH", ""));
  static final EncoderConfig ENCODER =
      EncoderConfig.from(settings(ENVIRONMENT), ENVIRONMENT.getOrDefault("PATH", ""));

  final MemoryArtifactStore store = new MemoryArtifactStore();
  final SettableClock clock = new SettableClock(START.plusSeconds(3_600));
  final TestDatabase database = TestDatabase.get();
  final ProjectId project = database.newProject();
  final SessionId session = SessionId.mint();
  final Outbox outbox = new Outbox(database, clock, Map.of("REPLAY_RENDER_RETRY_BASE_MS", "1000"));

  private final Map<String, String> settings = new HashMap<>(ENVIRONMENT);
  private final RecordingFixture recording = new RecordingFixture();
  private final Artifacts artifacts = new Artifacts(database.jdbi());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ReplayResults replays =
      new ReplayResults(artifacts, new RecordedEvents<>(), meters, clock);
  private final RenderResults results = new RenderResults(replays, clock);
  private final SealedObjects sealed =
      new SealedObjects(database.jdbi(), store, RecordingFixture.keys());
  private int chunks;

  Studio() {
    settings.put("REPLAY_RENDER_ENABLED", "true");
    settings.put("REPLAY_RENDER_VIEWPORT_WIDTH", "320");
    settings.put("REPLAY_RENDER_VIEWPORT_HEIGHT", "180");
    outbox.givenUp.observedBy(results::onGivenUp);
  }

  private static Settings settings(Map<String, String> values) {
    return Settings.of(name -> Optional.ofNullable(values.get(name)));
  }

  /** The name of the folder in which a process renders; empty for any other process. */
  static String renderFolder(ProcessHandle process) {
    try {
      String folder =
          Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
              .getFileName()
              .toString()
              .replace(" (deleted)", "");
      return folder.startsWith("retrospec-render-") ? folder : "";
    } catch (IOException | RuntimeException e) {
      return ""; // somebody else's, or it has ended
    }
  }

  Studio with(String setting, String value) {
    settings.put(setting, value);
    return this;
  }

  Studio visit(Duration length) {
    return visit(START, length);
  }

  Studio visit(Instant start, Duration length) {
    database.inTransaction(
        () ->
            new Sessions(database.jdbi())
                .record(
                    project,
                    session,
                    SessionFixture.visit("alice", start, length),
                    SessionGrowth.NONE,
                    SessionStatus.READY,
                    clock.instant()));
    return this;
  }

  Studio marker(MarkerId id, long atMs) {
    ObservedMarker marker =
        new ObservedMarker(
            id,
            MarkerKind.JS_EXCEPTION,
            null,
            null,
            "TypeError in pay",
            null,
            "/checkout",
            atMs,
            null,
            null,
            null,
            List.of(),
            START.plusMillis(atMs));
    database.inTransaction(
        () ->
            new ErrorMarkers(database.jdbi())
                .add(project, session, List.of(clustered(marker, "ck"))));
    return this;
  }

  /** One more chunk. */
  Studio recorded(String events) {
    recording.spool(project, session, chunks++, clock.instant(), events);
    return this;
  }

  void analysed() {
    replays.record(
        new ReplayResult(
            project,
            session,
            ReplayResult.ANALYSIS_JSON,
            "artifacts/x/y/analysis_json.json",
            "test",
            ArtifactStatus.READY,
            null,
            null,
            List.of()));
  }

  /** Asks for it and does the job once. */
  void render(RenderTarget target) {
    clock.pass(Duration.ofMinutes(2)); // because the same wish counts once in a minute
    ask(target);
    run();
  }

  void ask(RenderTarget target) {
    database.inTransaction(
        () ->
            requests(config(Map.of("REPLAY_RENDER_ENABLED", "true")))
                .ask(project, session, target, "manual"));
  }

  /** One attempt of the last job. */
  void run() {
    List<JobsEnqueued> fired = outbox.enqueued.fired();
    JobId id = fired.get(fired.size() - 1).signals().get(0).id();
    new JobRun(outbox.attempts, new Courtesy(() -> 0, new YieldConfig(1)), outbox.meters)
        .run(id, job());
  }

  RecordingFiles recordings() {
    return new RecordingFiles(
        new RecordingTimeline(database.jdbi(), store, RecordingFixture.keys(), new ChunkCodec()),
        new ChunkCodec(),
        new Assets(database.jdbi()),
        store);
  }

  SessionView view() {
    return new SessionQueries(database.jdbi()).find(project, session).orElseThrow();
  }

  VideoMaker maker() {
    String path = ENVIRONMENT.getOrDefault("PATH", "");
    return new VideoMaker(
        new SupervisedBrowser(BrowserConfig.from(settings(settings), path)),
        EncoderConfig.from(settings(settings), path),
        config(settings));
  }

  RenderJob job() {
    RenderConfig config = config(settings);
    RecordingFiles recordings = recordings();
    return new RenderJob(
        new SessionQueries(database.jdbi()),
        new Scenes(new ErrorMarkers(database.jdbi()), recordings, config),
        recordings,
        maker(),
        new VideoShelf(store, sealed, results),
        new RenderAllowances(database.jdbi()),
        results,
        requests(config),
        config,
        outbox.attempts,
        meters,
        clock);
  }

  private RenderRequests requests(RenderConfig config) {
    return new RenderRequests(outbox.queue, new ErrorMarkers(database.jdbi()), config);
  }

  private static RenderConfig config(Map<String, String> values) {
    return RenderConfig.from(settings(values));
  }

  ArtifactView artifact(String type) {
    return artifacts.find(project, session, type).orElseThrow();
  }

  boolean has(String type) {
    return artifacts.find(project, session, type).isPresent();
  }

  Optional<ArtifactContent> open(String key) {
    return new ArtifactBytes(store, sealed, new SessionQueries(database.jdbi()))
        .open(project, session, new ArtifactKey(key), null);
  }

  String contentType(ArtifactView artifact) {
    return open(artifact.artifactKey()).orElseThrow().contentType();
  }

  /** The beginning of the stored bytes, where a file says what it is. */
  String inTheStore(ArtifactView artifact) {
    ByteRange head = new ByteRange(0, 256);
    return new String(
        store.read(new ArtifactKey(artifact.artifactKey()), head).orElseThrow(),
        StandardCharsets.ISO_8859_1);
  }

  void loseKey() {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute("delete from session_key where session_id = ?", session.value()));
  }

  double refused() {
    return meters.counter("retrospec.render.refused").count();
  }

  long pending() {
    return outbox.queries.depths().get(JobKind.RENDER).pending();
  }

  long retrying() {
    return outbox.queries.depths().get(JobKind.RENDER).retryDepth();
  }

  /** The pause after a failed attempt is over. */
  void pauseIsOver() {
    clock.pass(Duration.ofSeconds(30));
    outbox.sweep.sweep();
  }

  /** Somebody asks for the session to be erased; its rows go later. */
  void erase() {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into erased_session values (?, ?, now()) on conflict do nothing",
                    project.value(),
                    session.value()));
  }

  void loseMarkers() {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute("delete from error_marker where session_id = ?", session.value()));
  }

  /** The objects that were made of the session. */
  List<String> objects() {
    List<String> keys = new ArrayList<>();
    store.list("artifacts/", found -> keys.add(found.key().value()));
    return keys;
  }

  /** Of the project's allowance. */
  int secondsTaken() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select coalesce(sum(seconds), 0) from render_allowance"
                            + " where project_id = :project")
                    .bind("project", project)
                    .mapTo(Integer.class)
                    .one());
  }

  @Override
  public void close() {
    database.jdbi().useHandle(handle -> handle.execute("delete from job"));
  }
}
