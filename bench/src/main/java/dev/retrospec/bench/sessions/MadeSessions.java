package dev.retrospec.bench.sessions;

import dev.retrospec.ids.ProjectId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;

/**
 * A month of sessions with made-up texts: addresses, console lines and labels of words that follow
 * Zipf's law, a number of their own for each, and words planted at known frequencies. The newest
 * still record: their texts stand in events only.
 */
final class MadeSessions {

  static final int WORDS = 3_000;
  static final int RECORDING = 1_000;
  static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
  private static final Duration SPAN = Duration.ofDays(30);

  private static final String FUNCTION =
      """
      create function made_text(words text[], n bigint, total bigint) returns text
      language plpgsql volatile as $$
      declare
        made text := '';
        most constant float := array_length(words, 1);
      begin
        for line in 1..6 loop
          made := made || 'https://shop.example/' || words[floor(power(most, random()))::int]
            || '/' || words[floor(power(most, random()))::int]
            || case when random() < 0.3 then '/' || floor(random() * 1000000)::int else '' end || e'\\n';
        end loop;
        for line in 1..8 loop
          made := made || words[floor(power(most, random()))::int]
            || ' ' || words[floor(power(most, random()))::int]
            || ' ' || words[floor(power(most, random()))::int]
            || ' ' || words[floor(power(most, random()))::int] || e'\\n';
        end loop;
        for line in 1..5 loop
          made := made || words[floor(power(most, random()))::int]
            || ' ' || words[floor(power(most, random()))::int] || e'\\n';
        end loop;
        return made || 'order-' || n || e'\\n'
          || case when n % 10 = 0 then e'oneoften\\n' else '' end
          || case when n % 100 = 0 then e'oneofhundred\\n' else '' end
          || case when n % 1000 = 0 then e'oneofthousand\\n' else '' end
          || case when n % 10000 = 0 then e'oneofmany\\n' else '' end
          || case when n % 10 = 5 and n < total / 10 then e'sunken\\n' else '' end;
      end $$
      """;

  private static final String SESSIONS =
      """
      insert into session (project_id, id, site, route, started_at, ended_at, duration_ms, status,
        user_id, release, browser, os, device, url, event_count, chunk_count, chunks_expected,
        marker_count, index_due)
      select :project, 's' || n, 'shop', '/checkout', at, at + length * interval '1 ms', length,
        case when n > :ended then 'recording' else 'ready' end,
        'user-' || n % 50000, '1.' || n % 40, (array['Chrome', 'Firefox', 'Safari', 'Edge'])[1 + n % 4],
        (array['Windows', 'macOS', 'Android'])[1 + n % 3], 'Desktop', 'https://shop.example/',
        200, 10, 10 + (n % 50 = 0)::int, (n % 7 = 0)::int, n > :ended
      from generate_series(:from, :to) as n
      cross join lateral (select
        cast(:start as timestamptz) + n * :step * interval '1 ms' as at,
        (n * 7919) % 1200000 as length) as made
      """;

  private static final String DOCUMENTS =
      """
      insert into session_index (project_id, session_id, started_at, pages, idle, text)
      select :project, 's' || n, cast(:start as timestamptz) + n * :step * interval '1 ms',
        '[]', '[]', made_text(:words, n, :total)
      from generate_series(:from, :to) as n
      """;

  private static final String EVENTS =
      """
      insert into session_event (project_id, session_id, chunk_seq, ordinal, at, kind, text)
      select :project, 's' || n, 0, line.number, now(), 'console', line.text
      from generate_series(:from, :to) as n
      cross join lateral regexp_split_to_table(made_text(:words, n, :total), e'\\n')
        with ordinality as line (text, number)
      """;

  private final Jdbi jdbi;
  private final ProjectId project;
  private final int total;
  private final String[] words = words();

  MadeSessions(Jdbi jdbi, ProjectId project, int total) {
    this.jdbi = jdbi;
    this.project = project;
    this.total = total;
  }

  /** The rank-th most frequent word, from 0. */
  String word(int rank) {
    return words[rank];
  }

  /** Stores all; the index of texts is made after, which is how long the answer says. */
  Duration store() throws SQLException {
    jdbi.useHandle(
        handle -> {
          handle.getConnection().createStatement().execute(FUNCTION);
          handle.execute("drop index session_index_text");
        });
    int ended = total - RECORDING;
    CompletableFuture<?>[] halves = new CompletableFuture<?>[2];
    int half = ended / 2;
    execute(SESSIONS, 1, total);
    halves[0] = CompletableFuture.runAsync(() -> execute(DOCUMENTS, 1, half));
    halves[1] = CompletableFuture.runAsync(() -> execute(DOCUMENTS, half + 1, ended));
    CompletableFuture.allOf(halves).join();
    execute(EVENTS, ended + 1, total);
    long began = System.nanoTime();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "create index session_index_text on session_index"
                    + " using gin (project_id, text gin_trgm_ops)"));
    Duration built = Duration.ofNanos(System.nanoTime() - began);
    jdbi.useHandle(
        handle -> handle.execute("vacuum analyze session, session_index, session_event"));
    return built;
  }

  private void execute(String sql, int from, int to) {
    jdbi.useHandle(
        handle -> {
          try (org.jdbi.v3.core.statement.Update update = handle.createUpdate(sql)) {
            update
                .bind("project", project)
                .bind("start", START)
                .bind("step", SPAN.toMillis() / (double) total)
                .bind("from", (long) from)
                .bind("to", (long) to)
                .bind("total", (long) total)
                .bind("ended", total - RECORDING)
                .bindArray("words", String.class, (Object[]) words)
                .execute();
          }
        });
  }

  /** Syllables, the same in every run. */
  private static String[] words() {
    Random random = new Random(4);
    String[] words = new String[WORDS];
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder();
      for (int syllable = 0; syllable < 2 + i % 3; syllable++) {
        word.append("bcdfghklmnprstvz".charAt(random.nextInt(16)))
            .append("aeiou".charAt(random.nextInt(5)));
      }
      words[i] = word.toString();
    }
    return words;
  }
}
