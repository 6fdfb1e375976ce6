package dev.retrospec.signatures.text;

import static dev.retrospec.signatures.text.ToldName.first;
import static dev.retrospec.signatures.text.ToldName.iterated;
import static dev.retrospec.signatures.text.ToldName.nothing;
import static dev.retrospec.signatures.text.ToldName.property;
import static dev.retrospec.signatures.text.ToldName.value;
import static dev.retrospec.signatures.text.Wording.of;

import java.util.List;

/**
 * What V8, SpiderMonkey and JavaScriptCore say, as of 2026: from their own tables of messages
 * ({@code message-template.h}, {@code js.msg}, {@code ExceptionHelpers.cpp}). In this order: the
 * finer wording stands before the coarser.
 */
final class EngineWordings {

  private static final String UNREADY = "used before it was initialised";
  private static final String READ_ONLY = "assignment to what is read-only";
  private static final String GETTER = "assignment to what has a getter only";
  private static final String SEALED = "object is not extensible";
  private static final String RECURSION = "too much recursion";
  private static final String MEMORY = "out of memory";
  private static final String LENGTH = "invalid array length";
  private static final String QUOTA = "storage quota exceeded";
  private static final String DATE = "invalid date";
  private static final String PRECISION = "precision out of range";
  private static final String URL = "invalid URL";
  private static final String IN = "in operator on what is no object";
  private static final String RECEIVER = "illegal invocation";

  /** A name, a property path, a call in it: bounded, because hostile text has no end. */
  private static final WordingHead PATH =
      WordingHead.run(letter -> " \t\n\u000B\f\r\"'`".indexOf(letter) < 0, 200);

  /** What is written to, quoted or not. */
  private static final WordingHead NAME =
      WordingHead.quotedOrNot(
          letter ->
              letter < 128 && (Character.isLetterOrDigit(letter) || "_$.[]".indexOf(letter) >= 0),
          200);

  private static final String NOTHING = "(?:undefined|null)";

  static final List<Wording> ALL =
      List.of(
          // Taking something of nothing.
          of(
              "Cannot ",
              "Cannot (?:read|set) propert(?:y|ies)(?: '([^']{1,200})')? of "
                  + NOTHING
                  + "(?: \\((?:reading|setting) '([^']{1,200})'\\))?",
              m -> nothing(first(m))),
          of(
              "can't access property ",
              "can't access property (?:\"([^\"]{1,200})\"|(\\w{1,200})), .{1,200}? is " + NOTHING,
              m -> nothing(first(m))),
          of(
              "can't access property ",
              "can't access property (?:\"([^\"]{1,200})\"|(\\w{1,200})) of " + NOTHING,
              m -> nothing(first(m))),
          of(
              "is not an object",
              NOTHING
                  + " is not an object \\(evaluating '(?:Object\\.(?:keys|values|entries|assign)\\([^']{1,200})'\\)",
              m -> "cannot convert nothing to an object"),
          of(
              "is not an object",
              NOTHING + " is not an object \\(evaluating '([^\\n]{1,400})'\\)",
              m -> nothing(property(m.group(1)))),
          of(
              "Cannot destructure",
              "Cannot destructure (?:property [`']([^`']{1,200})[`'] of )?(?:[`'][^`']{1,200}[`']|"
                  + NOTHING
                  + "|object)(?: or 'null'| as it is "
                  + NOTHING
                  + ")?\\.?",
              m -> nothing(null)),
          of(
              "Right side of assignment",
              "Right side of assignment cannot be destructured",
              m -> nothing(null)),
          of(
              " is ",
              "^(?:\\(destructured parameter\\)|[\\w$.\\[\\]()]{1,200}) is " + NOTHING + "$",
              m -> nothing(null)),
          // Calling, building, walking through what cannot.
          of(
              "is not a function (near '...",
              NOTHING + " is not a function \\(near '\\.\\.\\.([^']{1,200}?)\\.\\.\\.'\\)",
              m -> iterated(m.group(1))),
          of(
              "is not a function or its return value is not iterable",
              PATH,
              " is not a function or its return value is not iterable",
              (path, m) -> property(path) + " is not iterable"),
          of(
              "is not a function",
              "^(?:[^\\n]{0,400}[^\\w$\\n])?([\\w$]{1,200})(?:\\(\\.\\.\\.\\))? is not a function"
                  + "(?:\\. \\(In '(?=[^\\n]{1,400}?', ')[^\\n]{1,800}' is [^)]{1,80}\\))?",
              m -> m.group(1) + " is not a function"),
          of(
              "is not a constructor",
              PATH,
              " is not a constructor(?: \\(evaluating 'new ([\\w$.]{1,200})[^']{0,200}'\\))?",
              (path, m) ->
                  property(m.group(1) == null ? path : m.group(1)) + " is not a constructor"),
          of(
              "is not iterable",
              PATH,
              " is not iterable(?: \\(cannot read property Symbol\\(Symbol\\.iterator\\)\\)"
                  + "|\\. \\([^)]{1,300}\\))?",
              (path, m) -> value(property(path)) + " is not iterable"),
          of(
              "Spread syntax requires",
              "Spread syntax requires \\.\\.\\.iterable(?:\\[Symbol\\.iterator] to be a function"
                  + "| not be null or undefined)[^\\n]{0,200}",
              m -> "a value is not iterable"),
          of("@@iterator", "Found non-callable @@iterator", m -> "a value is not iterable"),
          // Names.
          of(
              " is not defined",
              "^([\\w$]{1,200}) is not defined$",
              m -> m.group(1) + " is not defined"),
          of(
              "Can't find variable: ",
              "Can't find variable: ([\\w$]{1,200})",
              m -> m.group(1) + " is not defined"),
          of(
              "before initialization",
              "(?:Cannot|can't) access (?:lexical declaration )?['\"`]?[\\w$]{1,200}['\"`]? before initialization",
              m -> UNREADY),
          of("uninitialized variable", "Cannot access uninitialized variable\\.?", m -> UNREADY),
          // Writing where nothing may be written.
          of("constant variable", "Assignment to constant variable\\.?", m -> READ_ONLY),
          of(
              "invalid assignment to const",
              "invalid assignment to const ['\"`]?[\\w$]{1,200}['\"`]?",
              m -> READ_ONLY),
          of("readonly property", "Attempted to assign to readonly property\\.?", m -> READ_ONLY),
          of(
              "read only property",
              "Cannot assign to read only property '[^']{1,200}' of [^\\n]{1,200}",
              m -> READ_ONLY),
          of("is read-only", NAME, "\"? is read-only", (name, m) -> READ_ONLY),
          of(
              "only a getter",
              "Cannot set property ([\\w$]{1,200}) of [^\\n]{1,200} which has only a getter",
              m -> GETTER),
          of("getter-only property", "setting getter-only property \"[^\"]{1,200}\"", m -> GETTER),
          of(
              "not extensible",
              "(?:Cannot add property [\\w$]{1,200}, o|can't define property \"[^\"]{1,200}\": O|O)bject is not extensible",
              m -> SEALED),
          of(
              "not extensible",
              "Attempting to (?:define|add) property [^\\n]{0,120}object that is not extensible\\.?",
              m -> SEALED),
          // Too much.
          of(
                  "Array length must be",
                  "Array length must be a positive integer[^\\n]{0,40}",
                  m -> LENGTH)
              .thrownAs("RangeError"),
          of("call stack size exceeded", "Maximum call stack size exceeded\\.?", m -> RECURSION)
              .thrownAs("RangeError"),
          of("too much recursion", "(?:InternalError: )?too much recursion", m -> RECURSION)
              .thrownAs("RangeError"),
          of("ocation", "Array buffer allocation failed|allocation size overflow", m -> MEMORY)
              .thrownAs("RangeError"),
          of("nvalid string length", "Invalid string length", m -> MEMORY).thrownAs("RangeError"),
          of("ut of memory", "[Oo]ut of memory(?:: [^\\n]{1,100})?", m -> MEMORY)
              .thrownAs("RangeError"),
          of("nvalid array length", "[Ii]nvalid array length", m -> LENGTH).thrownAs("RangeError"),
          of(
                  "small enough positive integer",
                  "Array size is not a small enough positive integer\\.?",
                  m -> LENGTH)
              .thrownAs("RangeError"),
          of(
                  "quota",
                  "(?:Failed to execute 'setItem' on 'Storage': )?Setting the value of '[^\\n]{0,200}' exceeded the quota\\.?",
                  m -> QUOTA)
              .thrownAs("QuotaExceededError"),
          of("quota has been exceeded", "The quota has been exceeded\\.?", m -> QUOTA)
              .thrownAs("QuotaExceededError"),
          of(
                  "QUOTA_",
                  "(?:NS_ERROR_DOM_)?QUOTA_(?:REACHED|EXCEEDED)(?:_ERR)?(?:: DOM Exception 22)?",
                  m -> QUOTA)
              .thrownAs("QuotaExceededError"),
          // Numbers, dates, addresses.
          of(
              "nvalid time zone",
              "[Ii]nvalid time zone(?: specified)?: [^\\n]{1,200}",
              m -> "invalid time zone"),
          of("nvalid time value", "Invalid time value", m -> DATE).thrownAs("RangeError"),
          of("nvalid ", "^[Ii]nvalid [Dd]ate$", m -> DATE).thrownAs("RangeError"),
          of("date value is not finite", "date value is not finite in [\\w.() ]{1,80}", m -> DATE)
              .thrownAs("RangeError"),
          of(
                  "digits",
                  "(?:toFixed|toPrecision|toString|toExponential)\\(\\)(?: \\w{1,20})? argument must be between [^\\n]{1,60}",
                  m -> PRECISION)
              .thrownAs("RangeError"),
          of(" out of range", "precision -?[\\d.]{1,20} out of range", m -> PRECISION)
              .thrownAs("RangeError"),
          of(
                  "argument must be between",
                  "(?:toFixed|toPrecision|toExponential)\\(\\) argument must be between [^\\n]{1,60}",
                  m -> PRECISION)
              .thrownAs("RangeError"),
          of(
              "Invalid URL",
              "(?:Failed to construct 'URL': )?Invalid URL(?:: [^\\n]{1,300})?",
              m -> URL),
          of(
              "is not a valid URL",
              WordingHead.line(317),
              " is not a valid URL\\.?",
              (url, m) -> URL),
          of(
              "cannot be parsed as a URL",
              WordingHead.line(302),
              " cannot be parsed as a URL[^\\n]{0,200}",
              (url, m) -> URL),
          of(
              "mpty array",
              "[Rr]educe of empty array with no initial value",
              m -> "reduce of an empty array"),
          of(
              "BigInt",
              "Cannot mix BigInt and other types, use explicit conversions|can't convert BigInt to number|Invalid mix of BigInt and other type in [\\w ]{1,60}\\.?",
              m -> "BigInt mixed with another type"),
          // Objects that are none, or not the right ones.
          of(
              "to object",
              "(?:Cannot convert undefined or null|can't convert " + NOTHING + ") to object",
              m -> "cannot convert nothing to an object"),
          of(
              "'in'",
              "Cannot use 'in' operator to search for [^\\n]{1,200} in [^\\n]{1,200}|(?:right-hand side of 'in' should be an object|cannot use 'in' operator to search)[^\\n]{0,200}",
              m -> IN),
          of(
              "is not an Object. (evaluating",
              WordingHead.line(200),
              " is not an Object\\. \\(evaluating '(?>[^\\n]{1,200}? in )[^\\n]{1,200}'\\)",
              (value, m) -> IN),
          of(
              "instanceof",
              "Right-hand side of 'instanceof' is not (?:callable|an object)|invalid 'instanceof' operand [^\\n]{1,200}|Right hand side of instanceof is not (?:an object|callable)",
              m -> "instanceof what is no class"),
          of("llegal invocation", "Illegal invocation", m -> RECEIVER),
          of(
              "does not implement interface",
              "'[^']{1,100}' called on an object that does not implement interface [\\w$]{1,100}\\.?",
              m -> RECEIVER),
          of(
              "on instances of",
              "Can only call [\\w$.]{1,200} on instances of [\\w$]{1,100}",
              m -> RECEIVER),
          of(
              "lass constructor",
              "Class constructor [\\w$]{1,200} cannot be invoked without 'new'|class constructors must be invoked with 'new'|Cannot call a class constructor [\\w$]{1,200} without \\|new\\|",
              m -> "a class was called without new"),
          of(
              "super",
              "Must call super constructor in derived class before accessing 'this'[^\\n]{0,100}|must call super constructor before using 'this'[^\\n]{0,60}|'super\\(\\)' must be called in derived class constructor before [^\\n]{1,100}",
              m -> "this before super"),
          of(
              "nvalid regular expression",
              "[Ii]nvalid regular expression(?:: |$)[^\\n]{0,300}",
              m -> "invalid regular expression"));

  private EngineWordings() {}
}
