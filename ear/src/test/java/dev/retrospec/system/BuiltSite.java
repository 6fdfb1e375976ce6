package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A customer's site with a build: TypeScript, which esbuild bundles and minifies into a file with a
 * hash, and whose maps our command line takes care of. Each build stands under a path of its own.
 */
final class BuiltSite extends LocalSite {

  private static final long PATIENCE_SECONDS = 60;

  private static final String SOURCE =
      """
      interface Card { price: { amount: number } }
      %s
      export function chargeCard(basket: { card?: Card }): number {
        return basket.card!.price.amount * 3;
      }
      function payNow(): void {
        document.title = String(chargeCard({}));
      }
      document.getElementById('pay')!.addEventListener('click', payNow);
      """;

  private static final String PAGE =
      """
      <!doctype html>
      <meta charset="utf-8">
      <script src="%1$s/sdk/retrospec.js"></script>
      <script>
        window.retrospec = RetroSpec.initRetrospec({
          apiBaseUrl: '%1$s', apiKey: '%2$s', site: 'shop.example', release: '%3$s'
        });
      </script>
      <button id="pay" type="button">Pay now</button>
      <script src="%4$s"></script>
      """;

  private final RetroSpec retroSpec;
  private final Http.Project project;
  private final Path folder;

  BuiltSite(RetroSpec retroSpec, Http.Project project, Path folder) throws IOException {
    this.retroSpec = retroSpec;
    this.project = project;
    this.folder = folder;
    open();
  }

  /**
   * Builds the site and gives its script a debug id.
   *
   * @param name of the build: its release and its path
   * @param entry what its bundle is called
   * @param before code that moves the lines and takes the first short names
   */
  void build(String name, String entry, String before) throws Exception {
    Path source = folder.resolve(name).resolve("src/checkout.ts");
    Files.createDirectories(source.getParent());
    Files.writeString(source, SOURCE.formatted(before));
    node(
        "node_modules/esbuild/bin/esbuild",
        entry + "=" + source,
        "--bundle",
        "--minify",
        "--format=iife",
        "--sourcemap",
        "--entry-names=[name]-[hash]",
        "--outdir=" + dist(name));
    node("ci/cli/dist/retrospec.mjs", "sourcemaps", "inject", dist(name).toString());
    String script;
    try (Stream<Path> files = Files.list(dist(name))) {
      script =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".js"))
              .findFirst()
              .orElseThrow();
    }
    Files.writeString(
        dist(name).resolve("index.html"),
        PAGE.formatted(base(retroSpec), project.ingestKey(), name, script));
  }

  /** Hands the build's maps to RetroSpec, and takes them from the site. */
  void uploadMaps(String name) throws Exception {
    node(
        "ci/cli/dist/retrospec.mjs",
        "sourcemaps",
        "upload",
        dist(name).toString(),
        "--release",
        name);
  }

  private Path dist(String name) {
    return folder.resolve(name).resolve("dist");
  }

  private void node(String... command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("node"));
    words.addAll(List.of(command));
    Path told = Files.createTempFile(folder, "told", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(RetroSpec.checkout().resolve("sdk").toFile())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile());
    builder
        .environment()
        .putAll(Map.of("RETROSPEC_URL", base(retroSpec), "RETROSPEC_API_KEY", project.secretKey()));
    Process process = builder.start();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(told)).isZero();
  }

  @Override
  void answer(HttpExchange exchange, String path) throws IOException {
    String[] parts = path.split("/");
    Path file =
        parts.length == 3 ? dist(parts[1]).resolve(parts[2]) : folder.resolve("nothing.map");
    if (!Files.isRegularFile(file) || path.endsWith(".map")) {
      send(exchange, 404);
      return;
    }
    String type = path.endsWith(".js") ? "text/javascript" : "text/html";
    send(
        exchange,
        200,
        type + "; charset=utf-8",
        Files.readString(file).getBytes(StandardCharsets.UTF_8));
  }
}
