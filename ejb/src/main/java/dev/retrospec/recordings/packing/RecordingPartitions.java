package dev.retrospec.recordings.packing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hours of the spool's payload table: made ahead, and dropped when all that arrived in them is
 * packed. What arrives in an hour without a partition of its own goes to the default one and is
 * deleted from there row by row. Safe on several nodes; call it without a transaction.
 */
@ApplicationScoped
public class RecordingPartitions {

  private static final Logger LOG = LoggerFactory.getLogger(RecordingPartitions.class);

  private static final String TABLE = "recording_payload";
  private static final String DEFAULT = TABLE + "_default";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'" + TABLE + "_'yyyyMMddHH");

  /** A name with minutes added, because java.time makes no time of hours alone. */
  private static final DateTimeFormatter WITH_MINUTES =
      DateTimeFormatter.ofPattern("'" + TABLE + "_'yyyyMMddHHmm");

  /** A timer that fails for an evening must not matter. */
  private static final int HOURS_AHEAD = 6;

  /** A request that began before the hour ended may commit after. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  /** A row of the default partition is some kilobytes: a second's work. */
  private static final int ROWS_AT_ONCE = 5_000;

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Whoever waits for a lock on the table makes every upload wait behind it. */
  private static final String LOCK_TIMEOUT = "perform set_config('lock_timeout', '2s', true);";

  /** Two nodes: one does it. The number is this class's own. */
  private static final String ONE_AT_A_TIME =
      "if not pg_try_advisory_xact_lock(4711200401) then return; end if;";

  private final Jdbi jdbi;
  private final Clock clock;

  @Inject
  public RecordingPartitions(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RecordingPartitions() {
    this(null, null);
  }

  /** Makes, drops and empties what is due. */
  public void maintain() {
    // First, because an hour of which the default partition holds rows cannot be made.
    emptyDefault();
    Instant thisHour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    for (int hour = 0; hour <= HOURS_AHEAD; hour++) {
      create(thisHour.plus(hour, ChronoUnit.HOURS));
    }
    hours().stream().filter(this::isOver).forEach(this::dropIfPacked);
  }

  /** The beginnings of the hours that have a partition. */
  List<Instant> hours() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                    where i.inhparent = cast(:table as regclass)
                    order by c.relname
                    """)
                .bind("table", TABLE)
                .mapTo(String.class)
                .list()
                .stream()
                .map(RecordingPartitions::hourOf)
                .flatMap(Optional::stream)
                .toList());
  }

  private boolean isOver(Instant hour) {
    return !hour.plus(1, ChronoUnit.HOURS).plus(GRACE).isAfter(clock.instant());
  }

  /**
   * Uploads that are under way end first and new ones wait for the few milliseconds, because a row
   * that is on its way to the default partition when the hour gets one of its own is refused. Not
   * while the default partition has rows of this hour: they would have to move, and the next hour
   * comes.
   */
  private void create(Instant hour) {
    String name = nameOf(hour);
    Instant end = hour.plus(1, ChronoUnit.HOURS);
    execute(
        """
        do $$ begin
          %s
          %s
          if to_regclass('%s') is not null then return; end if;
          lock table only %s in share row exclusive mode;
          if exists (select from %s where received_at >= '%s' and received_at < '%s')
          then return; end if;
          create table %s (like %s including all);
          alter table %s attach partition %s for values from ('%s') to ('%s');
        end $$
        """
            .formatted(
                ONE_AT_A_TIME,
                LOCK_TIMEOUT,
                name,
                TABLE,
                DEFAULT,
                hour,
                end,
                name,
                TABLE,
                TABLE,
                name,
                hour,
                end));
  }

  /**
   * Looks once more under the lock, because a slow request may have added to the hour. The parent
   * is locked first, as those who insert do: the other order could be a deadlock.
   */
  void dropIfPacked(Instant hour) {
    Instant end = hour.plus(1, ChronoUnit.HOURS);
    if (hasSpooled(hour, end)) {
      return;
    }
    String name = nameOf(hour);
    execute(
        """
        do $$ begin
          %s
          %s
          if to_regclass('%s') is null then return; end if;
          lock table only %s in access exclusive mode;
          lock table %s in access exclusive mode;
          if exists (
            select from recording_chunk
            where block_id is null and received_at >= '%s' and received_at < '%s')
          then return; end if;
          drop table %s;
        end $$
        """
            .formatted(ONE_AT_A_TIME, LOCK_TIMEOUT, name, TABLE, name, hour, end, name));
  }

  private boolean hasSpooled(Instant from, Instant to) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select exists (
                      select from recording_chunk
                      where block_id is null and received_at >= :from and received_at < :to)
                    """)
                .bind("from", from)
                .bind("to", to)
                .mapTo(Boolean.class)
                .one());
  }

  /** Deletes what is packed, and what belongs to nothing, from the default partition. */
  private void emptyDefault() {
    int deleted =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        delete from recording_payload_default where ctid = any (array(
                          select p.ctid from recording_payload_default p
                          where not exists (
                            select from recording_chunk c
                            where c.project_id = p.project_id and c.session_id = p.session_id
                              and c.seq = p.seq and c.received_at = p.received_at
                              and c.block_id is null)
                          limit :limit))
                        """)
                    .bind("limit", ROWS_AT_ONCE)
                    .execute());
    if (deleted == ROWS_AT_ONCE) {
      emptyDefault();
    }
  }

  private void execute(String block) {
    jdbi.useHandle(
        handle -> {
          // Not through Jdbi, which looks for parameters in the body.
          try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute(block);
          } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
              throw new IllegalStateException("The spool's hours cannot be looked after", e);
            }
            LOG.info("The spool's table is busy, its hours are looked after next time");
          }
        });
  }

  private static String nameOf(Instant hour) {
    return NAME.format(LocalDateTime.ofInstant(hour, ZoneOffset.UTC));
  }

  private static Optional<Instant> hourOf(String name) {
    return name.equals(DEFAULT)
        ? Optional.empty()
        : Optional.of(LocalDateTime.parse(name + "00", WITH_MINUTES).toInstant(ZoneOffset.UTC));
  }
}
