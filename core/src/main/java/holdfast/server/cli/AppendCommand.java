package holdfast.server.cli;

import holdfast.Bytes;
import holdfast.server.client.Appender;
import holdfast.server.client.Called;
import holdfast.server.client.Problems;
import holdfast.server.client.Servers;
import holdfast.server.config.Given;
import holdfast.server.config.HostPort;
import holdfast.server.disk.DiskErrors;
import holdfast.server.http.Headers;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// `./holdfast append STREAM [TEXT...]`: appends each text and tells its receipt, or the input ([AppendInput]). A stream
/// that does not exist is made. Every append carries a producer's number, so the retries that a changing
/// leader makes necessary append nothing twice.
final class AppendCommand {

    private static final int CALL_MILLIS_MAX = 5_000;
    private static final long PATIENCE_MILLIS = 10_000;
    private static final long PAUSE_MILLIS = 100;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// Well below the bound on one append that a server has unless it is told otherwise.
    private static final int PIECE_BYTES = 1 << 20;

    private final Console console;

    AppendCommand(Console console) {
        this.console = console;
    }

    int run(List<String> words) throws InterruptedException {
        Set<String> valued = new TreeSet<>(Contact.OPTIONS);
        valued.add("--type");
        valued.add("--producer");
        Given<Words> parsed = Words.parse("append", words, valued, Set.of());
        if (!(parsed instanceof Given.Good<Words>(Words given))) {
            return console.refuse(((Given.Bad<Words>) parsed).sentence());
        }
        if (given.operands().isEmpty()) {
            return console.refuse("append needs a stream, as in ./holdfast append events hello");
        }
        return switch (Contact.of(given)) {
            case Given.Bad<List<HostPort>>(String sentence) -> console.refuse(sentence);
            case Given.Good<List<HostPort>>(List<HostPort> addresses) -> {
                try (Servers servers = new Servers(addresses)) {
                    yield append(servers, given);
                } catch (IOException unreadable) {
                    yield console.fail("the input cannot be read: " + DiskErrors.text(unreadable));
                }
            }
        };
    }

    private int append(Servers servers, Words given) throws InterruptedException, IOException {
        String target = Contact.target(given.operands().getFirst());
        String type = typeOf(servers, target, given.text("--type", "text/plain"));
        if (type.isEmpty()) {
            return Exit.FAILED;
        }
        String producer = given.text(
                "--producer", "cli-" + HexFormat.of().toHexDigits(new SplittableRandom().nextLong()));
        Appender appender = new Appender(servers, target, type, producer);
        boolean isLine = type.startsWith("text/");
        List<String> texts = given.operands().subList(1, given.operands().size());
        for (String text : texts) {
            if (!append(appender, Bytes.utf8(isLine ? text + "\n" : text))) {
                return Exit.FAILED;
            }
        }
        boolean isWell = !texts.isEmpty() || appendInput(appender, type, given.has("--producer"));
        return isWell ? Exit.GOOD : Exit.FAILED;
    }

    /// A producer with a name of the user's may be given the same input once more: so that its numbers then stand for the same
    /// lines, each line is an append of its own.
    private boolean appendInput(Appender appender, String type, boolean isNamed) throws IOException, InterruptedException {
        boolean isJson = type.startsWith("application/json");
        boolean isLines = isJson || type.startsWith("text/");
        AppendInput input = new AppendInput(console, appender, isLines ? "line" : "piece", PATIENCE_MILLIS);
        return isLines ? input.lines(System.in, isJson, !isNamed) : input.pieces(System.in, PIECE_BYTES);
    }

    /// The type of the stream that is there, or of the one that is made; empty if neither works within the time
    /// that an append has. A GET, because the answer to a HEAD cannot say what is wrong.
    private String typeOf(Servers servers, String target, String wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * NANOS_PER_MILLI;
        while (true) {
            Called called = servers.call("GET", target + "?offset=now", new Headers(), Bytes.EMPTY, CALL_MILLIS_MAX);
            if (called instanceof Called.Answered answer && answer.status() == 404) {
                Headers headers = Headers.of("Content-Type", wanted);
                called = servers.call("PUT", target, headers, Bytes.EMPTY, CALL_MILLIS_MAX);
            }
            if (called instanceof Called.Answered answer && answer.isGood()) {
                return answer.header("Content-Type");
            }
            boolean isOver = called instanceof Called.Answered answer && answer.status() != 503
                    || called instanceof Called.NotSent;
            if (isOver || System.nanoTime() >= end) {
                console.fail(Problems.sentence(called));
                return "";
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private boolean append(Appender appender, Bytes body) throws InterruptedException {
        return switch (appender.append(body, PATIENCE_MILLIS)) {
            case Appender.Outcome.Written(Called.Answered receipt, int attempts) -> {
                console.line(receipt(receipt, attempts));
                yield true;
            }
            case Appender.Outcome.Refused(Called.Answered answer, int _) -> {
                console.fail("not written: " + Problems.sentence(answer));
                yield false;
            }
            case Appender.Outcome.Open(boolean mayBeWritten, String why) -> {
                console.fail((mayBeWritten ? "the outcome is unknown: " : "not written: ") + why);
                yield false;
            }
        };
    }

    static String receipt(Called.Answered receipt, int attempts) {
        return "written: next offset " + receipt.header("Stream-Next-Offset") + ", term "
                + receipt.header("Holdfast-Term") + ", index " + receipt.header("Holdfast-Index")
                + ", synced by nodes " + receipt.header("Holdfast-Synced-By")
                + (attempts > 1 ? ", after " + attempts + " attempts" : "");
    }
}
