package holdfast.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Digest;
import holdfast.node.NodeConfig;
import holdfast.server.Log;
import holdfast.wal.StoreId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static Given<ServerConfig> configure(List<String> words, Map<String, String> environment, String file) {
        Given<Settings> settings = Settings.gather(words, environment, _ -> new Given.Good<>(file));
        return switch (settings) {
            case Given.Bad<Settings>(String sentence) -> new Given.Bad<>(sentence);
            case Given.Good<Settings>(Settings good) -> ServerConfig.of(good);
        };
    }

    private static ServerConfig good(String... words) {
        Given<ServerConfig> given = configure(List.of(words), Map.of(), "");
        return (ServerConfig) assertInstanceOf(Given.Good.class, given, given.toString()).value();
    }

    private static String refusal(String... words) {
        return assertInstanceOf(Given.Bad.class, configure(List.of(words), Map.of(), "")).sentence();
    }

    @Test
    @DisplayName("with nothing said the store says who the node is, and it answers on loopback")
    void defaults() {
        ServerConfig config = good();

        assertEquals(0, config.node());
        assertEquals(new HostPort("127.0.0.1", 4437), config.http());
        assertEquals(List.of(), config.voterIds());
        assertEquals(Log.Level.INFO, config.log());
        assertEquals(500, config.electionTimeoutMillis());
        assertFalse(config.testHooks());
        for (Setting setting : Setting.values()) {
            assertTrue(setting.otherwise().isEmpty() || setting.refusal(setting.otherwise()).isEmpty(), setting.name());
        }
    }

    @Test
    @DisplayName("what the store says fills in what was not said")
    void completed() {
        TreeMap<Integer, HostPort> voters = new TreeMap<>(Map.of(2, new HostPort("b", 2)));
        ServerConfig config = good("--log", "warn").completed(2, voters);

        assertEquals(2, config.node());
        assertEquals(voters, config.voters());
        assertEquals(new HostPort("b", 2), config.peerListen());
        assertEquals(Log.Level.WARN, config.log());
        assertEquals(new HostPort("0.0.0.0", 7), good("--peer-listen", "0.0.0.0:7").completed(2, voters).peerListen());
    }

    @Test
    @DisplayName("a flag beats the environment, the environment the file, the file the default")
    void precedence() {
        Map<String, String> environment = Map.of("HOLDFAST_HEARTBEAT", "20", "HOLDFAST_CONFIG", "a.conf");
        String file = """
                # what this machine is
                heartbeat = 10
                election-timeout = 900   # slow disks

                log = warn
                """;
        Given<ServerConfig> given = configure(List.of("--log", "debug"), environment, file);

        ServerConfig config = (ServerConfig) assertInstanceOf(Given.Good.class, given, given.toString()).value();
        assertEquals(Log.Level.DEBUG, config.log());
        assertEquals(20, config.heartbeatMillis());
        assertEquals(900, config.electionTimeoutMillis());
    }

    @Test
    @DisplayName("names are the same everywhere")
    void names() {
        for (Setting setting : Setting.values()) {
            assertEquals(setting, Setting.named(setting.written()));
            assertEquals(
                    "HOLDFAST_" + setting.written().replace('-', '_'),
                    "HOLDFAST_" + setting.environmentName().substring(9).toLowerCase(java.util.Locale.ROOT));
        }
        assertEquals(
                List.of("HOLDFAST_HTPP"),
                Settings.unknownVariables(Map.of("HOLDFAST_HTPP", "", "HOLDFAST_HTTP", "", "HOME", "")));
    }

    @Test
    @DisplayName("values may stand behind an equals sign, flags stand alone")
    void forms() {
        ServerConfig config = good("--http=0.0.0.0:80", "--advertise", "[::1]:81", "--test-hooks", "--append-bytes=1m");

        assertEquals(new HostPort("0.0.0.0", 80), config.http());
        assertEquals("[::1]:81", config.advertise().toString());
        assertEquals(1 << 20, config.appendBytesMax());
        assertTrue(config.testHooks());
    }

    @Test
    @DisplayName("what is wrong is said in one sentence that names it")
    void refusals() {
        assertEquals("there is no option '--prot'; './holdfast help serve' lists them", refusal("--prot", "1"));
        assertEquals("there is no option 'serve'; './holdfast help serve' lists them", refusal("serve"));
        assertEquals("--node needs a value", refusal("--node"));
        assertEquals("--node is given twice", refusal("--node", "1", "--node", "1"));
        assertEquals("--http is HOST:PORT, not 'here'", refusal("--http", "here"));
        assertEquals("--heartbeat is a whole number from 5 to 30000, not '1'", refusal("--heartbeat", "1"));
        assertEquals("--log is debug, info, warn or error, not 'loud'", refusal("--log", "loud"));
        assertEquals("there is no option '--cluster'; './holdfast help serve' lists them", refusal("--cluster", "a"));
        assertEquals("node 4 is not among the peers [1]", refusal("--node", "4", "--peers", "1=a:1"));
        assertEquals("a cluster has 1, 3, 5 or 7 voters, not 2", refusal("--peers", "1=a:1,2=b:2"));
        assertEquals("peers names node 1 twice", refusal("--peers", "1=a:1,1=b:2,3=c:3"));
        assertEquals(
                "peers is a list like 1=127.0.0.1:4447,2=127.0.0.1:4448; 'x' does not fit", refusal("--peers", "x"));
        assertEquals(
                "election-timeout must be at least twice the heartbeat",
                refusal("--heartbeat", "300", "--election-timeout", "500"));
        assertTrue(refusal("--segment-bytes", "1m").startsWith("segment-bytes must be at least "));
    }

    @Test
    @DisplayName("a file is refused with the line that is wrong")
    void files() {
        Map<String, String> environment = Map.of("HOLDFAST_CONFIG", "a.conf");
        assertEquals(
                new Given.Bad<>("a.conf:2: there is no setting 'colour'"),
                configure(List.of(), environment, "node = 1\ncolour = red\n"));
        assertEquals(
                new Given.Bad<>("a.conf:1: a line is NAME = VALUE, not 'node 1'"),
                configure(List.of(), environment, "node 1"));
        assertEquals(
                new Given.Bad<>("a.conf:2: node is given twice"),
                configure(List.of(), environment, "node = 1\nnode = 1"));
        assertEquals(
                new Given.Bad<>("HOLDFAST_NODE is a whole number from 1 to 2147483647, not 'one'"),
                configure(List.of(), Map.of("HOLDFAST_NODE", "one"), ""));
    }

    @Test
    @DisplayName("sizes of appends and segments that are accepted make a log that can be opened")
    void sizes() {
        for (String append : List.of("4k", "256k", "1m", "16m", "24m")) {
            for (String segment : List.of("1m", "2m", "4m", "32m", "64m", "1g")) {
                Given<ServerConfig> given = configure(
                        List.of("--append-bytes", append, "--segment-bytes", segment), Map.of(), "");
                if (given instanceof Given.Good<ServerConfig>(ServerConfig config)) {
                    NodeConfig node = NodeSettings.of(config, new StoreId(new Digest(1, 1), 1, new Digest(1, 2)), _ -> 0);
                    assertTrue(node.appendBytesMax() <= node.wal().payloadBytesMax(), append + " in " + segment);
                }
            }
        }
    }

    @Test
    @DisplayName("noise and damage raise nothing")
    void fuzz() {
        ConfigFuzz fuzz = new ConfigFuzz(20_261_124);

        fuzz.run(100_000);

        assertTrue(fuzz.accepted() > 1_000, "configurations accepted: " + fuzz.accepted());
        assertTrue(fuzz.refused() > 1_000, "configurations refused: " + fuzz.refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://app.example", "http://localhost:3000, https://[::1]:8443", "chrome-extension://abc"})
    @DisplayName("--cors takes origins as browsers send them, or an asterisk")
    void cors(String list) {
        assertEquals("", Setting.CORS.refusal(list));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "app.example", "https://app.example/", "https://App.example", "https://a,", "*,https://a", "null"})
    @DisplayName("and nothing that no browser sends")
    void badCors(String list) {
        assertTrue(Setting.CORS.refusal(list).startsWith("is * or a list of origins"), Setting.CORS.refusal(list));
    }
}
