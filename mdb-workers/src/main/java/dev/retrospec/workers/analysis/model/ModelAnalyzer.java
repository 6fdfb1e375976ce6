package dev.retrospec.workers.analysis.model;

import dev.retrospec.platform.openai.ModelUnavailable;
import dev.retrospec.reports.CardText;
import dev.retrospec.reports.Evidence;
import dev.retrospec.reports.ProviderPart;
import dev.retrospec.workers.analysis.AnalysisCase;
import dev.retrospec.workers.analysis.Analyzer;
import dev.retrospec.workers.analysis.Statement;
import dev.retrospec.workers.analysis.Statement.Ref;
import dev.retrospec.workers.analysis.Verdict;
import dev.retrospec.workers.analysis.heuristic.HeuristicAnalyzer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code dual_http}: the rules first, then a model over the events, then one over the clip. What a
 * model says takes the place of what the rules say of the same thing, where it names events that it
 * was shown; everything else of the rules stands.
 */
public final class ModelAnalyzer implements Analyzer {

  static final String TEXT = "text_model";
  static final String VISUAL = "visual_model";

  private static final String NO_CLIP = "There is no clip of this moment.";

  private static final Map<String, CardText> OF_TEXT_PATH =
      new LinkedHashMap<>(
          Map.of(
              "symptom", CardText.SYMPTOM,
              "technicalRootCause", CardText.ROOT_CAUSE,
              "suggestedFix", CardText.FIX,
              "summary", CardText.TEXT_SUMMARY));

  private static final Map<String, CardText> OF_VISUAL_PATH =
      Map.of("summary", CardText.VISUAL_SUMMARY);

  private final Analyzer rules = new HeuristicAnalyzer();
  private final ModelConfig config;
  private final ClipCatalog clips;
  private final @Nullable ModelPath text;
  private final @Nullable ModelPath visual;

  public ModelAnalyzer(ModelConfig config, ClipCatalog clips) {
    this.config = config;
    this.clips = clips;
    this.text = config.text() == null ? null : new ModelPath(config.text(), config.timeout());
    this.visual = config.visual() == null ? null : new ModelPath(config.visual(), config.timeout());
  }

  /** Whether a clip would have been looked at, had there been one. */
  public static boolean missedTheClip(Verdict verdict) {
    return verdict.providers().stream()
        .anyMatch(
            part ->
                part.name().equals(VISUAL)
                    && part.status() == ProviderPart.Status.SKIPPED
                    && NO_CLIP.equals(part.reason()));
  }

  /** What one path gave: sentences, and the provider's part in the card. */
  private record Said(List<Evidence> sentences, ProviderPart part, @Nullable Double confidence) {}

  @Override
  public Verdict analyze(AnalysisCase analysisCase) throws Exception {
    Verdict found = rules.analyze(analysisCase);
    ShownMoments shown = ShownMoments.of(analysisCase);
    Said words = words(analysisCase, found, shown);
    Said picture = picture(analysisCase, found, shown);
    return merged(found, words, picture);
  }

  private Said words(AnalysisCase analysisCase, Verdict found, ShownMoments shown) {
    return text == null
        ? skipped(TEXT, null, "No endpoint is set for the text path.")
        : ask(TEXT, text, ModelQuestion.text(analysisCase, found, shown), shown, OF_TEXT_PATH);
  }

  private Said picture(AnalysisCase analysisCase, Verdict found, ShownMoments shown) {
    if (visual == null) {
      return skipped(VISUAL, null, "No endpoint is set for the visual path.");
    }
    Optional<ClipCatalog.Clip> clip = clips.of(analysisCase.session(), found.marker());
    return clip.isEmpty()
        ? skipped(VISUAL, visual.model(), NO_CLIP)
        : ask(
            VISUAL,
            visual,
            ModelQuestion.visual(analysisCase, found, shown, clip.get()),
            shown,
            OF_VISUAL_PATH);
  }

  private Said ask(
      String provider,
      ModelPath path,
      ModelQuestion question,
      ShownMoments shown,
      Map<String, CardText> wanted) {
    try {
      ModelAnswer answer = path.ask(question);
      List<Evidence> sentences = sentences(provider, answer, shown, wanted);
      if (sentences.isEmpty()) {
        throw new ModelUnavailable("The model's answer stands on no event that it was shown");
      }
      List<CardText> said = sentences.stream().map(Evidence::says).distinct().toList();
      return new Said(
          sentences, ProviderPart.used(provider, path.model(), said), answer.confidence());
    } catch (ModelUnavailable e) {
      if (!config.fallbackToHeuristic()) {
        throw e;
      }
      return new Said(
          List.of(), ProviderPart.failed(provider, path.model(), e.getMessage() + "."), null);
    }
  }

  /** What names events that were shown; redacted, because it comes from outside. */
  private static List<Evidence> sentences(
      String provider, ModelAnswer answer, ShownMoments shown, Map<String, CardText> wanted) {
    List<Evidence> sentences = new ArrayList<>();
    for (String statement : ModelAnswer.STATEMENTS) {
      CardText says = wanted.get(statement);
      String words = answer.text(statement);
      List<Ref> on = shown.known(answer.cited(statement));
      if (says != null && words != null && !on.isEmpty()) {
        sentences.add(new Statement(says, ShownMoments.clean(words), on).by(provider));
      }
    }
    return sentences;
  }

  private static Said skipped(String provider, @Nullable String model, String reason) {
    return new Said(List.of(), ProviderPart.skipped(provider, model, reason), null);
  }

  private static Verdict merged(Verdict found, Said words, Said picture) {
    List<Evidence> all = new ArrayList<>(words.sentences());
    all.addAll(picture.sentences());
    List<CardText> taken = all.stream().map(Evidence::says).toList();
    List<Evidence> kept =
        found.evidence().stream().filter(item -> !taken.contains(item.says())).toList();
    all.addAll(kept);
    List<ProviderPart> providers = new ArrayList<>();
    List<CardText> left = kept.stream().map(Evidence::says).distinct().toList();
    providers.add(
        left.isEmpty()
            ? ProviderPart.skipped(
                HeuristicAnalyzer.PROVIDER, null, "The models have said all of it.")
            : ProviderPart.used(HeuristicAnalyzer.PROVIDER, null, left));
    providers.add(words.part());
    providers.add(picture.part());
    // The one whose cause is shown is the one that is judged.
    Double confidence = words.confidence();
    boolean causeIsTheModels = taken.contains(CardText.ROOT_CAUSE) && confidence != null;
    return new Verdict(
        causeIsTheModels ? TEXT : found.rule(),
        found.marker(),
        all,
        causeIsTheModels && confidence != null ? confidence : found.strength(),
        found.remark(),
        providers);
  }
}
