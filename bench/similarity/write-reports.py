#!/usr/bin/env python3
"""Writes bench/src/main/resources/similarity/reports.jsonl: failures in the languages that this
repository is not written in, after public reports (the address stands beside each), with names
changed. Every cause has two sightings: another folder, other lines, addresses, ids and durations,
and, where the report has it, another runner's way of printing it."""
import json
import pathlib

ONE = dict(l="12", m="88", a="0xc000228000", b="0x19c", p="/home/ci/work/7", h="h46a716bba2450163",
           u="550e8400-e29b-41d4-a716-446655440000", n="17", d="5000ms", t="2026-01-02T03:04:05.123Z ")
TWO = dict(l="57", m="91", a="0xc0000f9ec0", b="0x26", p="/Users/me/go", h="h0b3cb0f81eb6c032",
           u="123e4567-e89b-12d3-a456-426614174000", n="4711", d="31.2 s", t="")

def go(top, file, then, thenfile, message="runtime error: invalid memory address or nil pointer dereference"):
    return ("panic: " + message + "\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x28 pc={a}]\n\n"
            "goroutine {n} [running]:\n" + top + "({a}, 0x200)\n\t{p}/src/example.com/" + file + ":{l} +{b}\n"
            + then + "({a})\n\t{p}/src/example.com/" + thenfile + ":{m} +{b}\nexit status 2")

def py(error, *frames):
    return ("{t}Traceback (most recent call last):\n" + "".join(
        '{t}  File "{p}/' + f + '", line {l}, in ' + n + "\n{t}    " + s + "\n" for f, n, s in frames) + "{t}" + error)

def ruby(message, *frames):
    (f, n), rest = frames[0], frames[1:]
    return "{p}/" + f + ":{l}:in `" + n + "': " + message + "\n" + "".join(
        "\tfrom {p}/" + f + ":{m}:in `" + n + "'\n" for f, n in rest)

def net(header, *frames):
    return header + "\n" + "".join("   at " + m + " in {p}/" + f + ":line {l}\n" for m, f in frames)

def rust(message, file, *frames):
    return ("thread 'main' panicked at " + file + ":{l}:40:\n" + message + "\nstack backtrace:\n"
            "   0: rust_begin_unwind\n             at /rustc/{b}/library/std/src/panicking.rs:652:5\n"
            "   1: core::panicking::panic_fmt\n             at /rustc/{b}/library/core/src/panicking.rs:72:14\n"
            + "".join(f"   {i + 2}: {n}::{{h}}\n             at {f}:{{m}}:9\n" for i, (n, f) in enumerate(frames)))

CAUSES = [
    ("go-read-lines", "github.com/bcicen/grmon/issues/8", go("main.ReadLines", "mon/parse.go", "main.poll", "mon/client.go")),
    ("go-wait-on-nil-command", "github.com/maxcnunes/gaper/issues/9", go("example.com/watch.(*runner).start.func1", "watch/runner.go", "example.com/watch.(*runner).start", "watch/runner.go")),
    ("go-nil-database", "github.com/lib/pq/issues/942", go("example.com/shop/store.(*Store).Find", "shop/store.go", "example.com/shop/web.(*Api).list", "shop/web.go")),
    ("go-send-on-closed", "github.com/cmu440/intro-to-go/issues/1", go("main.sender", "course/12.go", "main.main", "course/12.go", "send on closed channel")),
    ("go-range", "github.com/golang/go/issues/11788", go("example.com/lang/types.(*Checker).index", "lang/types.go", "example.com/lang/types.(*Checker).expr", "lang/expr.go", "runtime error: index out of range [{n}] with length 3")),
    ("go-test-total", "pkg.go.dev/testing", "--- FAIL: TestTotal (0.0{l}s)\n    cart_test.go:{l}: total of order {n}: got {m}, want 5"),
    ("go-test-refund", "pkg.go.dev/testing", "--- FAIL: TestRefund (0.0{l}s)\n    cart_test.go:{m}: refund of order {n} refused: status 409"),
    ("py-terminal-sugar", "github.com/pytest-dev/pytest/issues/3170", py("AttributeError: 'NoneType' object has no attribute 'testscollected'", ("site-packages/_pytest/main.py", "wrap_session", "session.exitstatus = doit(config, session) or 0"), ("site-packages/_pytest/terminal.py", "pytest_runtest_logfinish", "last_item = len(self._reported) == self._session.testscollected"))),
    ("py-annotate-lineno", "github.com/pytest-dev/pytest-github-actions-annotate-failures/issues/67", py("AttributeError: 'NoneType' object has no attribute 'lineno'", ("site-packages/annotate/plugin.py", "pytest_runtest_makereport", "lineno = entries[0].reprfileloc.lineno"))),
    ("py-typo-in-plugin", "github.com/nak/pytest_mproc/issues/5", py("AttributeError: 'NoneType' object has no attribute 'artifcats_path'", ("venv/bin/pytest", "<module>", "sys.exit(console_main())"), ("src/mproc/plugin.py", "process_options", "path = project.artifcats_path"))),
    ("py-price-missing", "docs.python.org/3/tutorial/errors.html", py("KeyError: 'apple'", ("tests/test_cart.py", "test_total", "total(cart)"), ("shop/cart.py", "total", "return prices[item]"))),
    ("py-refused", "docs.python.org/3/library/exceptions.html", py("ConnectionRefusedError: [Errno 111] ECONNREFUSED after {d}", ("tests/test_api.py", "test_ping", "client.get('/ping')"), ("shop/client.py", "get", "sock.connect(self.address)"))),
    ("py-assert-total", "docs.pytest.org", "    def test_total():\n>       assert total(cart) == 4\nE       AssertionError: assert {l} == 4\n\n{p}/tests/test_cart.py:{m}: AssertionError"),
    ("rb-gemfile", "github.com/enilsen16/Eefgilm/issues/54", ruby("undefined method `[]' for nil:NilClass (NoMethodError)", ("lib/sort/gemfile.rb", "block in extract_lines"), ("lib/sort/gemfile.rb", "extract_lines"), ("lib/sort/gemfile.rb", "clean!"))),
    ("rb-backtrace-nil", "github.com/errbit/errbit/pull/1276", ruby("undefined method `[]' for nil:NilClass (NoMethodError)", ("app/decorators/line_decorator.rb", "file"), ("app/decorators/line_decorator.rb", "in_app?"), ("app/views/mailer/notice.html.haml", "block in _mailer_notice"))),
    ("rb-errors-controller", "github.com/NullVoxPopuli/aeonvera/issues/382", ruby("undefined method `[]' for nil:NilClass (NoMethodError)", ("app/controllers/errors_controller.rb", "backtrace_as_array"), ("app/controllers/errors_controller.rb", "from_client"))),
    ("net-static-factory", "github.com/Analogy-LogViewer/Analogy.LogViewer/pull/1045", net("System.NullReferenceException: Object reference not set to an instance of an object.", ("Viewer.FactoriesManager..ctor()", "Viewer/Managers/FactoriesManager.cs"), ("Viewer.Settings.ApplyLocal()", "Viewer/Settings.cs"))),
    ("net-failed-call", "github.com/Agilefreaks/SubSonic8/issues/69", net("System.NullReferenceException: Object reference not set to an instance of an object.", ("Client.Results.ServiceResult`1.HandleFailedCall(XDocument document)", "Client/Results/ServiceResult.cs"), ("Client.Results.ServiceResult`1.<Execute>d__{l}.MoveNext()", "Client/Results/ServiceResult.cs"))),
    ("net-equal", "xunit.net/docs", net("Xunit.Sdk.EqualException: Assert.Equal() Failure\nExpected: 5\nActual:   {l}", ("Xunit.Assert.Equal[T](T expected, T actual)", "xunit/Asserts.cs"), ("Shop.Tests.CartTests.Totals()", "Shop.Tests/CartTests.cs"))),
    ("rs-components", "github.com/lune-org/lune/issues/341", rust("called `Option::unwrap()` on a `None` value", "crates/utils/src/fmt/components.rs", ("runtime::fmt::components::Stack::parse", "./crates/utils/src/fmt/components.rs"), ("runtime::main", "./src/main.rs"))),
    ("rs-generate-html", "github.com/lowercasename/orogene/issues/1", rust("called `Option::unwrap()` on a `None` value", "src/main.rs", ("site::generate_html", "./src/main.rs"), ("site::build", "./src/main.rs"))),
    ("rs-escape-code", "github.com/yazgoo/diss/issues/16", rust("called `Option::unwrap()` on a `None` value", "src/lib.rs", ("detach::run", "./src/lib.rs"), ("detach::main", "./src/main.rs"))),
    ("rs-modinfo", "github.com/machineonamission/uwd2/issues/12", "thread 'main' panicked at src\\explorer_modinfo.rs:{l}:14:\ncalled `Option::unwrap()` on a `None` value\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace"),
]

lines = []
for cause, source, text in CAUSES:
    for sighting, values in ((1, ONE), (2, TWO)):
        stack = text
        for key, value in values.items():
            stack = stack.replace("{" + key + "}", value)
        lines.append(json.dumps(dict(cause=cause, sighting=sighting, test=cause, type="", message="",
                                     stack=stack, source=source), ensure_ascii=False))
target = pathlib.Path(__file__).parent.parent / "src/main/resources/similarity/reports.jsonl"
target.write_text("\n".join(lines) + "\n", encoding="utf-8")
