package dev.retrospec.workers.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retrospec.workers.browser.SupervisedBrowser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What rrweb's recorder in a real browser saw: a red page that turns blue when its button is
 * pressed.
 *
 * @param changedAtMs after the start
 */
record RealVisit(String events, Instant startedAt, Duration length, long changedAtMs) {

  private static final Path RECORDER =
      Path.of("..", "sdk", "node_modules", "@rrweb", "record", "dist", "record.umd.cjs")
          .toAbsolutePath()
          .normalize();

  private static final String PROGRAM =
      """
      import { readFileSync, writeFileSync } from 'node:fs';
      import { createRequire } from 'node:module';
      const { browser: { playwright, executablePath, sandbox, args }, task } =
        JSON.parse(readFileSync('command.json', 'utf8'));
      const { chromium } = createRequire(playwright + '/index.js')('./index.js');
      const browser = await chromium.launch({ executablePath, chromiumSandbox: sandbox, args });
      const page = await browser.newPage({ viewport: { width: 640, height: 360 } });
      await page.setContent(`<style>body{margin:0;background:#f00} body.paid{background:#00f}
        button{position:absolute;left:300px;top:150px}</style><button>Pay</button>`);
      await page.evaluate(() => {
        document.querySelector('button').onclick = () => document.body.classList.add('paid');
      });
      await page.addScriptTag({ path: task.recorder });
      await page.evaluate(() => {
        window.events = [];
        const record = window.rrwebRecord?.record ?? window.rrweb?.record ?? window.record;
        record({ emit: (event) => window.events.push(event) });
      });
      await page.mouse.move(500, 300, { steps: 5 });
      await page.waitForTimeout(1200);
      await page.click('button');
      await page.waitForTimeout(700);
      await page.mouse.move(600, 340, { steps: 5 });
      await page.waitForTimeout(600);
      writeFileSync('events', JSON.stringify(await page.evaluate(() => window.events)));
      await browser.close();
      """;

  static RealVisit record(Path home) throws IOException {
    Path folder = Files.createDirectory(home.resolve("visit"));
    Files.writeString(folder.resolve("program.mjs"), PROGRAM);
    new SupervisedBrowser(Studio.BROWSER)
        .run(
            folder, "program.mjs", Map.of("recorder", RECORDER.toString()), Duration.ofSeconds(60));
    String events = Files.readString(folder.resolve("events"));
    JsonNode all = new ObjectMapper().readTree(events);
    long first = all.get(0).path("timestamp").asLong();
    long last = all.get(all.size() - 1).path("timestamp").asLong();
    long changed = 0;
    for (JsonNode event : all) {
      if (!event.at("/data/attributes/0/attributes/class").isMissingNode()) {
        changed = event.path("timestamp").asLong();
      }
    }
    return new RealVisit(
        events, Instant.ofEpochMilli(first), Duration.ofMillis(last - first), changed - first);
  }
}
