package dev.retrospec.issues.clustering;

import static dev.retrospec.issues.clustering.FailureFixture.exception;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Without a stack, because there the words alone must do. V8 · SpiderMonkey · JavaScriptCore. */
class EnginesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          TypeError: Cannot read properties of undefined (reading 'total') ¦ TypeError: can't access property "total", this.cart is undefined ¦ TypeError: undefined is not an object (evaluating 'this.cart.total')
          TypeError: Cannot read property 'total' of null ¦ TypeError: can't access property "total", cart is null ¦ TypeError: null is not an object (evaluating 'cart.total')
          TypeError: Cannot destructure property 'total' of 'cart' as it is undefined. ¦ TypeError: shop.cart is undefined ¦ TypeError: Right side of assignment cannot be destructured
          TypeError: this.cart.pay is not a function ¦ TypeError: this.cart.pay is not a function ¦ TypeError: this.cart.pay is not a function. (In 'this.cart.pay()', 'this.cart.pay' is undefined)
          TypeError: Cart.Item is not a constructor ¦ TypeError: Cart.Item is not a constructor ¦ TypeError: undefined is not a constructor (evaluating 'new Cart.Item(a)')
          TypeError: cart.items is not iterable ¦ TypeError: cart.items is not iterable ¦ TypeError: undefined is not a function (near '...item of cart.items...')
          ReferenceError: cart is not defined ¦ ReferenceError: cart is not defined ¦ ReferenceError: Can't find variable: cart
          ReferenceError: Cannot access 'cart' before initialization ¦ ReferenceError: can't access lexical declaration 'cart' before initialization ¦ ReferenceError: Cannot access uninitialized variable.
          TypeError: Assignment to constant variable. ¦ TypeError: invalid assignment to const 'cart' ¦ TypeError: Attempted to assign to readonly property.
          TypeError: Cannot add property total, object is not extensible ¦ TypeError: can't define property "total": Object is not extensible ¦ TypeError: Attempting to define property on object that is not extensible.
          RangeError: Maximum call stack size exceeded ¦ InternalError: too much recursion ¦ RangeError: Maximum call stack size exceeded.
          RangeError: Array buffer allocation failed ¦ Error: out of memory ¦ RangeError: Out of memory
          RangeError: Invalid string length ¦ InternalError: allocation size overflow ¦ RangeError: Out of memory
          RangeError: Invalid array length ¦ RangeError: invalid array length ¦ RangeError: Array size is not a small enough positive integer.
          RangeError: Invalid time value ¦ RangeError: invalid date ¦ RangeError: Invalid Date
          RangeError: Invalid time value ¦ RangeError: date value is not finite in DateTimeFormat.format() ¦ RangeError: date value is not finite in DateTimeFormat format()
          TypeError: Failed to fetch ¦ TypeError: NetworkError when attempting to fetch resource. ¦ TypeError: Load failed
          TypeError: Failed to fetch (shop.test) ¦ TypeError: NetworkError when attempting to fetch resource. ¦ TypeError: The network connection was lost.
          SyntaxError: Unexpected token '<', "<!DOCTYPE "... is not valid JSON ¦ SyntaxError: JSON.parse: unexpected character at line 1 column 1 of the JSON data ¦ SyntaxError: JSON Parse error: Unrecognized token '<'
          SyntaxError: Unexpected end of JSON input ¦ SyntaxError: JSON.parse: unexpected end of data at line 1 column 1 of the JSON data ¦ SyntaxError: JSON Parse error: Unexpected EOF
          SyntaxError: Unexpected token '<' ¦ SyntaxError: expected expression, got '<' ¦ SyntaxError: Unexpected token '<'
          TypeError: Converting circular structure to JSON ¦ TypeError: cyclic object value ¦ TypeError: JSON.stringify cannot serialize cyclic structures.
          QuotaExceededError: Failed to execute 'setItem' on 'Storage': Setting the value of 'cart' exceeded the quota. ¦ QuotaExceededError: The quota has been exceeded. ¦ QuotaExceededError: The quota has been exceeded.
          NotFoundError: Failed to execute 'removeChild' on 'Node': The node to be removed is not a child of this node. ¦ NotFoundError: Node.removeChild: The node to be removed is not a child of this node ¦ NotFoundError: The object can not be found here.
          TypeError: Cannot convert undefined or null to object ¦ TypeError: can't convert undefined to object ¦ TypeError: undefined is not an object (evaluating 'Object.keys(cart)')
          TypeError: Failed to construct 'URL': Invalid URL ¦ TypeError: URL constructor: shop is not a valid URL. ¦ TypeError: "shop" cannot be parsed as a URL.
          TypeError: Reduce of empty array with no initial value ¦ TypeError: reduce of empty array with no initial value ¦ TypeError: reduce of empty array with no initial value
          TypeError: Illegal invocation ¦ TypeError: 'fetch' called on an object that does not implement interface Window. ¦ TypeError: Can only call Window.fetch on instances of Window
          TypeError: Cannot use 'in' operator to search for 'a' in undefined ¦ TypeError: right-hand side of 'in' should be an object, got undefined ¦ TypeError: cart is not an Object. (evaluating '"a" in cart')
          TypeError: Class constructor Cart cannot be invoked without 'new' ¦ TypeError: class constructors must be invoked with 'new' ¦ TypeError: Cannot call a class constructor Cart without |new|
          RangeError: toFixed() digits argument must be between 0 and 100 ¦ RangeError: precision 101 out of range ¦ RangeError: toFixed() argument must be between 0 and 100
          SecurityError: Failed to read the 'localStorage' property from 'Window': Access is denied for this document. ¦ SecurityError: The operation is insecure. ¦ SecurityError: The operation is insecure.
          NotAllowedError: play() failed because the user didn't interact with the document first. ¦ NotAllowedError: The play method is not allowed by the user agent or the platform in the current context, possibly because the user denied permission. ¦ NotAllowedError: The request is not allowed by the user agent or the platform in the current context, possibly because the user denied permission.
          """)
  void oneMistakeIsOneWhateverTheEngine(String v8, String spiderMonkey, String javaScriptCore) {
    assertThat(told(spiderMonkey)).isEqualTo(told(v8));
    assertThat(told(javaScriptCore)).isEqualTo(told(v8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          TypeError: Cannot read properties of undefined (reading 'total') | TypeError: Cannot read properties of undefined (reading 'tax')
          TypeError: pay is not a function | TypeError: show is not a function
          ReferenceError: a is not defined | ReferenceError: b is not defined
          SyntaxError: Unexpected end of JSON input | SyntaxError: Unexpected token '<', "<!DOCTYPE "... is not valid JSON
          TypeError: items is not iterable | TypeError: items is not a function
          Error: Failed to load cart | Error: Failed to load prices
          """)
  void twoMistakesAreTwo(String one, String other) {
    assertThat(told(one)).isNotEqualTo(told(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Error: User 'anna' not found            | Error: User 'bob' not found
          Error: No product "Blue shoes, 42"      | Error: No product "Hat"
          Error: no price on Sun Nov 22 2026 06:19:05 GMT+0100 (Central European Standard Time) | Error: no price on Mon Feb 02 2026 23:01:00 GMT-0500 (Eastern Standard Time)
          Error: closed since 22.11.2026          | Error: closed since 3/14/2026, 9:05 PM
          Error: 1.234,50 € is too much           | Error: €99.00 is too much
          Error: balance -5 is too low            | Error: balance 7 is too low
          """)
  void valuesInAMessageDoNotMatter(String one, String other) {
    assertThat(told(one)).isEqualTo(told(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Error: request failed with "ECONNRESET" | Error: request failed with "ETIMEDOUT"
          Error: don't pay, it's closed           | Error: don't pay, it's late
          """)
  void codesAndWordsBetweenApostrophesStay(String one, String other) {
    assertThat(told(one)).isNotEqualTo(told(other));
  }

  private static String told(String line) {
    int colon = line.indexOf(": ");
    return exception(line.substring(0, colon), line.substring(colon + 2), null).hashed().toString();
  }
}
