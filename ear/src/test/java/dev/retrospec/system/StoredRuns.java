package dev.retrospec.system;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The rows of two weeks of CI of the shop: a flaky test, a failure that is new on a branch and that
 * production has, too, and one that the base branch shares. They go straight into the database; how
 * rows come to be is other tests' matter.
 */
final class StoredRuns {

  static final String VOUCHER = "dev.tea.checkout.VoucherTest.takesTheVoucherOffTheTotal";
  static final String PAY = "checkout.spec.ts › pays with a card";
  static final String SEARCH = "search.spec.ts › suggests while typing";
  static final String BRANCH = "feature/gift-cards";

  private static final List<String> GREEN =
      List.of(
          "dev.tea.checkout.BasketTest.addsUp",
          "dev.tea.checkout.BasketTest.forgetsWhatWasTakenOut",
          "dev.tea.checkout.AddressTest.refusesAPostcodeOfAnotherCountry",
          "dev.tea.catalogue.ProductTest.showsTheStock",
          "dev.tea.catalogue.ProductTest.listsByName",
          "home.spec.ts › greets who is signed in",
          "basket.spec.ts › keeps the basket over a reload",
          "product.spec.ts › shows the picture of a tea");

  private static final String MESSAGE =
      "Cannot invoke \"dev.tea.checkout.Card.amount()\" because \"card\" is null\n"
          + "expected: <24.50> but was: <null>";

  private static final String STACK =
      """
      java.lang.NullPointerException: Cannot invoke "dev.tea.checkout.Card.amount()" because "card" is null
      \tat dev.tea.checkout.Vouchers.apply(Vouchers.java:41)
      \tat dev.tea.checkout.Basket.total(Basket.java:88)
      \tat dev.tea.checkout.VoucherTest.takesTheVoucherOffTheTotal(VoucherTest.java:27)
      \tat java.base/java.lang.reflect.Method.invoke(Method.java:569)
      \tat org.junit.platform.commons.util.ReflectionUtils.invokeMethod(ReflectionUtils.java:727)""";

  private static final String DIFF =
      """
      diff --git a/src/main/java/dev/tea/checkout/Vouchers.java b/src/main/java/dev/tea/checkout/Vouchers.java
      --- a/src/main/java/dev/tea/checkout/Vouchers.java
      +++ b/src/main/java/dev/tea/checkout/Vouchers.java
      @@ -39,6 +39,4 @@ final class Vouchers {
         Money apply(Basket basket, Card card) {
      -    if (card == null) {
      -      return basket.total();
      -    }
      +    // <b>There is always a card</b>
           return basket.total().minus(card.amount());
         }
      diff --git a/web/basket.ts b/web/basket.ts
      --- a/web/basket.ts
      +++ b/web/basket.ts
      @@ -1 +1 @@
      -export const empty = null;
      +export const empty = [];
      """;

  /** What the pages are asked about. */
  record Ids(
      String red, String green, String flaky, String pattern, String undecided, long voucherTest) {}

  private final StoredShop shop;
  private final String project;
  private final Map<String, Long> tests = new LinkedHashMap<>();

  StoredRuns(StoredShop shop, String project) {
    this.shop = shop;
    this.project = project;
  }

  /** Two weeks of runs, the newest of them red on a branch. */
  Ids store() throws SQLException {
    catalogue();
    String gift =
        pattern(
            "NullPointerException: Cannot invoke \"Card.amount()\"",
            VOUCHER,
            MESSAGE,
            "product_bug");
    String search =
        pattern(
            "TimeoutError: locator.fill: 30000 ms exceeded",
            SEARCH,
            "locator.fill: Timeout 30000ms exceeded.",
            "flaky");
    String port =
        pattern(
            "BindException: Address already in use", GREEN.get(3), "Address already in use", null);
    shop.write(
        """
        insert into pattern_issue (project_id, pattern_id, cluster_key, similarity, linked_by,
          linked_at)
        values (?, ?, 'v1-gift-wrap', 0.91, 'match', now())
        """,
        project,
        gift);
    String flaky = "";
    for (int age = 40; age >= 1; age--) {
      boolean isMain = age % 3 != 0;
      String id =
          run(
              isMain ? "main" : "fix/postcode-" + age / 12,
              age * 8,
              "passed",
              0,
              age % 5 == 0 ? 1 : 0);
      results(id, age % 5 == 0 ? SEARCH : "", "flaky");
      if (age % 5 == 0) {
        flaky = id;
        occurrence(search, id, SEARCH, age * 8);
        failure(
            id,
            SEARCH,
            search,
            "TimeoutError",
            "locator.fill: Timeout 30000ms exceeded.",
            false,
            true);
      }
    }
    String red = "";
    for (int age = 3; age >= 1; age--) {
      red = run(BRANCH, age * 5 - 4, "failed", 3, 0);
      results(red, VOUCHER, "failed");
      occurrence(gift, red, VOUCHER, age * 5 - 4);
      failures(red, gift, port);
    }
    details(red, gift);
    return new Ids(red, run("main", 1, "passed", 0, 0), flaky, gift, port, tests.get(VOUCHER));
  }

  private void catalogue() throws SQLException {
    List<String> names = new ArrayList<>(List.of(VOUCHER, PAY, SEARCH));
    names.addAll(GREEN);
    for (String name : names) {
      boolean isBrowser = name.contains(" › ");
      tests.put(
          name,
          shop.id(
              """
              insert into test_case (project_id, name, suite, file, repository, first_seen,
                last_seen, runs, failures, flaky, failure_rate, mean_duration_ms)
              values (?, ?, ?, ?, 'tea-co/shop', now() - interval '40 days', now(), 44, ?, ?, ?, ?)
              returning id
              """,
              project,
              name,
              isBrowser ? "chromium" : name.substring(0, name.lastIndexOf('.')),
              isBrowser
                  ? "e2e/" + name.substring(0, name.indexOf(' '))
                  : "src/test/java/"
                      + name.substring(0, name.lastIndexOf('.')).replace('.', '/')
                      + ".java",
              GREEN.contains(name) ? 0 : 8,
              name.equals(SEARCH) ? 8 : 0,
              GREEN.contains(name) ? 0.0 : 0.31,
              isBrowser ? 4_200.0 : 180.0));
    }
  }

  private String run(String branch, int hoursAgo, String status, int failed, int flaky)
      throws SQLException {
    String id = UUID.randomUUID().toString();
    shop.write(
        """
        insert into test_run (project_id, id, repository, commit_hash, branch, base_branch, author,
          status, pr_number, source, run_url, only_failures, duration_ms, tests, failed, flaky,
          skipped, content_hash, created_at)
        values (?, ?, 'tea-co/shop', ?, ?, 'main', ?, ?, ?, 'junit',
          'https://ci.tea.example/jobs/4711', false, ?, 214, ?, ?, 4, ?,
          now() - ? * interval '1 hour')
        """,
        project,
        id,
        id.replace("-", "") + "a1b2c3d4",
        branch,
        branch.equals("main") ? "grace@tea.example" : "linus@tea.example",
        status,
        branch.equals("main") ? null : 123,
        180_000L + Math.abs(id.hashCode() % 90_000),
        failed,
        flaky,
        id,
        hoursAgo);
    return id;
  }

  private void results(String run, String special, String status) throws SQLException {
    for (var test : tests.entrySet()) {
      shop.write(
          "insert into test_result (project_id, test_run_id, test_case_id, attempt, status,"
              + " duration_ms) values (?, ?, ?, 1, ?, ?)",
          project,
          run,
          test.getValue(),
          test.getKey().equals(special) ? status : "passed",
          (test.getKey().contains(" › ") ? 3_900L : 140L) + Math.abs(run.hashCode() % 700));
    }
  }

  private String pattern(String summary, String test, String message, String decision)
      throws SQLException {
    String id = UUID.randomUUID().toString();
    shop.write(
        "insert into failure_pattern (project_id, id, summary, error_type, error_message,"
            + " stack_trace, test_name, affected_files, branches, authors, words, occurrence_count,"
            + " run_count, first_seen, last_seen, decision, decided_by, decided_at, note) values"
            + " (?, ?, ?, 'java.lang.NullPointerException', ?, ?, ?,"
            + " '{src/main/java/dev/tea/checkout/Vouchers.java,web/basket.ts}',"
            + " '{feature/gift-cards,main}', '{linus@tea.example,grace@tea.example}', '{1}', 14, 12,"
            + " now() - interval '19 days', now() - interval '1 hour', ?, ?,"
            + " case when ?::text is null then null else now() - interval '2 days' end, ?)",
        project,
        id,
        summary,
        message,
        STACK,
        test,
        decision,
        decision == null ? null : "ada",
        decision,
        decision == null ? null : "A gift card without an amount. Vouchers must ask for it first.");
    return id;
  }

  private void failures(String run, String gift, String port) throws SQLException {
    failure(run, VOUCHER, gift, "java.lang.NullPointerException", MESSAGE, true, false);
    failure(
        run,
        PAY,
        gift,
        "Error",
        "\u001b[31mexpect(locator).toHaveText(expected)\u001b[39m failed\n\nLocator: #total\n"
            + "Expected: \"24.50 €\"\nReceived: \"NaN €\"",
        true,
        false);
    failure(
        run,
        GREEN.get(3),
        port,
        "java.net.BindException",
        "Address already in use: bind 127.0.0.1:8080",
        false,
        false);
  }

  private void failure(
      String run,
      String test,
      String pattern,
      String type,
      String message,
      boolean isNew,
      boolean isFlaky)
      throws SQLException {
    long id =
        shop.id(
            """
            insert into failed_test (project_id, test_run_id, test_case_id, position, test_name,
              error_type, error_message, stack_trace, output, attachments, is_flaky, flaky_score,
              is_new_on_branch, first_bad_commit, first_bad_run, first_bad_author, first_bad_at,
              last_good_commit, pattern_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, 'Basket of 3 teas\nVoucher TEA10 entered',
              '[{"name": "trace", "path": "test-results/trace.zip"}]', ?, ?, ?, 'd41f0c2aa90',
              ?, 'linus@tea.example', now() - interval '11 hours', '77c01be4d2e', ?)
            returning id
            """,
            project,
            run,
            tests.get(test),
            tests.get(test).intValue(),
            test,
            type,
            message,
            STACK,
            isFlaky,
            isFlaky ? 0.4 : 0.0,
            isNew,
            run,
            pattern);
    shop.write(
        """
        insert into pattern_match (project_id, test_run_id, failed_test_id, pattern_id, similarity,
          why)
        values (?, ?, ?, ?, ?, cast(? as jsonb))
        """,
        project,
        run,
        id,
        pattern,
        test.equals(PAY) ? 0.87 : 0.96,
        """
        {"exact": false, "frames": 0.92, "message": 0.71, "type": 1, "codesDiffer": false,
         "sharedFrames": ["Vouchers.apply", "Basket.total"], "sharedWords": ["card", "amount"]}
        """);
  }

  private void occurrence(String pattern, String run, String test, int hoursAgo)
      throws SQLException {
    shop.write(
        """
        insert into pattern_occurrence (project_id, test_run_id, test_name, pattern_id, commit_hash,
          branch, author, similarity, seen_at)
        values (?, ?, ?, ?, 'd41f0c2aa90', 'feature/gift-cards', 'linus@tea.example', 0.96,
          now() - ? * interval '1 hour')
        """,
        project,
        run,
        test,
        pattern,
        hoursAgo);
  }

  private void details(String run, String pattern) throws SQLException {
    shop.write(
        """
        update test_run set analysis_status = 'ready', analysed_by = 'heuristic', analysis = ?,
          git_diff = ?
        where project_id = ? and id = ?
        """,
        "Two tests fail where `Vouchers.java` was changed in this run:\n\n- apply() asks a card for"
            + " its amount before it knows that there is one.\n- The same failure was decided a"
            + " **product bug** two days ago, and 9 sessions in production show it.",
        DIFF,
        project,
        run);
    for (String test : List.of(VOUCHER, PAY, GREEN.get(0), GREEN.get(6))) {
      shop.write(
          """
          insert into recommended_test (project_id, test_run_id, position, test_case_id, test_name,
            reason, confidence_score)
          values (?, ?, ?, ?, ?, ?, ?)
          """,
          project,
          run,
          tests.get(test).intValue(),
          tests.get(test),
          test,
          test.equals(VOUCHER)
              ? "Failed in this run; Vouchers.java is in its stack"
              : "Failed in 6 of 8 runs that changed Vouchers.java",
          test.equals(VOUCHER) ? 0.97 : 0.74);
    }
    for (String path : List.of("src/main/java/dev/tea/checkout/Vouchers.java", "web/basket.ts")) {
      shop.write(
          "insert into test_run_file (project_id, test_run_id, path, folder, created_at, change, added_lines,"
              + " deleted_lines) values (?, ?, ?, ?, now(), 'modified', 31, 8)",
          project,
          run,
          path,
          path.substring(0, path.lastIndexOf('/')));
    }
    for (String channel : List.of("github", "slack", "email")) {
      shop.write(
          """
          insert into notification (project_id, id, test_run_id, channel, status, payload, attempts,
            error_message, sent_at)
          values (?, ?, cast(? as uuid), ?, ?, '{}', ?, ?, ?::timestamptz)
          """,
          project,
          UUID.randomUUID().toString(),
          run,
          channel,
          channel.equals("email") ? "failed" : "sent",
          channel.equals("email") ? 5 : 1,
          channel.equals("email") ? "The mail server answers 550" : null,
          channel.equals("email") ? null : java.time.Instant.now().toString());
    }
  }
}
