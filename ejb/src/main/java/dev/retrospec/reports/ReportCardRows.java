package dev.retrospec.reports;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.retrospec.ids.MarkerId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.ReportCardId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The SQL of report cards, and what a row means. */
final class ReportCardRows {

  static final String FIND =
      """
      select c.*, c.evidence::text as evidence_text, c.providers::text as providers_text,
        r.right_count, r.judged_count
      from report_card c
      cross join lateral report_rule_record(c.project_id, c.rule) r
      where c.project_id = :project and c.session_id = :session
      """;

  static final String RECORD =
      "select right_count, judged_count from report_rule_record(:project, :rule)";

  static final String WRITE =
      """
      insert into report_card as old
        (id, project_id, session_id, status, symptom, technical_root_cause, suggested_fix,
         text_summary, visual_summary, confidence, evidence, generated_at, reason, rule, strength,
         marker_id, providers, created_at, updated_at)
      select :id, s.project_id, s.id, coalesce(:status, 'pending'),
             coalesce(:symptom, ''), coalesce(:rootCause, ''),
             coalesce(:fix, ''), coalesce(:text, ''), coalesce(:visual, ''),
             coalesce(:confidence, 0), coalesce(cast(:evidence as jsonb), '[]'),
             cast(:generatedAt as timestamptz), cast(:reason as text), cast(:rule as text),
             cast(:strength as float8), cast(:marker as text),
             coalesce(cast(:providers as jsonb), '[]'), :now, :now
      from session s where s.project_id = :project and s.id = :session
      on conflict (project_id, session_id) do update set
        status = coalesce(:status, old.status),
        symptom = coalesce(:symptom, old.symptom),
        technical_root_cause = coalesce(:rootCause, old.technical_root_cause),
        suggested_fix = coalesce(:fix, old.suggested_fix),
        text_summary = coalesce(:text, old.text_summary),
        visual_summary = coalesce(:visual, old.visual_summary),
        confidence = coalesce(:confidence, old.confidence),
        evidence = coalesce(cast(:evidence as jsonb), old.evidence),
        generated_at = coalesce(cast(:generatedAt as timestamptz), old.generated_at),
        reason = case when cast(:status as text) is null then old.reason
                 else cast(:reason as text) end,
        -- a confidence of somebody else is no longer that of the rule
        rule = case when cast(:confidence as float8) is null then old.rule else cast(:rule as text) end,
        strength = case when cast(:confidence as float8) is null then old.strength
                   else cast(:strength as float8) end,
        marker_id = coalesce(cast(:marker as text), old.marker_id),
        providers = coalesce(cast(:providers as jsonb), old.providers),
        updated_at = :now
      """;

  static final String USE =
      """
      insert into report_rule_use (project_id, rule, cluster_key)
      select m.project_id, :rule, m.cluster_key
      from error_marker m
      join issue_cluster c on c.project_id = m.project_id and c.key = m.cluster_key
      where m.project_id = :project and m.session_id = :session and m.id = :marker
      on conflict do nothing
      """;

  static final String ISSUE =
      """
      select m.cluster_key from report_card c
      join error_marker m on m.project_id = c.project_id and m.session_id = c.session_id
        and m.id = c.marker_id
      where c.project_id = :project and c.session_id = :session
      """;

  static final RowMapper<ReportCardView> CARD =
      (row, context) -> {
        RuleRecord rule = rule(row);
        return new ReportCardView(
            new ReportCardId(row.getString("id")),
            new ProjectId(row.getString("project_id")),
            new SessionId(row.getString("session_id")),
            ReportStatus.fromWireName(row.getString("status")),
            row.getString("symptom"),
            row.getString("technical_root_cause"),
            row.getString("suggested_fix"),
            row.getString("text_summary"),
            row.getString("visual_summary"),
            rule == null ? row.getDouble("confidence") : rule.confidence(row.getDouble("strength")),
            Json.read(row.getString("evidence_text"), new TypeReference<List<Evidence>>() {}),
            time(row, "generated_at"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            row.getObject("updated_at", OffsetDateTime.class).toInstant(),
            row.getString("reason"),
            rule,
            marker(row.getString("marker_id")),
            Json.read(row.getString("providers_text"), new TypeReference<List<ProviderPart>>() {}));
      };

  private ReportCardRows() {}

  private static @Nullable RuleRecord rule(ResultSet row) throws SQLException {
    String rule = row.getString("rule");
    return rule == null
        ? null
        : new RuleRecord(rule, row.getInt("right_count"), row.getInt("judged_count"));
  }

  private static @Nullable MarkerId marker(@Nullable String id) {
    return id == null ? null : new MarkerId(id);
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
