package dev.retrospec.web.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.InvalidId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.snapshots.NewSnapshot;
import dev.retrospec.snapshots.Viewport;
import dev.retrospec.web.http.Json;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CreateBodyTest {

  private static final String RUN = "0b8f6c1e-6f57-4a52-8f3c-0a4c6e1f2d3a";

  @Test
  void namesWhatIsMissingInTheWordsOfTheContract() {
    assertThatThrownBy(() -> read("{}").toSnapshot())
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("Missing required fields: testRunId, url");
    assertThatThrownBy(() -> read("{'testRunId':'" + RUN + "','url':' '}").toSnapshot())
        .hasMessage("Missing required fields: url");
    assertThatThrownBy(() -> read("{'testRunId':'7','url':'http://a.example'}").toSnapshot())
        .isInstanceOf(InvalidId.class);
  }

  @Test
  void whatIsLeftOutIsTheContractsDefault() throws IOException {
    NewSnapshot plain = read("{'testRunId':'" + RUN + "','url':'http://a.example'}").toSnapshot();

    assertThat(plain.viewport()).isEqualTo(new Viewport(1920, 1080));
    assertThat(plain.selector()).isNull();
    assertThat(plain.patience()).isZero();

    NewSnapshot waiting =
        read("{'testRunId':'"
                + RUN
                + "','url':'http://a.example','waitForSelector':'#x',"
                + "'viewport':{'width':390}}")
            .toSnapshot();
    assertThat(waiting.patience()).isEqualTo(Duration.ofSeconds(5));
    assertThat(waiting.viewport()).isEqualTo(new Viewport(390, 1080));
  }

  @Test
  void whatCannotBeIsRefused() {
    for (String more :
        new String[] {
          "'viewport':{'width':0}",
          "'viewport':{'width':100000,'height':100}",
          "'waitForTimeout':-1",
          "'waitForTimeout':60000"
        }) {
      assertThatThrownBy(
              () ->
                  read("{'testRunId':'" + RUN + "','url':'http://a.example'," + more + "}")
                      .toSnapshot())
          .as(more)
          .isInstanceOf(InvalidRequest.class);
    }
  }

  private static CreateBody read(String json) throws IOException {
    return Json.mapper().readValue(json.replace('\'', '"'), CreateBody.class);
  }
}
