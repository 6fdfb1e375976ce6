package dev.retrospec.alerts;

import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the page of a project's alerts shows. */
@ApplicationScoped
public class AlertBoard {

  /** As many as one looks through; the API has the rest. */
  private static final int MAX_DELIVERIES = 50;

  private static final int MAX_HELD = 20;

  /**
   * The page's content.
   *
   * @param held what waits for the end of quiet hours, a cooldown, or more people
   * @param hasOperatorsWebhook whether the operator is told of every project's issues beside
   */
  public record View(
      List<AlertRuleView> rules,
      List<RuleEventView> held,
      List<AlertDeliveryView> deliveries,
      boolean hasOperatorsWebhook) {

    /** A rule's name; its id when the rule is gone. */
    public String nameOf(Object rule) {
      Map<String, String> names =
          rules.stream().collect(Collectors.toMap(one -> one.id().value(), AlertRuleView::name));
      return names.getOrDefault(rule.toString(), rule.toString());
    }
  }

  private final AlertRules rules;
  private final DeliveryQueries deliveries;
  private final AlertConfig config;

  @Inject
  public AlertBoard(AlertRules rules, DeliveryQueries deliveries, AlertConfig config) {
    this.rules = rules;
    this.deliveries = deliveries;
    this.config = config;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected AlertBoard() {
    this(null, null, null);
  }

  public View open(ProjectId project) {
    return new View(
        rules.of(project),
        deliveries.held(project, MAX_HELD),
        deliveries.latest(project, null, null, MAX_DELIVERIES),
        config.webhook().isPresent());
  }
}
