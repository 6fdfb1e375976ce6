package dev.retrospec.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTest {

  private final ObjectMapper mapper = Json.mapper();

  record Body(String label, Integer count, Boolean on) {}

  @Test
  void replacesWhatPostgresqlCannotStore() throws Exception {
    assertThat(read("{\"label\":\"a\\u0000b\"}").label()).isEqualTo("a\uFFFDb");
    assertThat(read("{\"label\":\"cut \\ud83d\"}").label()).isEqualTo("cut \uFFFD");
    assertThat(read("{\"label\":\"\\ude00 cut\"}").label()).isEqualTo("\uFFFD cut");
  }

  @Test
  void leavesWholePairsAlone() throws Exception {
    assertThat(read("{\"label\":\"\\ud83d\\ude00!\"}").label()).isEqualTo("\uD83D\uDE00!");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"label\":5}",
        "{\"label\":true}",
        "{\"label\":{}}",
        "{\"label\":[]}",
        "{\"count\":\"5\"}",
        "{\"count\":true}",
        "{\"count\":99999999999}",
        "{\"on\":\"true\"}",
        "{\"on\":1}"
      })
  void isNotMadeOfAnotherType(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(JsonMappingException.class);
  }

  private Body read(String json) throws Exception {
    return mapper.readValue(json, Body.class);
  }
}
