package dev.retrospec.sourcemaps.symbols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceMapTest {

  /** {@code a} at 1:1 is b.ts 3:5, named total; from 1:10 on nothing is told; 2:1 is c.ts 1:1. */
  private static final String SMALL =
      "{'version':3,'sources':['b.ts','c.ts'],'names':['total'],'mappings':'AAEIA,S;ACFJ'}";

  @Test
  void aPlaceIsWhereTheLastMappingBeforeItSays() throws IOException {
    SourceMap map = map(SMALL);

    assertThat(map.at(1, 1)).isEqualTo(new OriginalPosition("b.ts", 3, 5, "total"));
    assertThat(map.at(1, 9)).isEqualTo(new OriginalPosition("b.ts", 3, 5, "total"));
    assertThat(map.at(1, 10)).isNull();
    assertThat(map.at(2, 500)).isEqualTo(new OriginalPosition("c.ts", 1, 1, null));
    assertThat(map.at(3, 1)).isNull();
    assertThat(map.mappingCount()).isEqualTo(3);
  }

  @Test
  void anIndexMapIsItsSections() throws IOException {
    String index =
        "{'version':3,'sections':[{'offset':{'line':0,'column':4},'map':%s},"
            + "{'offset':{'line':5,'column':0},'map':%s}]}";
    SourceMap map = map(index.formatted(SMALL, SMALL));

    assertThat(map.at(1, 4)).isNull();
    assertThat(map.at(1, 5).line()).isEqualTo(3);
    assertThat(map.at(2, 1).path()).isEqualTo("c.ts");
    assertThat(map.at(6, 1).name()).isEqualTo("total");
  }

  @Test
  void whatIsKeptIsAMapAgainWithoutTheContentsOfSources() throws IOException {
    String told =
        SMALL.replace(
            "'names'",
            "'sourcesContent':['secret source',null],'debugId':'"
                + "85314830-023F-4CF1-A267-535F4E37BB17','names'");
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    file(told).writeTo(kept);

    assertThat(kept.toString(StandardCharsets.UTF_8))
        .doesNotContain("secret")
        .contains("85314830-023f-4cf1-a267-535f4e37bb17");
    MapFile again = SourceMapReader.read(new ByteArrayInputStream(kept.toByteArray()));
    assertThat(again.open().at(1, 1)).isEqualTo(map(SMALL).at(1, 1));
    assertThat(again).isEqualTo(file(told));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "nothing",
        "{'version':2,'sources':[],'names':[],'mappings':''}",
        "{'version':3,'sources':[],'names':[]}",
        "{'version':3,'sources':[],'names':[],'mappings':7}",
        "{'version':3,'sources':{},'names':[],'mappings':''}",
        "{'version':3,'sources':['a'],'names':[],'mappings':'AACAA'}",
        "{'version':3,'sources':['a'],'names':[],'mappings':'ACAA'}",
        "{'version':3,'sources':['a'],'names':[],'mappings':'ADAA'}",
        "{'version':3,'sources':['a'],'names':[],'mappings':'AAAA,!'}",
        "{'version':3,'sources':['a'],'names':[],'mappings':'IAAA,DAAA'}",
        "{'version':3,'sources':['a'],'names':[],'mappings':'AAA'}",
        "{'version':3,'sources':['a'],'names':[],'mappings':'gggggggggggggA'}",
        "{'version':3,'sections':[{'offset':{'line':0,'column':0},'url':'b.map'}]}",
        "{'version':3,'sources':['a'],'names':[],'mappings':''} and more",
        "{'version':3,'sources':['a'],'names':[],'mappings':'','x_retrospec_functions':'A'}",
      })
  void whatIsNoMapIsRefusedWithTheReason(String told) {
    assertThatThrownBy(() -> map(told))
        .isInstanceOf(InvalidSourceMap.class)
        .hasMessageStartingWith("the source map ");
  }

  @Test
  void nestedFunctionsAreToldFromTheInside() throws IOException {
    // outer 1:1 to 3:1, inner 1:11 to 1:21 nameless, last 4:1 to 4:5
    String functions = "AAEAC,AUAoBA,GAAIE";
    SourceMap map =
        map(
            "{'version':3,'sources':['a'],'names':['outer','last'],'mappings':'','x_retrospec_functions':'%s'}"
                .formatted(functions));

    assertThat(map.functionAt(1, 5)).isEqualTo(new FunctionRanges.Named("outer"));
    assertThat(map.functionAt(1, 11)).isEqualTo(new FunctionRanges.Nameless());
    assertThat(map.functionAt(1, 21)).isEqualTo(new FunctionRanges.Named("outer"));
    assertThat(map.functionAt(3, 1)).isEqualTo(new FunctionRanges.Nameless());
    assertThat(map.functionAt(4, 4)).isEqualTo(new FunctionRanges.Named("last"));
    assertThat(map(SMALL).functionAt(1, 1)).isEqualTo(new FunctionRanges.Unknown());
  }

  /** Every checkpoint and what lies between, against the mapping that was written. */
  @Test
  void aLongMapTellsEachPlaceAsItWasWritten() throws IOException {
    Random random = new Random(7);
    StringBuilder mappings = new StringBuilder();
    int[][] written = new int[5_000][];
    int line = 0;
    int column = 0;
    int[] last = new int[4];
    for (int i = 0; i < written.length; i++) {
      boolean newLine = random.nextInt(10) == 0;
      if (newLine) {
        int lines = 1 + random.nextInt(3);
        mappings.append(";".repeat(lines));
        line += lines;
        column = 0;
      } else if (i > 0) {
        mappings.append(',');
      }
      int step = 1 + random.nextInt(30);
      column += step;
      int[] now = {
        random.nextInt(9), random.nextInt(5_000), random.nextInt(200), random.nextInt(9)
      };
      mappings.append(vlq(step));
      for (int f = 0; f < 4; f++) {
        mappings.append(vlq(now[f] - last[f]));
      }
      last = now;
      written[i] = new int[] {line, column, now[0], now[1], now[2], now[3]};
    }
    SourceMap map =
        map(
            "{'version':3,'sources':['0','1','2','3','4','5','6','7','8'],"
                + "'names':['0','1','2','3','4','5','6','7','8'],'mappings':'"
                + mappings
                + "'}");

    for (int[] it : written) {
      assertThat(map.at(it[0] + 1, it[1] + 1))
          .isEqualTo(new OriginalPosition("" + it[2], it[3] + 1, it[4] + 1, "" + it[5]));
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, webpack:///./src/cart.ts, src/cart.ts",
        "-, webpack://shop/./src/cart.ts?4a1c, src/cart.ts",
        "-, webpack-internal:///./src/cart.ts, src/cart.ts",
        "-, ../../src/cart.ts, src/cart.ts",
        "-, ../node_modules/react/index.js, node_modules/react/index.js",
        "/build/out, ../src/a.ts, /build/src/a.ts",
        "src/, a.ts, src/a.ts",
        "src, /abs/a.ts, /abs/a.ts",
        "-, file:///home/ci/shop/a.ts, home/ci/shop/a.ts",
        "-, https://cdn.example/src/a.ts, src/a.ts",
        "-, turbopack:///[project]/app/(shop)/page.tsx, [project]/app/(shop)/page.tsx",
        "-, C:\\shop\\a.ts, C:/shop/a.ts",
        "-, src/App.vue?vue&type=script, src/App.vue"
      })
  void pathsAreThoseOfTheProject(String root, String source, String path) {
    assertThat(OriginalPath.of(root, source)).isEqualTo(path);
  }

  @Test
  void sectionsDoNotMultiplyWhatAFileMayHold() {
    String names = "\"n\",".repeat(SourceMapReader.MAX_NAMES / 2) + "\"n\"";
    String section =
        "{\"offset\":{\"line\":0,\"column\":0},\"map\":{\"version\":3,\"sources\":[],"
            + "\"mappings\":\"\",\"names\":["
            + names
            + "]}}";

    assertThatThrownBy(() -> map("{\"version\":3,\"sections\":[" + section + "," + section + "]}"))
        .isInstanceOf(InvalidSourceMap.class)
        .hasMessageContaining("too many names");
  }

  @Test
  void functionsAreBounded() {
    String functions = "AAAAA,".repeat(FunctionRanges.MAX_RANGES) + "AAAAA";

    assertThatThrownBy(
            () ->
                map(
                    "{'version':3,'sources':[],'names':[],'mappings':'','x_retrospec_functions':'"
                        + functions
                        + "'}"))
        .isInstanceOf(InvalidSourceMap.class)
        .hasMessageContaining("functions");
  }

  static SourceMap map(String json) throws IOException {
    return file(json).open();
  }

  private static MapFile file(String json) throws IOException {
    return SourceMapReader.read(
        new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  static String vlq(int value) {
    String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    StringBuilder text = new StringBuilder();
    int rest = value < 0 ? -value << 1 | 1 : value << 1;
    do {
      int digit = rest & 31;
      rest >>>= 5;
      text.append(digits.charAt(rest > 0 ? digit | 32 : digit));
    } while (rest > 0);
    return text.toString();
  }
}
