package dev.retrospec.web.projects;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.NoiseRules;
import dev.retrospec.issues.clustering.NoisePolicy;
import dev.retrospec.issues.clustering.NoiseRule;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.ProjectForm;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a project's page that says what is noise, and how much of it there was. */
@Named
@RequestScoped
public class NoiseBacking {

  private static final Map<String, String> SAID =
      Map.ofEntries(
          Map.entry("resize-observer", "ResizeObserver loop: a layout took more than one turn"),
          Map.entry("script-error", "“Script error.” of another origin's script, without details"),
          Map.entry("browser-extensions", "Errors of the visitor's browser extensions"),
          Map.entry("in-app-browsers", "Scripts that an app's browser puts into every page"),
          Map.entry("cancelled-requests", "Requests that the page or the visitor gave up"),
          Map.entry("link-scanners", "Outlook's link scanner, which rejects a promise"),
          Map.entry("translated-pages", "Errors of a page translator's own script"),
          Map.entry("chunk-load", "A page older than the server: its late code is gone"),
          Map.entry("hydration", "The server's rendering differs from the browser's"),
          Map.entry("non-error-rejections", "Promises rejected with something that is no error"));

  private final ProjectForm form;
  private final NoiseRules rules;
  private final Notices notices;
  private NoiseRules.@Nullable Held held;
  private @Nullable Map<String, NoiseRules.Count> counts;

  @Inject
  public NoiseBacking(ProjectForm form, NoiseRules rules, Notices notices) {
    this.form = form;
    this.rules = rules;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected NoiseBacking() {
    this.form = null;
    this.rules = null;
    this.notices = null;
  }

  /** Null when there is no project. */
  public NoiseRules.@Nullable Held getHeld() {
    if (held == null) {
      held = form.project().map(rules::of).orElse(null);
    }
    return held;
  }

  public boolean builtIn(NoiseRule rule) {
    return NoisePolicy.isDefault(rule.name());
  }

  /** What a rule that comes with RetroSpec is about. */
  public String says(NoiseRule rule) {
    return SAID.getOrDefault(rule.name(), "");
  }

  /** What it kept out of the issues; null when nothing. */
  public NoiseRules.@Nullable Count count(NoiseRule rule) {
    if (counts == null) {
      counts = form.project().map(rules::counts).orElse(Map.of());
    }
    return counts.get(rule.name());
  }

  public void change() {
    form.submit(this::change);
  }

  private void change(ProjectId project) {
    try {
      int seen = Integer.parseInt(form.sent("version"));
      rules.replace(project, seen, NoiseForm.read(rules.of(project).rules(), form::sent));
      notices.done("The rules are saved. They hold for what comes in from now on.");
    } catch (NumberFormatException e) {
      throw new InvalidRequest("the form is not from this page");
    } catch (ChangedMeanwhile changed) {
      notices.problem("Not saved: somebody else has changed the rules since you opened the page.");
    }
  }
}
