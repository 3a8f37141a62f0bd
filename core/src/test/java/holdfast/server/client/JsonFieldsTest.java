package holdfast.server.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.Bytes;
import holdfast.server.http.Headers;
import holdfast.server.ops.JsonText;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JsonFieldsTest {

    @Test
    @DisplayName("what the one writes the other finds")
    void roundTrip() {
        String json = new JsonText().open().put("role", "leader").put("term", 7).put("time", 1.5).put("well", true)
                .openList("voters").item(1).item(2).closeList()
                .open("disk").put("state", "ok").put("name", "a \"b\" \n").close().close().toString();

        assertEquals(
                "{\"role\":\"leader\",\"term\":7,\"time\":1.500,\"well\":true,\"voters\":[1,2],"
                        + "\"disk\":{\"state\":\"ok\",\"name\":\"a \\\"b\\\" \\u000a\"}}",
                json);
        assertEquals("leader", JsonFields.text(json, "role"));
        assertEquals(7, JsonFields.number(json, "term"));
        assertEquals("ok", JsonFields.text(json, "state"));
        assertEquals(0, JsonFields.number(json, "absent"));
        assertEquals("", JsonFields.text(json, "absent"));
        assertEquals("", JsonFields.text(json, "term"));
    }

    @Test
    @DisplayName("a problem document tells its type, its sentence and the outcome")
    void problems() {
        Called.Answered answer = new Called.Answered(503, new Headers(), Bytes.utf8(
                "{\"type\":\"urn:holdfast:problem:unavailable\","
                        + "\"detail\":\"no leader\",\"outcome\":\"not-written\"}"));

        assertEquals("unavailable", Problems.type(answer));
        assertEquals("no leader", Problems.sentence(answer));
        assertEquals(true, Problems.isNotWritten(answer));
        assertEquals("HTTP status 500", Problems.sentence(new Called.Answered(500, new Headers(), Bytes.EMPTY)));
    }
}
