package dev.retrospec.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodiesTest {

  private final ObjectMapper bodies = new Json().getContext(Object.class);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dev.retrospec.web.ingest.ServerErrorsResource$Told | {'errors':[%s]} | {}",
        "dev.retrospec.web.ingest.AssetsResource$Told | {'assets':[%s]} | {}",
        "dev.retrospec.ingest.IngestRequest | {'markers':[%s]} | {}",
        "dev.retrospec.ingest.IngestRequest | {'session':{'tags':[%s]}} | 'a'"
      },
      quoteCharacter = '`')
  void listsAreCountedWhileTheyAreRead(Class<?> type, String body, String entry) throws Exception {
    String few = body.formatted(String.join(",", Collections.nCopies(200, entry)));
    String many = body.formatted(String.join(",", Collections.nCopies(60_000, entry)));

    assertThatThrownBy(() -> read(many, type)).hasMessageContaining("Token count");
    assertThat(read(few, type)).isNotNull();
  }

  private Object read(String json, Class<?> type) throws Exception {
    return bodies.readValue(json.replace('\'', '"'), type);
  }
}
