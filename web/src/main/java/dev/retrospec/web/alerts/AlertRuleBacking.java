package dev.retrospec.web.alerts;

import dev.retrospec.alerts.AlertChannelKind;
import dev.retrospec.alerts.AlertChannelView;
import dev.retrospec.alerts.AlertRuleEditing;
import dev.retrospec.alerts.AlertRuleView;
import dev.retrospec.alerts.AlertRules;
import dev.retrospec.alerts.SavedRule;
import dev.retrospec.alerts.rules.RuleEvent;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page on which an alert rule is made or changed; {@code new} in the place of its id. */
@Named
@RequestScoped
public class AlertRuleBacking {

  private static final String NEW_SECRET = "alert.newSecret";
  private static final String NEW = "new";

  private final Shell shell;
  private final AlertRules rules;
  private final AlertRuleEditing editing;
  private final Notices notices;
  private @Nullable AlertRuleView rule;

  @Inject
  public AlertRuleBacking(
      Shell shell, AlertRules rules, AlertRuleEditing editing, Notices notices) {
    this.shell = shell;
    this.rules = rules;
    this.editing = editing;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected AlertRuleBacking() {
    this(null, null, null, null);
  }

  public void load() {
    Optional<ProjectId> project = shell.chosenProject();
    Optional<AlertRuleId> id = shell.item(AlertRuleId::new);
    if (project.isEmpty() || id.isEmpty()) {
      notices.notFound();
    } else if (!id.get().value().equals(NEW)) {
      rules.view(project.get(), id.get()).ifPresentOrElse(found -> rule = found, notices::notFound);
    }
  }

  /** The rule as it is stored; null for a new one. */
  public @Nullable AlertRuleView getRule() {
    return rule;
  }

  public boolean tells(RuleEvent event) {
    return rule == null ? event == RuleEvent.NEW_ISSUE : rule.settings().events().contains(event);
  }

  public boolean isAbout(MarkerKind kind) {
    return rule != null
        && rule.settings().filter() != null
        && rule.settings().filter().kinds() != null
        && rule.settings().filter().kinds().contains(kind);
  }

  public RuleEvent[] getEvents() {
    return RuleEvent.values();
  }

  public MarkerKind[] getKinds() {
    return MarkerKind.values();
  }

  public String getQuiet() {
    return AlertRuleForm.lines(rule == null ? null : rule.settings().quietHours());
  }

  /** The rule's channel of this kind; null when it has none. */
  public @Nullable AlertChannelView channel(String kind) {
    return AlertRuleForm.first(rule, AlertChannelKind.fromWireName(kind));
  }

  /** The key of signatures that was just made, this once; null otherwise. */
  public @Nullable Object getNewSecret() {
    return notices.handed(NEW_SECRET);
  }

  /** Saves or takes away, as the pressed button says. */
  public void change() {
    Optional<ProjectId> project = shell.chosenProject();
    Optional<AlertRuleId> id = shell.item(AlertRuleId::new);
    if (!shell.isMayTriage()) {
      notices.forbidden();
    } else if (project.isEmpty() || id.isEmpty()) {
      notices.notFound();
    } else {
      String next = "/admin/alerts/" + id.get();
      try {
        next = change(project.get(), id.get());
      } catch (ChangedMeanwhile changed) {
        notices.problem("Not saved: somebody else has changed the rule since you opened the page.");
      } catch (Failure refused) {
        notices.problem("Nothing was changed: " + refused.getMessage() + ".");
      }
      notices.goTo(new Filters(next, project.get()).here());
    }
  }

  private String change(ProjectId project, AlertRuleId id) {
    if (!shell.sent("remove").isEmpty()) {
      editing.remove(project, id, version());
      notices.done("The rule is taken away.");
      return "/admin/alerts";
    }
    boolean isNew = id.value().equals(NEW);
    AlertRuleView stored = isNew ? null : rules.view(project, id).orElse(null);
    SavedRule saved =
        isNew
            ? editing.add(project, AlertRuleForm.read(shell::sent, null))
            : editing.change(project, id, AlertRuleForm.read(shell::sent, stored), version());
    saved.newSecrets().values().stream()
        .findFirst()
        .ifPresent(secret -> notices.hand(NEW_SECRET, secret));
    notices.done("The rule is saved. It decides about what happens from now on.");
    return saved.newSecrets().isEmpty() ? "/admin/alerts" : "/admin/alerts/" + saved.rule().id();
  }

  private int version() {
    try {
      return Integer.parseInt(shell.sent("version"));
    } catch (NumberFormatException e) {
      throw new InvalidRequest("the form is not from this page");
    }
  }
}
