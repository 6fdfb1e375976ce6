package dev.retrospec.signatures.stacks;

import java.util.regex.Pattern;

/**
 * Scripts that are not the site's own: packages, runtimes, delivery networks, what measures or
 * sells, browsers' extensions, our own recorder. Read from the place that a frame tells.
 */
final class ForeignScripts {

  /** Where packages and bundlers put what is not the site's. */
  private static final String FOLDERS =
      "(?:^|[/@])(?:node_modules|bower_components|vendors?|webpack/(?:bootstrap|runtime)|polyfills?"
          + "|cdn-cgi|(?:jakarta|javax)\\.faces\\.resource/(?:jsf|faces)\\.js)(?:[-~./]|$)";

  /** Files of libraries and of bundlers' runtimes, whatever folder they lie in. */
  private static final String FILES =
      "/(?:runtime|framework|webpack|react(?:-dom)?|scheduler|vue|zone|jquery|lodash|axios|rxjs"
          + "|bootstrap|primefaces|htmx|alpine|turbo|stimulus|angular|backbone|underscore|moment"
          + "|d3|three|gtm|gtag|analytics)(?:[-._~][^/]{0,80})?\\.[cm]?js(?:$|[?:])";

  private static final String EXTENSIONS =
      "(?:chrome|moz|safari-web|safari|ms-browser)-extension:|webkit-masked-url:";

  /** Hosts that serve other people's scripts. */
  private static final String HOSTS =
      "//(?:[\\w-]+\\.)?(?:unpkg\\.com|jsdelivr\\.net|cdnjs\\.cloudflare\\.com|code\\.jquery\\.com|esm\\.sh"
          + "|skypack\\.dev|googleapis\\.com|gstatic\\.com|googletagmanager\\.com|google-analytics\\.com"
          + "|googlesyndication\\.com|doubleclick\\.net|connect\\.facebook\\.net|js\\.stripe\\.com|paypal\\.com"
          + "|hotjar\\.com|clarity\\.ms|segment\\.com|intercomcdn\\.com|sentry-cdn\\.com|cookielaw\\.org"
          + "|cookiebot\\.com|usercentrics\\.eu|licdn\\.com|tiktok\\.com|bing\\.com|newrelic\\.com"
          + "|datadoghq-browser-agent\\.com|optimizely\\.com|hs-scripts\\.com|zdassets\\.com)/";

  private static final Pattern FOREIGN =
      Pattern.compile(
          FOLDERS
              + "|"
              + FILES
              + "|"
              + EXTENSIONS
              + "|"
              + HOSTS
              + "|/sdk/(?:[^/]{1,40}/)?retrospec[^/]{0,40}\\.js"
              + "|^(?:native|<anonymous>|\\[native code]|node:|internal/|self-hosted)",
          Pattern.CASE_INSENSITIVE);

  private ForeignScripts() {}

  /**
   * @param place without position
   */
  static boolean hold(String place) {
    return FOREIGN.matcher(place).find();
  }
}
