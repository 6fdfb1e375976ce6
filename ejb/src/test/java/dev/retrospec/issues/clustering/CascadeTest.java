package dev.retrospec.issues.clustering;

import static dev.retrospec.issues.clustering.FailureFixture.CHROME;
import static dev.retrospec.issues.clustering.FailureFixture.error;
import static dev.retrospec.issues.clustering.FailureFixture.exception;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.ObservedMarker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule decides, and what it looks at. */
class CascadeTest {

  private static final String NAMELESS = "E: x\n    at a (https://shop.test/app.3f2a9c1b.js:1:2)";

  private static final String READING = "Cannot read properties of undefined (reading 'total')";

  private static final String PACKAGES =
      "E: x\n    at dispatch (https://shop.test/node_modules/react-dom/index.js:1:2)";

  @Test
  void thePagesOwnFingerprintComesFirst() {
    Grouping one = Fingerprint.of(error("/a", detail("TypeError", "x", CHROME), "pay", "card"));
    Grouping other = Fingerprint.of(error("/b", detail("RangeError", "y", null), "pay", "card"));

    assertThat(one.rule()).isEqualTo(GroupingRule.CLIENT);
    assertThat(other.key()).isEqualTo(one.key());
    assertThat(Fingerprint.of(error("/b", detail("E", "y", null), "pay")).key())
        .isNotEqualTo(one.key());
  }

  @Test
  void ourOwnIsADefaultThatThePageRefines() {
    Grouping anna = hybrid("x is undefined", "anna");

    assertThat(hybrid("y is undefined", "anna").key()).isEqualTo(anna.key());
    assertThat(hybrid("x is undefined", "bob").key()).isNotEqualTo(anna.key());
    assertThat(anna.hashed())
        .contains(new Grouping.Part("frame", "showTotal assets/cart.js"))
        .contains(new Grouping.Part("fingerprint", "anna"));
  }

  private static Grouping hybrid(String message, String tenant) {
    return Fingerprint.of(
        error("/a", detail("TypeError", message, CHROME), "{{ default }}", tenant));
  }

  @Test
  void theSitesOwnCallsDecideWhateverTheWordsAndTheRoute() {
    Grouping one = exception("TypeError", "Warenkorb leer", CHROME);
    Grouping other = Fingerprint.of(error("/elsewhere", detail("TypeError", "empty", CHROME)));

    assertThat(one.rule()).isEqualTo(GroupingRule.OWN_FRAMES);
    assertThat(other.key()).isEqualTo(one.key());
    assertThat(exception("RangeError", "Warenkorb leer", CHROME).key()).isNotEqualTo(one.key());
  }

  @Test
  void theStackAfterSourceMapsIsPreferred() {
    ErrorDetail mapped = new ErrorDetail("TypeError", "x", NAMELESS, null, CHROME);

    assertThat(Fingerprint.of(error("/a", mapped)).key())
        .isEqualTo(exception("TypeError", "x", CHROME).key());
  }

  @Test
  void whereNoFunctionHasANameTheWordsDecideToo() {
    assertThat(exception("Error", "no price", NAMELESS).key())
        .isNotEqualTo(exception("Error", "no stock", NAMELESS).key());
    assertThat(exception("Error", "no price for 17", NAMELESS).key())
        .isEqualTo(exception("Error", "no price for 4", NAMELESS).key());
  }

  @Test
  void aNameThatNobodyHasDefinedIsOneFailureWhereverItIsUsed() {
    assertThat(exception("ReferenceError", "gtag is not defined", CHROME).key())
        .isEqualTo(exception("ReferenceError", "Can't find variable: gtag", null).key())
        .isNotEqualTo(exception("ReferenceError", "dataLayer is not defined", CHROME).key());
    assertThat(exception("ReferenceError", "t is not defined", CHROME).rule())
        .isEqualTo(GroupingRule.OWN_FRAMES);
  }

  @Test
  void failedAssertionsOfOneFunctionAreToldApartByTheirWords() {
    assertThat(exception("AssertionError", "no price", CHROME).key())
        .isNotEqualTo(exception("AssertionError", "no stock", CHROME).key());
  }

  @Test
  void allCallsCountWhereNoneIsTheSites() {
    Grouping grouping = exception("TypeError", "x", PACKAGES);

    assertThat(grouping.rule()).isEqualTo(GroupingRule.ALL_FRAMES);
    assertThat(grouping.frames()).hasSize(1);
  }

  @Test
  void withoutAStackTheWordsDecideOnEveryRoute() {
    Grouping one = Fingerprint.of(error("/a", detail("Error", "no stock of 17", null)));

    assertThat(one.rule()).isEqualTo(GroupingRule.MESSAGE);
    assertThat(one.template()).isEqualTo("no stock of <n>");
    assertThat(one.masks()).containsExactly("n");
    assertThat(Fingerprint.of(error("/b", detail("Error", "no stock of 4", null))).key())
        .isEqualTo(one.key());
  }

  @ParameterizedTest
  @CsvSource({"[object Object]", "undefined", "error", "42"})
  void wordsThatSayNothingGatherByPage(String message) {
    Grouping one = Fingerprint.of(error("/a", detail("Error", message, null)));

    assertThat(one.rule()).isEqualTo(GroupingRule.PLACE);
    assertThat(Fingerprint.of(error("/b", detail("Error", message, null))).key())
        .isNotEqualTo(one.key());
  }

  @Test
  void theDeepestCauseSpeaksWhoeverWrappedIt() {
    String cause = "Caused by: " + CHROME.strip();
    ObservedMarker wrapped =
        error("/a", new ErrorDetail("PaymentError", "could not pay", PACKAGES, cause, null));
    ObservedMarker otherwise = error("/a", new ErrorDetail("Error", "Oops", NAMELESS, cause, null));

    assertThat(Fingerprint.of(wrapped).key())
        .isEqualTo(Fingerprint.of(otherwise).key())
        .isEqualTo(exception("TypeError", READING, CHROME).key());
  }

  @Test
  void aCauseThatIsOnlyASentenceDoesNotSpeak() {
    ErrorDetail detail = new ErrorDetail("TypeError", "x", CHROME, "the card was refused", null);

    assertThat(Fingerprint.of(error("/a", detail)).key())
        .isEqualTo(exception("TypeError", "x", CHROME).key());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Error | Uncaught TypeError: no price",
        "Error | Uncaught (in promise) TypeError: no price",
        "Error | Uncaught (in promise): TypeError: no price",
        "Error | Unhandled Promise Rejection: TypeError: no price",
        "Error | Error: Uncaught (in promise): TypeError: no price",
        "TypeError | TypeError: no price",
        "string | TypeError: no price",
        "t | TypeError: no price",
        "TypeError | no price"
      })
  void whateverCarriedItItIsOneError(String type, String message) {
    assertThat(exception(type, message, null).key())
        .isEqualTo(exception("TypeError", "no price", null).key());
  }

  @Test
  void anExceptionOfTheDomIsNamedByItsName() {
    assertThat(exception("DOMException", "NotFoundError: no such node", null).type())
        .isEqualTo("NotFoundError");
  }

  @Test
  void aStackWithinTheMessageIsAStack() {
    Grouping zone = exception("Error", "Uncaught (in promise): " + CHROME, null);

    assertThat(zone.key()).isEqualTo(exception("TypeError", READING, CHROME).key());
  }

  private static ErrorDetail detail(String type, String message, @Nullable String stack) {
    return new ErrorDetail(type, message, stack, null, null);
  }
}
