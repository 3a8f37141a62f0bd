package holdfast.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/// Requests that were cut, doubled, shuffled and overwritten, fed in pieces. The parser may refuse them in any
/// way, but no exception may escape, it may not stall, keep more than it was given, or come to another result
/// than when the same bytes are fed at once. What it accepts is a request by the standards ([RequestGrammar]).
///
///     java holdfast.server.http.ParserFuzz 10000000 [seed]
final class ParserFuzz {

    private static final HttpLimits LIMITS = new HttpLimits(512, 16, 256, 8, 1_000, 1_000, 1_000, 1_000);

    private static final List<String> LINES = List.of("GET / HTTP/1.1\r\n", "PUT /v1/stream/a?b=c HTTP/1.1\r\n",
            "POST /x HTTP/1.0\r\n", "\r\n", "GET  / HTTP/1.1\r\n", "PUT http://h/p HTTP/1.1\r\n",
            "GET HTTP://[::1]:80?q HTTP/1.1\r\n", "GET http://u@h/ HTTP/1.1\r\n", "OPTIONS * HTTP/1.1\r\n",
            "GET * HTTP/1.1\r\n", "GET /a%2fb%zz HTTP/1.1\r\n", "GET /a\"b HTTP/1.1\r\n");

    private static final List<String> HOSTS = List.of("x", "x:80", "", "a, b", "a b", "h/x", "u@h", "a:99999x", "[::1]:8",
            "[1::2::3]", "[1:2:3:4:5:6:1.2.3.4]", "[1:2:3:4:5:6:7::]", "[::1.2.3.256]", "[v1.x:y]", "%41b", "%4", "h:");

    private static final List<String> HEADERS = List.of("Host: x\r\n", "Content-Length: 5\r\n",
            "Content-Length: 0\r\n", "Content-Length: 256\r\n", "Content-Length: 257\r\n",
            "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\n", "Expect: 100-continue\r\n",
            "Connection: close\r\n", "A: b\r\n", "A:\t b \r\n", "A : b\r\n", " folded\r\n", "Expect: other\r\n");

    private static final List<String> BODY = List.of("5\r\nabcde\r\n", "0\r\n\r\n", "0\r\n", "ff\r\n", "100\r\n",
            "1;x\r\n", "a\r\n", "5 ", "5;", "1 ; a = \"b\\\"\"",
            ";a=\"v\r\nX\"", ";bad[=x\r\n", "0\r\nT: u\r\n\r\n", "0\r\njunk\r\n\r\n",
            "0\r\nX : y\r\n\r\n", "0\r\nX: y\r\n z\r\n\r\n",
            "5;n=v\r\nabcde\r\n", "5 \t;\tn\t= \"q\"\r\nabcde\r\n", "5 \r\nabcde\r\n",
            "hello", "\r\n", "%", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

    private static final List<String> DIRT = List.of("\r", "\n", " ", ":", "\t", "\0", "\u00ff", "HTTP/1.1", "\r\n");

    private final SplittableRandom random;

    ParserFuzz(long seed) {
        random = new SplittableRandom(seed);
    }

    public static void main(String[] arguments) {
        long inputs = Long.parseLong(arguments[0]);
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        ParserFuzz fuzz = new ParserFuzz(seed);
        long[] stages = fuzz.run(inputs);
        Runtime memory = Runtime.getRuntime();
        System.out.println(inputs + " inputs: " + stages[RequestParser.Stage.COMPLETE.ordinal()] + " complete, "
                + stages[RequestParser.Stage.FAILED.ordinal()] + " refused, "
                + (stages[RequestParser.Stage.HEAD.ordinal()] + stages[RequestParser.Stage.BODY.ordinal()])
                + " unfinished; " + (memory.totalMemory() - memory.freeMemory() >> 20) + " MiB in use");
    }

    /// How often the parser ended in which stage.
    long[] run(long inputs) {
        long[] stages = new long[RequestParser.Stage.values().length];
        for (long i = 0; i < inputs; i++) {
            stages[one().ordinal()]++;
        }
        return stages;
    }

    private RequestParser.Stage one() {
        byte[] input = input();
        RequestParser whole = new RequestParser(LIMITS);
        int taken = whole.feed(input, 0, input.length);
        RequestParser pieces = new RequestParser(LIMITS);
        int at = 0;
        while (at < input.length && isUnfinished(pieces)) {
            int to = Math.min(input.length, at + 1 + random.nextInt(8));
            int next = pieces.feed(input, at, to);
            require(next == to || !isUnfinished(pieces), "an unfinished parser takes all it is given", input);
            at = next;
        }
        require(whole.stage() == pieces.stage(), "pieces end in the stage of the whole", input);
        require(taken == at, "pieces take as much as the whole", input);
        require(tell(whole).equals(tell(pieces)), "pieces tell what the whole tells", input);
        if (whole.stage() == RequestParser.Stage.COMPLETE) {
            String objection = RequestGrammar.objection(input, taken);
            require(objection.isEmpty(), "what is accepted is a request, but this has " + objection, input);
        }
        return whole.stage();
    }

    private static boolean isUnfinished(RequestParser parser) {
        return parser.stage() == RequestParser.Stage.HEAD || parser.stage() == RequestParser.Stage.BODY;
    }

    private static String tell(RequestParser parser) {
        return switch (parser.stage()) {
            case HEAD, BODY -> "";
            case FAILED -> parser.failure().toString();
            case COMPLETE -> {
                Request request = parser.request();
                require(request.body().size() <= LIMITS.bodyBytesMax(), "a body is within its limit", new byte[0]);
                yield request.method() + request.target() + request.http11() + request.headers().fields()
                        + request.body().hashCode();
            }
        };
    }

    /// Mostly a request that could be one; then some of its bytes are not what they were.
    private byte[] input() {
        StringBuilder text = new StringBuilder();
        some(LINES, 1 + random.nextInt(5) / 4, text);
        String host = random.nextInt(3) > 0 ? "x" : HOSTS.get(random.nextInt(HOSTS.size()));
        text.append(random.nextInt(10) > 0 ? "Host: " + host + "\r\n" : "");
        some(HEADERS, random.nextInt(3), text);
        some(DIRT, Math.max(0, random.nextInt(12) - 9), text);
        text.append(random.nextInt(10) > 0 ? "\r\n" : "");
        some(BODY, random.nextInt(6), text);
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        for (int flips = random.nextInt(8) - 5; flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private void some(List<String> of, int count, StringBuilder text) {
        for (int i = 0; i < count; i++) {
            text.append(of.get(random.nextInt(of.size())));
        }
    }

    private static void require(boolean holds, String what, byte[] input) {
        if (!holds) {
            throw new AssertionError(what + ": " + new String(input, StandardCharsets.ISO_8859_1));
        }
    }
}
