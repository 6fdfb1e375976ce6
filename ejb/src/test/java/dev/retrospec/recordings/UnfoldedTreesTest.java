package dev.retrospec.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** What the recorder folds comes out as rrweb would have written it. */
class UnfoldedTreesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static JsonNode stored(String events) throws IOException {
    try (InputStream json =
        new ChunkCodec().json(RecordingFixture.encode(events.replace('\'', '"')).zstd())) {
      return MAPPER.readTree(json.readAllBytes());
    }
  }

  private static JsonNode json(String text) throws IOException {
    return MAPPER.readTree(text.replace('\'', '"'));
  }

  private static String mutation(String adds) {
    return "[{'type':3,'data':{'source':0,'texts':[],'attributes':[],'removes':[],'adds':["
        + adds
        + "]},'timestamp':1}]";
  }

  @Test
  void numbersTheNodesOfASnapshotInDocumentOrder() throws IOException {
    String folded =
        "[{'type':2,'data':{'node':{'id':1,'type':0,'childNodes':["
            + "{'type':1,'name':'html'},"
            + "{'type':2,'tagName':'html','attributes':{},'childNodes':["
            + "{'type':2,'tagName':'head','attributes':{},'childNodes':[]},"
            + "{'id':40,'type':2,'tagName':'body','attributes':{},'childNodes':["
            + "{'type':3,'textContent':'Hello'}]},"
            + "{'type':3,'textContent':'end'}]}]},"
            + "'initialOffset':{'left':0,'top':0}},'timestamp':1}]";

    assertThat(stored(folded))
        .isEqualTo(
            json(
                "[{'type':2,'data':{'node':{'id':1,'type':0,'childNodes':["
                    + "{'id':2,'type':1,'name':'html'},"
                    + "{'id':3,'type':2,'tagName':'html','attributes':{},'childNodes':["
                    + "{'id':4,'type':2,'tagName':'head','attributes':{},'childNodes':[]},"
                    + "{'id':40,'type':2,'tagName':'body','attributes':{},'childNodes':["
                    + "{'id':41,'type':3,'textContent':'Hello'}]},"
                    + "{'id':42,'type':3,'textContent':'end'}]}]},"
                    + "'initialOffset':{'left':0,'top':0}},'timestamp':1}]"));
  }

  @Test
  void addsTheChildrenOfAnAddedNodeOneByOneBehindEachOther() throws IOException {
    String folded =
        "{'parentId':7,'nextId':9,'node':{'id':20,'type':2,'tagName':'ul','attributes':{},"
            + "'childNodes':["
            + "{'type':2,'tagName':'li','attributes':{},'childNodes':["
            + "{'type':3,'textContent':'one'}]},"
            + "{'type':2,'tagName':'li','attributes':{'class':'b'},'childNodes':[]},"
            + "{'id':3,'type':3,'textContent':'moved'}]}},"
            + "{'parentId':7,'nextId':null,'node':{'id':30,'type':3,'textContent':'last'}}";

    assertThat(stored(mutation(folded)))
        .isEqualTo(
            json(
                mutation(
                    "{'parentId':7,'nextId':9,'node':{'id':20,'type':2,'tagName':'ul',"
                        + "'attributes':{},'childNodes':[]}},"
                        + "{'parentId':20,'nextId':null,'node':{'id':21,'type':2,'tagName':'li',"
                        + "'attributes':{},'childNodes':[]}},"
                        + "{'parentId':21,'nextId':null,'node':{'id':22,'type':3,"
                        + "'textContent':'one'}},"
                        + "{'parentId':20,'nextId':null,'node':{'id':23,'type':2,'tagName':'li',"
                        + "'attributes':{'class':'b'},'childNodes':[]}},"
                        + "{'parentId':20,'nextId':null,'node':{'id':3,'type':3,"
                        + "'textContent':'moved'}},"
                        + "{'parentId':7,'nextId':null,'node':{'id':30,'type':3,"
                        + "'textContent':'last'}}")));
  }

  @Test
  void keepsTheDocumentOfAFrameInOnePiece() throws IOException {
    String folded =
        "{'parentId':7,'nextId':null,'node':{'id':20,'type':0,'childNodes':["
            + "{'rootId':20,'type':2,'tagName':'html','attributes':{},'childNodes':["
            + "{'rootId':20,'type':3,'textContent':'in a frame'}]}]}}";

    assertThat(stored(mutation(folded)))
        .isEqualTo(
            json(
                mutation(
                    "{'parentId':7,'nextId':null,'node':{'id':20,'type':0,'childNodes':["
                        + "{'id':21,'rootId':20,'type':2,'tagName':'html','attributes':{},"
                        + "'childNodes':[{'id':22,'rootId':20,'type':3,"
                        + "'textContent':'in a frame'}]}]}}")));
  }

  @Test
  void leavesWhatRrwebItselfWroteAsItIs() throws IOException {
    String plain =
        mutation(
            "{'parentId':7,'nextId':null,'node':{'type':2,'tagName':'p','attributes':{},"
                + "'childNodes':[{'type':3,'textContent':'x','id':9}],'id':8}}");

    assertThat(stored(plain)).isEqualTo(json(plain));
  }

  @Test
  void findsTheTreeAlsoWhenTheTypeOfTheEventComesBehindIt() throws IOException {
    String folded =
        "[{'data':{'node':{'id':5,'type':0,'childNodes':[{'type':1,'name':'html'}]}},"
            + "'type':2,'timestamp':1}]";

    assertThat(stored(folded).at("/0/data/node/childNodes/0/id").asInt()).isEqualTo(6);
  }

  @Test
  void looksForPersonalDataAcrossTheChildrenThatStandInALine() throws IOException {
    String folded =
        "{'parentId':7,'nextId':null,'node':{'id':20,'type':2,'tagName':'p','attributes':{},"
            + "'childNodes':[{'type':2,'tagName':'b','attributes':{},'childNodes':["
            + "{'type':3,'textContent':'ann@'}]},{'type':3,'textContent':'example.org'}]}}";

    assertThat(stored(mutation(folded)).toString()).contains("[email]").doesNotContain("ann@");
  }

  @Test
  void joinsNoTextsThatABlockDivides() throws IOException {
    String folded =
        "{'parentId':7,'nextId':null,'node':{'id':20,'type':2,'tagName':'td','attributes':{},"
            + "'childNodes':[{'type':3,'textContent':'4111 1111 '},"
            + "{'type':2,'tagName':'div','attributes':{},'childNodes':[]},"
            + "{'type':3,'textContent':'1111 1111'}]}}";

    assertThat(stored(mutation(folded)).toString()).contains("4111 1111 ", "\"1111 1111\"");
  }

  @Test
  void refusesAFoldedNodeThatIsInNoOrder() {
    String node = "{'parentId':7,'nextId':null,'node':{'id':20,'type':2,'childNodes':[%s]%s}%s}";

    assertRefused(node.formatted("{'type':3,'textContent':'x'}", ",'tagName':'p'", ""));
    assertRefused(node.formatted("{'type':3,'textContent':'x'}", "", ",'nextId':4"));
    assertRefused(node.formatted("{'type':3,'textContent':'x'},3", "", ""));
    assertRefused(node.formatted("{'type':3,'textContent':'x'},[]", "", ""));
    assertRefused(node.formatted("{'id':'x','type':3,'textContent':'x'}", "", ""));
    assertRefused(node.formatted("{'id':99999999999,'type':3,'textContent':'x'}", "", ""));
  }

  @Test
  void unfoldsNoMoreThanAPageCanHold() {
    String many = "{},".repeat(UnfoldedTrees.MAX_NODES) + "{}";
    String data = "'data':{'source':0,'adds':[{'node':{'id':20,'childNodes':[" + many + "]}}]}";

    assertTooLarge("[{'type':3," + data + ",'timestamp':1}]");
    assertTooLarge("[{" + data + ",'timestamp':1,'type':3}]");
    assertTooLarge(
        "["
            + ("{'data':{'node':{'id':1,'childNodes':["
                    + "{},".repeat(UnfoldedTrees.MAX_NODES / 2)
                    + "{}]}},'timestamp':1,'type':2},")
                .repeat(2)
            + "{'type':4,'data':{},'timestamp':1}]");
  }

  private static void assertTooLarge(String events) {
    assertThatThrownBy(() -> stored(events))
        .isInstanceOfSatisfying(
            InvalidRecording.class,
            refused ->
                assertThat(refused.reason()).isEqualTo(InvalidRecording.Reason.TOO_LARGE_INFLATED));
  }

  private static void assertRefused(String adds) {
    assertThatThrownBy(() -> stored(mutation(adds))).isInstanceOf(InvalidRecording.class);
  }
}
