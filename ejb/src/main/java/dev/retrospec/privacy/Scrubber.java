package dev.retrospec.privacy;

/**
 * Takes personal data and secrets out of text that somebody else wrote. Stateless and safe for use
 * by several threads; scrubbing twice changes nothing more. For many strings use a {@link
 * ScrubPass}.
 */
public final class Scrubber {

  /**
   * @return the same instance when nothing was found
   */
  public String scrubText(String text) {
    return scrubText(text, ScrubMode.BALANCED);
  }

  /**
   * @return the same instance when nothing was found
   */
  public String scrubText(String text, ScrubMode mode) {
    char[] chars = text.toCharArray();
    ScrubPass pass = newPass(mode);
    return pass.text(chars, 0, chars.length) ? changed(pass) : text;
  }

  /**
   * @param url of a page or a request, absolute or relative
   * @return the same instance when nothing was found
   */
  public String scrubUrl(String url) {
    return scrubUrl(url, ScrubMode.BALANCED);
  }

  /**
   * @param url of a page or a request, absolute or relative
   * @return the same instance when nothing was found
   */
  public String scrubUrl(String url, ScrubMode mode) {
    char[] chars = url.toCharArray();
    ScrubPass pass = newPass(mode);
    return pass.pageUrl(chars, 0, chars.length) ? changed(pass) : url;
  }

  /**
   * @param url of what a page is made of, as its elements and style sheets name it
   * @return as the scrub leaves it in a recording
   */
  public String scrubResourceUrl(String url, ScrubMode mode) {
    char[] chars = url.toCharArray();
    ScrubPass pass = newPass(mode);
    return pass.url(chars, 0, chars.length) ? changed(pass) : url;
  }

  public ScrubPass newPass() {
    return newPass(ScrubMode.BALANCED);
  }

  public ScrubPass newPass(ScrubMode mode) {
    return new ScrubPass(mode);
  }

  private static String changed(ScrubPass pass) {
    return new String(pass.buffer(), 0, pass.length());
  }
}
