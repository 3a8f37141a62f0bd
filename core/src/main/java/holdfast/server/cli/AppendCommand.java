package holdfast.server.cli;

import holdfast.Bytes;
import holdfast.server.client.Appender;
import holdfast.server.client.Called;
import holdfast.server.client.Problems;
import holdfast.server.client.Servers;
import holdfast.server.config.Given;
import holdfast.server.config.HostPort;
import holdfast.server.http.Headers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// `./holdfast append STREAM [TEXT...]`: appends each text, or each line of the input, and tells its receipt. A
/// stream that does not exist is made. Every append carries a producer's number, so the retries that a changing
/// leader makes necessary append nothing twice.
final class AppendCommand {

    private static final int CALL_MILLIS_MAX = 5_000;
    private static final long PATIENCE_MILLIS = 10_000;

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
                    yield console.fail("the input cannot be read: " + unreadable.getMessage());
                }
            }
        };
    }

    private int append(Servers servers, Words given) throws InterruptedException, IOException {
        String stream = given.operands().getFirst();
        String target = Contact.target(stream);
        String type = typeOf(servers, target, given.text("--type", "text/plain"));
        if (type == null) {
            return Exit.FAILED;
        }
        String producer = given.text(
                "--producer", "cli-" + HexFormat.of().toHexDigits(new SplittableRandom().nextLong()));
        Appender appender = new Appender(servers, target, type, producer);
        List<String> texts = given.operands().subList(1, given.operands().size());
        for (String text : texts) {
            if (!append(appender, text, type)) {
                return Exit.FAILED;
            }
        }
        return texts.isEmpty() ? appendInput(appender, type) : Exit.GOOD;
    }

    private int appendInput(Appender appender, String type) throws IOException, InterruptedException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (!append(appender, line, type)) {
                return Exit.FAILED;
            }
        }
        return Exit.GOOD;
    }

    /// The type of the stream that is there, or of the one that is made; null if neither works.
    private String typeOf(Servers servers, String target, String wanted) {
        Called head = servers.call("HEAD", target, new Headers(), Bytes.EMPTY, CALL_MILLIS_MAX);
        if (head instanceof Called.Answered answer && answer.status() == 200) {
            return answer.header("Content-Type");
        }
        if (head instanceof Called.Answered answer && answer.status() == 404) {
            Headers headers = Headers.of("Content-Type", wanted);
            head = servers.call("PUT", target, headers, Bytes.EMPTY, CALL_MILLIS_MAX);
            if (head instanceof Called.Answered made && made.isGood()) {
                return wanted;
            }
        }
        console.fail(switch (head) {
            case Called.Answered answer -> Problems.sentence(answer);
            case Called.NotSent(String why) -> "no node can be reached: " + why;
            case Called.Silent(String why) -> "no answer: " + why;
        });
        return null;
    }

    private boolean append(Appender appender, String text, String type) throws InterruptedException {
        Bytes body = Bytes.utf8(type.startsWith("text/") ? text + "\n" : text);
        return switch (appender.append(body, PATIENCE_MILLIS)) {
            case Appender.Outcome.Written(Called.Answered receipt, int attempts) -> {
                console.line(receipt(receipt, attempts));
                yield true;
            }
            case Appender.Outcome.Refused(Called.Answered answer) -> {
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
