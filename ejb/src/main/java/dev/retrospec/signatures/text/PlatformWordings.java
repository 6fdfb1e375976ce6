package dev.retrospec.signatures.text;

import static dev.retrospec.signatures.text.Wording.of;

import java.util.List;

/**
 * What Chromium, Gecko and WebKit say of the network, of JSON and of the DOM, as of 2026. In this
 * order: the finer wording stands before the coarser.
 */
final class PlatformWordings {

  static final String FETCH = "fetch failed";
  private static final String JSON_END = "JSON ends too early";
  private static final String JSON_BAD = "malformed JSON";
  private static final String CYCLIC = "cyclic object value";
  private static final String NODE = "not a child of this node";
  private static final String INSECURE = "the operation is insecure";
  private static final String CROSS_ORIGIN = "access to another origin";
  private static final String PLAY = "playing is not allowed yet";

  static final List<Wording> ALL =
      List.of(
          // The network.
          of(
              "Failed to fetch",
              "Failed to fetch(?! dynamically)(?: \\([\\w.:-]{1,200}\\))?",
              m -> FETCH),
          of("NetworkError when", "NetworkError when attempting to fetch resource\\.?", m -> FETCH),
          of(
              "Load failed",
              "^(?:TypeError: )?Load failed(?: \\([\\w.:-]{1,200}\\))?$",
              m -> m.group().startsWith("TypeError") ? "TypeError: " + FETCH : FETCH),
          of("network connection was lost", "The network connection was lost\\.?", m -> FETCH),
          of(
              "appears to be offline",
              "The Internet connection appears to be offline\\.?",
              m -> FETCH),
          of("connect to the server", "Could not connect to the server\\.?", m -> FETCH),
          // JSON.
          of(
                  "JSON",
                  "(?:JSON\\.parse: unexpected end of data|JSON Parse error: (?:Unexpected EOF|Unterminated string)|JSON\\.parse: unterminated string)[^\\n]{0,120}",
                  m -> JSON_END)
              .thrownAs("SyntaxError"),
          of(
                  "JSON",
                  "Unexpected end of JSON input|Unterminated string in JSON[^\\n]{0,120}",
                  m -> JSON_END)
              .thrownAs("SyntaxError"),
          of("JSON", "(?:JSON\\.parse: |JSON Parse error: )[^\\n]{1,300}", m -> JSON_BAD)
              .thrownAs("SyntaxError"),
          of(
                  "JSON",
                  WordingHead.opening(
                      "Unexpected|Expected|Bad|Unterminated|Invalid|No number|Exponent", 12, 300),
                  " (?:in JSON(?: at position [^\\n]{1,80})?|is not valid JSON)",
                  (complaint, m) -> JSON_BAD)
              .thrownAs("SyntaxError"),
          of(
                  "is not valid JSON",
                  WordingHead.opening("\"", 1, 200),
                  "\" is not valid JSON",
                  (json, m) -> JSON_BAD)
              .thrownAs("SyntaxError"),
          of(
              "ircular structure",
              "(?:Converting circular structure to JSON|JSON\\.stringify cannot serialize cyclic structures\\.?)(?:[\\s\\S]{0,900}closes the circle)?",
              m -> CYCLIC),
          of(
              "cyclic",
              "cyclic object value|JSON\\.stringify cannot serialize cyclic structures\\.?",
              m -> CYCLIC),
          of(
              "expected expression, got",
              "expected expression, got ['\"]([^'\"\\n]{1,20})['\"]",
              m -> "unexpected token " + m.group(1)),
          of(
              "Unexpected token",
              "Unexpected token ['\"]?([^'\"\\s]{1,20})['\"]?(?:\\. [^\\n]{0,100})?",
              m -> "unexpected token " + m.group(1)),
          // The DOM.
          of(
              "is not a valid selector",
              WordingHead.opening(
                  "(?:Failed to execute '\\w{1,60}' on '\\w{1,60}': |\\b\\w{1,60}+\\.\\w{1,60}+: )?'",
                  150,
                  300),
              "' is not a valid selector\\.?",
              (selector, m) -> "invalid selector"),
          of(
                  "nvalid element name",
                  "(?:\\w{1,60}\\.\\w{1,60}: )?Invalid element name",
                  m -> "an invalid character")
              .thrownAs("InvalidCharacterError"),
          of(
              "custom element",
              "(?:Failed to execute 'define' on 'CustomElementRegistry': )?(?:the name \"[^\"]{1,100}\" has already been used with this registry"
                  + "|Cannot define multiple custom elements with the same (?:tag name|class))",
              m -> "a custom element is defined twice"),
          of(
              "custom element",
              "CustomElementRegistry\\.define: '[^']{1,100}' has already been defined as a custom element",
              m -> "a custom element is defined twice"),
          of(
              "has already been used with this registry",
              "(?:Failed to execute 'define' on 'CustomElementRegistry': )?the name \"[^\"]{1,100}\" has already been used with this registry",
              m -> "a custom element is defined twice"),
          of(
                  "invalid character",
                  "(?:Window\\.(?:btoa|atob): )?(?:The string contains invalid characters|String contains an invalid character)\\.?",
                  m -> "an invalid character")
              .thrownAs("InvalidCharacterError"),
          of(
                  "encoded",
                  "Failed to execute '(?:btoa|atob)' on 'Window': The string to be (?:encoded contains characters outside of the Latin1 range|decoded is not correctly encoded)\\.?",
                  m -> "an invalid character")
              .thrownAs("InvalidCharacterError"),
          of(
                  "is not a valid",
                  "Failed to execute '\\w{1,60}' on '\\w{1,60}': The (?:tag|qualified) name provided \\('[^']{0,200}'\\) [^\\n]{1,60}",
                  m -> "an invalid character")
              .thrownAs("InvalidCharacterError"),
          of(
                  "not a child of this node",
                  WordingHead.opening(
                      "(?:Failed to execute '(?:removeChild|insertBefore|replaceChild)' on 'Node': |Node\\.(?:removeChild|insertBefore|replaceChild): )?",
                      44,
                      120),
                  "not a child of this node\\.?",
                  (node, m) -> NODE)
              .thrownAs("NotFoundError"),
          of(
                  "NotFoundError",
                  "NotFoundError: The object can not be found here\\.",
                  m -> "NotFoundError: " + NODE)
              .thrownAs("NotFoundError"),
          of("The object can not be found here", "The object can not be found here\\.", m -> NODE)
              .thrownAs("NotFoundError"),
          of("Node was not found", "Node was not found", m -> NODE).thrownAs("NotFoundError"),
          of(
                  "property from 'Window'",
                  "Failed to read the '\\w{1,60}' property from 'Window': [^\\n]{0,120}(?:denied|sandboxed)[^\\n]{0,120}",
                  m -> INSECURE)
              .thrownAs("SecurityError"),
          of("operation is insecure", "The operation is insecure\\.?", m -> INSECURE)
              .thrownAs("SecurityError"),
          of(
                  "cross-origin",
                  "Blocked a frame with origin \"[^\"]{1,200}\" from accessing [^\\n]{1,200}|Permission denied to access property \"?[\\w$]{1,100}\"? on cross-origin object",
                  m -> CROSS_ORIGIN)
              .thrownAs("SecurityError"),
          of(
                  "Blocked a frame",
                  "Blocked a frame with origin \"[^\"]{1,200}\" from accessing [^\\n]{1,300}",
                  m -> CROSS_ORIGIN)
              .thrownAs("SecurityError"),
          of(
                  "play() failed because",
                  "play\\(\\) failed because the user didn't interact[^\\n]{0,120}",
                  m -> PLAY)
              .thrownAs("NotAllowedError"),
          of(
                  "is not allowed by the user agent",
                  "The (?:play method|request) is not allowed by the user agent or the platform in the current context[^\\n]{0,120}",
                  m -> PLAY)
              .thrownAs("NotAllowedError"),
          // Of the DOM's own methods only what went wrong is told alike.
          of(
              "Failed to ",
              "Failed to (?:execute|construct) '([\\w$]{1,80})'(?: on '[\\w$]{1,80}')?: ",
              m -> m.group(1) + ": "),
          of(": ", "^[A-Z]\\w{1,40}\\.([a-z]\\w{1,60}): (?=\\S)", m -> m.group(1) + ": "));

  private PlatformWordings() {}
}
