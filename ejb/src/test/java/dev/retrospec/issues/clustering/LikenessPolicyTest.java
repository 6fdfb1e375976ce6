package dev.retrospec.issues.clustering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.signatures.Signatures;
import dev.retrospec.signatures.Similarity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LikenessPolicyTest {

  private static final FailureSignature FAILURE =
      failure(
          """
          TypeError: no price
              at totalOf (https://shop.test/cart.js:1:1)
              at renderCart (https://shop.test/view.js:2:2)
          """);

  private static final List<String> SHARED = List.of("totalOf@cart.js", "renderCart@view.js");

  @Test
  void joinsWhatIsEnoughAlike() {
    assertThat(decide(candidate("a", 0.95, 0.9, 1, false, SHARED)))
        .isInstanceOf(LikenessDecision.Join.class);
  }

  @Test
  void joinsTheMostSimilarOfTwoThatAreFarApart() {
    assertThat(
            decide(
                candidate("a", 0.91, 0.8, 1, false, SHARED),
                candidate("b", 0.97, 0.95, 1, false, SHARED)))
        .isInstanceOfSatisfying(
            LikenessDecision.Join.class,
            join -> assertThat(join.key()).isEqualTo(new ClusterKey("b")));
  }

  @Test
  void joinsNoneOfTwoThatAreNearlyAlike() {
    apart(
        candidate("a", 0.95, 0.9, 1, false, SHARED), candidate("b", 0.95, 0.91, 1, false, SHARED));
  }

  @Test
  void anotherTypeCodeKindOrWordOfSomebodyKeepsThemApart() {
    apart(candidate("a", 0.95, 0.9, 0, false, SHARED));
    apart(candidate("a", 0.95, 0.9, 0.5, false, SHARED));
    apart(candidate("a", 0.95, 0.9, 1, true, SHARED));
    Similarity alike = candidate("a", 0.95, 0.9, 1, false, SHARED).similarity();
    apart(new LikenessPolicy.Candidate(new ClusterKey("a"), MarkerKind.API_ERROR, alike, false));
    apart(new LikenessPolicy.Candidate(new ClusterKey("a"), MarkerKind.JS_EXCEPTION, alike, true));
  }

  @Test
  void anotherCallOnTopIsAnotherFailure() {
    apart(candidate("a", 0.95, 0.9, 1, false, List.of("renderCart@view.js", "main@app.js")));
  }

  @Test
  void namesOfAMinifierTellNothing() {
    FailureSignature minified =
        failure(
            """
            TypeError: no price
                at t (https://shop.test/a.js:1:1)
                at e (https://shop.test/a.js:1:900)
            """);
    assertThat(
            LikenessPolicy.decide(
                MarkerKind.JS_EXCEPTION,
                minified,
                List.of(candidate("a", 1, 1, 1, false, List.of("t@a.js", "e@a.js")))))
        .isInstanceOf(LikenessDecision.Apart.class);
  }

  @Test
  void whatARequestsAnswerHasCausedIsAlikeWhoeverAsked() {
    FailureSignature wrapped =
        failure(
            """
            Error: no basket
                at totalOf (https://shop.test/cart.js:1:1)
                at renderCart (https://shop.test/view.js:2:2)
            Caused by: HttpError: Request failed with status 503
            """);
    assertThat(
            LikenessPolicy.decide(
                MarkerKind.JS_EXCEPTION, wrapped, List.of(candidate("a", 1, 1, 1, false, SHARED))))
        .isInstanceOf(LikenessDecision.Apart.class);
  }

  @Test
  void whatHasNoCallsIsTheOneFailureThatSaysTheSame() {
    FailureSignature silent = failure("NotSupportedError: a name is taken");

    assertThat(said(silent, says("a", 1, 1)))
        .isInstanceOfSatisfying(
            LikenessDecision.Join.class,
            join -> assertThat(join.key()).isEqualTo(new ClusterKey("a")));
    assertThat(said(silent, says("a", 1, 1), says("b", 1, 1)))
        .isInstanceOf(LikenessDecision.Apart.class);
    assertThat(said(silent, says("a", 0.95, 1))).isInstanceOf(LikenessDecision.Apart.class);
    assertThat(said(silent, says("a", 1, 0.5))).isInstanceOf(LikenessDecision.Apart.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TypeError: Load failed",
        "Error: undefined",
        "HttpError: Request failed with status 404"
      })
  void wordsOfManyFailuresJoinNothing(String words) {
    assertThat(said(failure(words), says("a", 1, 1))).isInstanceOf(LikenessDecision.Apart.class);
  }

  private static LikenessDecision said(
      FailureSignature failure, LikenessPolicy.Candidate... candidates) {
    return LikenessPolicy.decide(MarkerKind.JS_EXCEPTION, failure, List.of(candidates));
  }

  private static LikenessPolicy.Candidate says(String key, double message, double type) {
    return new LikenessPolicy.Candidate(
        new ClusterKey(key),
        MarkerKind.JS_EXCEPTION,
        new Similarity(0.99, 1, 0, message, type, false, List.of(), List.of()),
        false);
  }

  private static void apart(LikenessPolicy.Candidate... candidates) {
    assertThat(decide(candidates)).isInstanceOf(LikenessDecision.Apart.class);
  }

  private static LikenessDecision decide(LikenessPolicy.Candidate... candidates) {
    return LikenessPolicy.decide(MarkerKind.JS_EXCEPTION, FAILURE, List.of(candidates));
  }

  private static LikenessPolicy.Candidate candidate(
      String key, double score, double raw, double type, boolean codes, List<String> shared) {
    return new LikenessPolicy.Candidate(
        new ClusterKey(key),
        MarkerKind.JS_EXCEPTION,
        new Similarity(score, raw, 0.9, 0.8, type, codes, shared, List.of()),
        false);
  }

  private static FailureSignature failure(String stack) {
    return Signatures.of(new FailureText(null, "", stack));
  }
}
