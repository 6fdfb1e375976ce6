package dev.retrospec.signatures.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StackTracesTest {

  @Test
  void javaTellsItsCausesAndNotItsProxies() {
    List<Thrown> chain =
        StackTraces.read(
            """
            jakarta.ejb.EJBException: wrapped
            \tat app//shop.web.Checkout$Proxy$_$$_WeldClientProxy.pay(Unknown Source)
            \tat shop.web.Checkout.lambda$pay$3(Checkout.java:41)
            \tat java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)
            \tSuppressed: java.io.IOException: close failed
            \t\tat shop.db.Pool.close(Pool.java:7)
            \tCaused by: java.lang.Error: of the suppressed one
            \t\tat shop.db.Pool.never(Pool.java:8)
            Caused by: java.lang.IllegalStateException: no money
            second line
            \tat shop.Bank$Account$1.take(Bank.java:12) ~[bank.jar:1.0]
            \tat shop.Bank$Account$1.take(Bank.java:12)
            \t... 30 more
            """);

    assertThat(chain)
        .extracting(Thrown::type)
        .containsExactly("jakarta.ejb.EJBException", "java.lang.IllegalStateException");
    assertThat(chain.get(0).frames())
        .extracting(Frame::function)
        .containsExactly("Checkout.pay", "Checkout.pay");
    assertThat(chain.get(1).message()).isEqualTo("no money\nsecond line");
    assertThat(chain.get(1).frames())
        .containsExactly(new Frame("Bank$Account.take", "shop/Bank.java", true));
  }

  @Test
  void aJavaClassThatFailedToLoadTellsTheSameCauseTheSecondTime() {
    Thrown first =
        last(
            """
            java.lang.ExceptionInInitializerError
            \tat shop.Cart.of(Cart.java:3)
            Caused by: java.lang.IllegalArgumentException: duplicate element: a
            \tat shop.Rules.<clinit>(Rules.java:11)
            """);
    Thrown again =
        last(
            """
            java.lang.NoClassDefFoundError: Could not initialize class shop.Rules
            \tat shop.Cart.of(Cart.java:3)
            Caused by: java.lang.ExceptionInInitializerError: Exception java.lang.IllegalArgumentException: duplicate element: a [in thread "main"]
            \tat shop.Rules.<clinit>(Rules.java:11)
            """);

    assertThat(again).isEqualTo(first);
  }

  @Test
  void chromeFirefoxSafariAndVitestTellTheSameCalls() {
    List<Frame> chrome =
        frames(
            """
            TypeError: x is undefined
                at Cart.total [as pay] (https://shop.test/assets/cart-B3xK9dQa.js:10:15)
                at async submit (https://shop.test/assets/cart-B3xK9dQa.js:42:7)
                at run (node:internal/process:1:2)
            """);

    assertThat(chrome)
        .containsExactly(
            new Frame("total", "assets/cart.js", true),
            new Frame("submit", "assets/cart.js", true),
            new Frame("run", "node:internal/process", false));
    assertThat(frames("Cart/total<@https://shop.test/assets/cart-B3xK9dQa.js:10:15"))
        .containsExactly(chrome.get(0));
    assertThat(frames("total@https://shop.test/assets/cart-99fA7xWq.js?v=2:11:3"))
        .containsExactly(chrome.get(0));
    assertThat(frames("Error: x\n ❯ total src/assets/cart.js:10:15\n ❯ src/cart.test.ts:3:1"))
        .extracting(Frame::token)
        .containsExactly("total@cart.js", "?@cart.test.ts");
  }

  @Test
  void nodeTellsItsCauseInBrackets() {
    List<Thrown> chain =
        StackTraces.read(
            """
            Error: could not pay
                at pay (/app/src/pay.ts:3:9) {
              [cause]: TypeError [ERR_INVALID_URL]: Invalid URL
                  at open (/app/src/http.ts:9:1)
            }
            """);

    assertThat(chain).extracting(Thrown::type).containsExactly("Error", "TypeError");
    assertThat(chain.get(1).message()).isEqualTo("[ERR_INVALID_URL] Invalid URL");
  }

  @Test
  void anAddressInAMessageIsNoCall() {
    assertThat(StackTraces.read("user ann@example.com is unknown").get(0).frames()).isEmpty();
  }

  @Test
  void pythonTellsTheCauseFirstAndTheOldestCallFirst() {
    List<Thrown> chain =
        StackTraces.read(
            """
            Traceback (most recent call last):
              File "/srv/shop/cart.py", line 12, in total
                return prices[item]
                       ~~~~~~^^^^^^
            KeyError: 'apple'

            The above exception was the direct cause of the following exception:

            Traceback (most recent call last):
              File "/usr/lib/python3.11/unittest/case.py", line 57, in run
                method()
              File "C:\\work\\tests\\test_cart.py", line 8, in test_total
                total(cart)
            shop.errors.CartError: no price
            of any kind
            """);

    assertThat(chain).extracting(Thrown::type).containsExactly("shop.errors.CartError", "KeyError");
    assertThat(chain.get(0).message()).isEqualTo("no price\nof any kind");
    assertThat(chain.get(0).frames())
        .containsExactly(
            new Frame("test_total", "work/tests/test_cart.py", true),
            new Frame("run", "python3.11/unittest/case.py", false));
    assertThat(chain.get(1).frames()).containsExactly(new Frame("total", "srv/shop/cart.py", true));
  }

  @Test
  void pytestTellsTheErrorBesideTheSource() {
    Thrown thrown =
        last(
            """
                def test_total():
            >       assert total(cart) == 4
            E       AssertionError: assert 8 == 4
            E        +  where 8 = total([])

            tests/test_cart.py:12: AssertionError
            """);

    assertThat(thrown.type()).isEqualTo("AssertionError");
    assertThat(thrown.message()).startsWith("assert 8 == 4");
    assertThat(thrown.frames())
        .containsExactly(new Frame("test_total", "tests/test_cart.py", true));
  }

  @Test
  void goTellsThePanickingGoroutineFirst() {
    Thrown thrown =
        last(
            """
            panic: runtime error: index out of range [5] with length 3 [recovered]
            \tpanic: runtime error: index out of range [5] with length 3

            goroutine 7 [running]:
            testing.tRunner.func1.2({0x4e8a20, 0xc0000160a8})
            \t/usr/local/go/src/testing/testing.go:1631 +0x24a
            panic({0x4e8a20?, 0xc0000160a8?})
            \t/usr/local/go/src/runtime/panic.go:770 +0x132
            example.com/shop/cart.(*Cart).Total.func1(0xc000012345, 0x5)
            \t/home/ci/shop/cart/cart.go:12 +0x1d
            created by testing.(*T).Run in goroutine 1
            \t/usr/local/go/src/testing/testing.go:1742 +0x390

            goroutine 1 [chan receive]:
            main.other()
            \t/home/ci/shop/main.go:3 +0x1
            """);

    assertThat(thrown.type()).isEqualTo("panic");
    assertThat(thrown.message()).isEqualTo("runtime error: index out of range [5] with length 3");
    assertThat(thrown.frames())
        .first()
        .isEqualTo(new Frame("cart.(*Cart).Total", "shop/cart/cart.go", true));
    assertThat(thrown.frames()).noneMatch(frame -> frame.function().contains("other"));
  }

  @Test
  void goTestsTellTheirNameAndTheirWords() {
    Thrown thrown =
        last(
            """
            --- FAIL: TestTotal (0.00s)
                cart_test.go:12: got 4, want 5
            """);

    assertThat(thrown.message()).isEqualTo("got 4, want 5");
    assertThat(thrown.frames()).containsExactly(new Frame("TestTotal", "cart_test.go", true));
  }

  @Test
  void dotNetTellsTheInnermostCallsFirst() {
    List<Thrown> chain =
        StackTraces.read(
            """
            System.AggregateException: One or more errors occurred. (boom)
             ---> System.InvalidOperationException: boom
               at Shop.Cart.<>c.<Total>b__5_0(Item i) in C:\\src\\Shop\\Cart.cs:line 12
               at System.Linq.Enumerable.Sum[TSource](IEnumerable`1 source)
               --- End of inner exception stack trace ---
               at Shop.Api.Checkout.<Pay>d__7.MoveNext() in /src/Shop/Checkout.cs:line 41
            """);

    assertThat(chain)
        .extracting(Thrown::type)
        .containsExactly("System.AggregateException", "System.InvalidOperationException");
    assertThat(chain.get(1).frames())
        .containsExactly(
            new Frame("Cart.Total", "src/Shop/Cart.cs", true),
            new Frame("Enumerable.Sum", "System/Linq/Enumerable", false));
    assertThat(chain.get(0).frames())
        .containsExactly(new Frame("Checkout.Pay", "src/Shop/Checkout.cs", true));
  }

  @Test
  void rubyTellsTheTypeBehindTheMessage() {
    Thrown thrown =
        last(
            """
            app/models/cart.rb:12:in `block (2 levels) in total': undefined method `price' for nil (NoMethodError)
            \tfrom app/models/cart.rb:11:in 'Array#each'
            \tfrom /usr/lib/ruby/gems/3.2.0/gems/rspec-core-3.12.0/lib/rspec/core/example.rb:263:in `run'
            """);

    assertThat(thrown.type()).isEqualTo("NoMethodError");
    assertThat(thrown.message()).isEqualTo("undefined method `price' for nil");
    assertThat(thrown.frames()).extracting(Frame::function).containsExactly("total", "each", "run");
    assertThat(thrown.frames()).extracting(Frame::inApp).containsExactly(true, true, false);
  }

  @Test
  void rustTellsItsPlaceWithAndWithoutBacktrace() {
    Thrown brief =
        last("thread 'main' panicked at src/cart.rs:12:5:\nindex out of bounds\nnote: run with x");
    Thrown full =
        last(
            """
            thread 'cart::total' panicked at 'index out of bounds', src/cart.rs:12:5
            stack backtrace:
               0: rust_begin_unwind
                         at /rustc/9fc6b43/library/std/src/panicking.rs:652:5
               1: core::panicking::panic_fmt
                         at /rustc/9fc6b43/library/core/src/panicking.rs:72:14
               2: shop::cart::Cart::total::{{closure}}::h0123456789abcdef
                         at ./src/cart.rs:12:5
            """);

    assertThat(brief.message()).isEqualTo("index out of bounds");
    assertThat(brief.frames()).containsExactly(new Frame("?", "src/cart.rs", true));
    assertThat(full.message()).isEqualTo("index out of bounds");
    assertThat(full.frames()).containsExactly(new Frame("Cart::total", "src/cart.rs", true));
  }

  @Test
  void whatCollectorsPutBeforeEveryLineDoesNotMatter() {
    String stack =
        """
        java.lang.IllegalStateException: boom
        \tat shop.Cart.total(Cart.java:3)
        """;

    assertThat(StackTraces.read(stack.replaceAll("(?m)^(?=.)", "2026-01-02T03:04:05.678Z ")))
        .isEqualTo(StackTraces.read(stack));
    assertThat(StackTraces.read(stack.replaceAll("(?m)^(?=.)", "[ERROR] ")))
        .isEqualTo(StackTraces.read(stack));
  }

  @Test
  void textWithoutCallsIsAMessage() {
    assertThat(StackTraces.read("KeyError: 'a'\nmore"))
        .containsExactly(new Thrown("KeyError", "'a'\nmore", List.of()));
    assertThat(StackTraces.read("it broke")).containsExactly(new Thrown("", "it broke", List.of()));
  }

  private static List<Frame> frames(String text) {
    return StackTraces.read(text).get(0).frames();
  }

  /** The deepest of the chain. */
  private static Thrown last(String text) {
    List<Thrown> chain = StackTraces.read(text);
    return chain.get(chain.size() - 1);
  }
}
