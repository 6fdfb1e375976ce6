package dev.retrospec.web.projects;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.projects.RecorderRules;
import dev.retrospec.projects.RecordingRules;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.ProjectForm;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a project's page in which its recording rules are edited. */
@Named
@RequestScoped
public class RulesBacking {

  private final ProjectForm form;
  private final RecordingRules rules;
  private final Notices notices;
  private @Nullable RecorderRules own;

  @Inject
  public RulesBacking(ProjectForm form, RecordingRules rules, Notices notices) {
    this.form = form;
    this.rules = rules;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected RulesBacking() {
    this.form = null;
    this.rules = null;
    this.notices = null;
  }

  /** The project's own rules, without what the operator adds; null when there is no project. */
  public @Nullable RecorderRules getOwn() {
    if (own == null) {
      own = form.project().map(rules::of).orElse(null);
    }
    return own;
  }

  public String getConditions() {
    RecorderRules now = getOwn();
    return now == null ? "" : RulesForm.conditions(now);
  }

  public String getMatch() {
    RecorderRules now = getOwn();
    return now == null || now.triggers() == null ? "any" : now.triggers().match();
  }

  /** A list as a form shows it, one item per line. */
  public String lines(List<String> items) {
    return String.join("\n", items);
  }

  /** A share as the form shows it: 12.5 for an eighth. */
  public String percent(double share) {
    return RulesForm.plain(share * 100);
  }

  /** Milliseconds as seconds. */
  public String seconds(long ms) {
    return RulesForm.plain(ms / 1_000.0);
  }

  public void change() {
    form.submit(this::change);
  }

  private void change(ProjectId project) {
    try {
      int seen = version(form.sent("version"));
      rules.change(project, RulesForm.read(form::sent).onto(rules.of(project), seen));
      notices.done("The rules are saved. Open pages follow them from their next delivery on.");
    } catch (ChangedMeanwhile changed) {
      notices.problem("Not saved: somebody else has changed the rules since you opened the page.");
    }
  }

  private static int version(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InvalidRequest("the form is not from this page");
    }
  }
}
