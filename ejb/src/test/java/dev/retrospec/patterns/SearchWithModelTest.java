package dev.retrospec.patterns;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.retrospec.ids.PatternId;
import dev.retrospec.patterns.ModelVectors.Kind;
import dev.retrospec.patterns.openai.EmbeddingConfig;
import dev.retrospec.patterns.openai.ModelServer;
import dev.retrospec.testing.TestDatabase;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a model changes when somebody searches. */
class SearchWithModelTest {

  /** The model knows that this is the null total: basket, purchase and sum mean the same. */
  private static final String IN_OTHER_WORDS = "basket sum missing at purchase";

  @RegisterExtension static final WireMockExtension SERVER = ModelServer.start();

  private final CiMemory ci =
      new CiMemory(TestDatabase.get(), ModelServer.config(SERVER, "small", null));

  private PatternId total;
  private String note;

  @BeforeEach
  void remember() {
    ModelServer.answers(SERVER);
    total = ci.fails("showsTheTotal", CiMemory.nullTotal()).pattern();
    ci.fails("signsIn", CiMemory.refused(5432));
    note =
        ci.inTransaction(
            () -> ci.entries.add(ci.project, "The cart total was null", Map.of()).id());
    for (Kind kind : Kind.values()) {
      MemoryEmbedding.Slice slice = ci.embedding.read(ci.project, EmbeddingTask.newest(kind));
      ci.inTransaction(() -> ci.embedding.keep(ci.project, slice, kind.name()));
    }
  }

  @Test
  void whatIsMeantIsFoundInOtherWordsButNotAsTheSame() {
    List<PatternHit> hits = ci.find(IN_OTHER_WORDS, 0.1);

    assertThat(hits.get(0).id()).isEqualTo(total);
    assertThat(hits.get(0).similarity()).isBetween(0.15, PatternConfig.LISTED);
    assertThat(ci.find(IN_OTHER_WORDS, PatternConfig.LISTED)).isEmpty();
  }

  @Test
  void theModelStrengthensWhatTheWordsSay() {
    String q = "cart total null pointer basket";
    double with = similarity(ci.find(q, 0.1));
    ModelServer.answers(SERVER, serverError());
    double without = similarity(ci.find(q, 0.1));

    assertThat(without).isGreaterThan(0.3);
    assertThat(with).isGreaterThan(without).isLessThanOrEqualTo(WordsAndModel.MOST);
  }

  @Test
  void anEntryIsFoundInOtherWords() {
    List<EntryHit> hits =
        ci.inTransaction(() -> ci.entries.search(ci.project, "basket sum", 5, 0.1));

    assertThat(hits.get(0).id()).isEqualTo(note);
    assertThat(hits.get(0).similarity()).isLessThan(PatternConfig.LISTED);
  }

  @Test
  void aModelThatFailsChangesNothing() {
    CiMemory off = new CiMemory(ci.database, ci.project, ci.clock, EmbeddingConfig.OFF);
    for (String q : List.of("connection refused auth", CiMemory.refused(9).stack())) {
      for (var answer :
          List.of(serverError(), ok("rubbish"), ok("{\"data\":[{\"embedding\":[1,2]}]}"))) {
        ModelServer.answers(SERVER, answer);
        assertThat(ci.find(q, 0.5)).isEqualTo(off.find(q, 0.5)).isNotEmpty();
      }
    }
  }

  @Test
  void aPastedFailureIsJudgedByTheRulesWhateverTheModelSays() {
    // as near as can be by the model
    ModelServer.answers(SERVER, ok("{\"data\":[{\"embedding\":" + flat() + "}]}"));

    List<PatternHit> hits = ci.find(CiMemory.refused(8080).stack(), 0.85);

    assertThat(hits).extracting(PatternHit::id).doesNotContain(total).hasSize(1);
  }

  private static String flat() {
    return Collections.nCopies(ModelServer.DIMENSIONS, 1).toString();
  }

  private double similarity(List<PatternHit> hits) {
    return hits.stream()
        .filter(hit -> hit.id().equals(total))
        .findFirst()
        .orElseThrow()
        .similarity();
  }
}
