package dev.retrospec.issues.clustering;

import dev.retrospec.signatures.text.PlainText;
import dev.retrospec.signatures.text.TextMask;
import java.util.regex.Pattern;

/**
 * An element's selector without what a framework generates: rows of Jakarta Faces ({@code
 * form:table:17:save} is {@code form:table:*:save}), counters of React, Radix, MUI and Ember,
 * hashes in the classes of styled components and CSS modules, places in repeated parts.
 */
final class SelectorShape {

  private static final int MAX_LENGTH = 500;

  private record Rule(Pattern pattern, String replacement) {

    static Rule of(String pattern, String replacement) {
      return new Rule(Pattern.compile(pattern), replacement);
    }
  }

  private static final Rule[] RULES = {
    Rule.of("\\s{1,20}", " "),
    Rule.of("\\\\(?=[:.])", ""),
    Rule.of("\\bj_idt?\\d{1,9}", "j_idt*"),
    Rule.of(":\\d{1,9}(?=[:\\]\\s.>\"']|$)", ":*"),
    // React's useId, also behind a library's name: «r1», :r1a:, _r_1_
    Rule.of("(?::[rR][0-9a-z]{1,8}:|«[rR][0-9a-z]{1,8}»|_[rR]_[0-9a-z]{1,8}_)", "*"),
    Rule.of(
        "\\b(radix|mui|ember|react-select|react-aria|headlessui(?:-[a-z]{1,20}){1,4}|ng|mat-\\w{1,20}|cdk-\\w{1,20}"
            + "|ui-id|select2|vs|input|field|downshift|rc_unique|el-id|v)-\\d{1,12}(?:-\\d{1,9})?",
        "$1-*"),
    Rule.of("\\b(ember)\\d{1,9}\\b", "$1*"),
    Rule.of("\\.(?:css|sc|jss|emotion|svelte|styled|tss)-[A-Za-z0-9_-]{4,40}", ".*"),
    // CSS modules: Button_root__3xK2a, _root_1x2y3_12
    Rule.of("\\.([A-Za-z][\\w-]{0,60}?)__[A-Za-z0-9_-]{5,8}(?=[.#\\s:>\\[]|$)", ".$1"),
    Rule.of("\\._([A-Za-z][A-Za-z0-9-]{0,60})_[a-z0-9]{5,8}_\\d{1,5}", ".$1"),
    Rule.of("\\[(?:data-v|_ngcontent|_nghost)-[\\w-]{3,40}(?:=\"\")?]", ""),
    Rule.of(
        "\\b(tr|li|option|dt|dd|tbody|article|div|section|td)(\\S{0,80}?):nth-(?:of-type|child)\\(\\d{1,9}\\)(?=.*[ >])",
        "$1$2"),
    Rule.of(
        "\\b(tr|li|option|dt|dd|tbody|article)(\\S{0,80}?):nth-(?:of-type|child)\\(\\d{1,9}\\)",
        "$1$2"),
  };

  private SelectorShape() {}

  static String of(String selector) {
    String shape = PlainText.cut(selector.strip(), MAX_LENGTH);
    for (Rule rule : RULES) {
      shape = rule.pattern().matcher(shape).replaceAll(rule.replacement());
    }
    return TextMask.mask(shape, false);
  }

  /** Whether it names the element itself: a tag and classes may be those of many. */
  static boolean names(String selector) {
    int last = Math.max(selector.lastIndexOf('>'), selector.lastIndexOf(' ')) + 1;
    String step = selector.substring(last);
    return step.indexOf('#') >= 0 || step.indexOf('[') >= 0 || step.indexOf(':') > 0;
  }
}
