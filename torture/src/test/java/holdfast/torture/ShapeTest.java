package holdfast.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.server.config.Given;
import holdfast.server.config.ServerConfig;
import holdfast.server.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ShapeTest {

    @Test
    @DisplayName("a seed draws the same bounds again, and seeds draw all of them")
    void drawn() {
        TreeSet<Integer> bounds = new TreeSet<>();
        for (long seed = 1; seed <= 100; seed++) {
            assertEquals(Shape.drawn(seed), Shape.drawn(seed));
            bounds.add(Shape.drawn(seed).appendBytes());
        }
        assertEquals(List.of(256 << 10, 1 << 20, 16 << 20), List.copyOf(bounds));
    }

    @Test
    @DisplayName("a node takes every shape that can be asked for")
    void accepted() {
        for (int bytes : List.of(Shape.APPEND_BYTES_LEAST, 300_001, 1 << 20, 5_000_000, 16 << 20, Shape.APPEND_BYTES_MOST)) {
            List<String> words = new ArrayList<>(Shape.of(bytes).flags());
            words.addAll(List.of("--data", "unused"));
            Given<Settings> settings = Settings.gather(words, Map.of(), file -> new Given.Bad<>("no file"));
            assertEquals("", refusal(settings), "appends of " + bytes);
        }
    }

    private static String refusal(Given<Settings> settings) {
        return switch (settings) {
            case Given.Bad<Settings>(String sentence) -> sentence;
            case Given.Good<Settings>(Settings read) ->
                ServerConfig.of(read) instanceof Given.Bad<ServerConfig>(String sentence) ? sentence : "";
        };
    }
}
