package holdfast.server.cli;

import holdfast.Bytes;
import holdfast.server.client.Called;
import holdfast.server.client.Problems;
import holdfast.server.client.Servers;
import holdfast.server.config.Given;
import holdfast.server.config.HostPort;
import holdfast.server.http.Headers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// `./holdfast read STREAM [--follow]`: writes what the stream holds, and with `--follow` what comes, until the
/// stream is closed. When a node goes away the reading goes on at another, from the same offset.
final class ReadCommand {

    private static final int CALL_MILLIS_MAX = 5_000;
    private static final int LIVE_MILLIS_MAX = 60_000;
    private static final long PAUSE_MILLIS = 200;
    private static final int BAD_REQUEST = 400;

    private final Console console;

    ReadCommand(Console console) {
        this.console = console;
    }

    int run(List<String> words) throws InterruptedException {
        Set<String> valued = new TreeSet<>(Contact.OPTIONS);
        valued.add("--from");
        Given<Words> parsed = Words.parse("read", words, valued, Set.of("--follow", "--local"));
        if (!(parsed instanceof Given.Good<Words>(Words given))) {
            return console.refuse(((Given.Bad<Words>) parsed).sentence());
        }
        if (given.operands().size() != 1) {
            return console.refuse("read needs a stream, as in ./holdfast read events");
        }
        if (!given.text("--from", "-1").matches("[0-9A-Za-z_-]+")) {
            return console.refuse("--from '" + given.text("--from", "") + "' is no offset: one that a read has told, -1 or now");
        }
        return switch (Contact.of(given)) {
            case Given.Bad<List<HostPort>>(String sentence) -> console.refuse(sentence);
            case Given.Good<List<HostPort>>(List<HostPort> addresses) -> {
                try (Servers servers = new Servers(addresses)) {
                    yield new Reading(servers, given).run();
                }
            }
        };
    }

    /// One reading: where it is, and how it goes on.
    private final class Reading {
        private final Servers servers;
        private final String target;
        private final boolean follows;
        private final boolean local;
        private String offset;
        private String cursor = "";
        private String token = "";
        private boolean upToDate;

        Reading(Servers servers, Words given) {
            this.servers = servers;
            target = Contact.target(given.operands().getFirst());
            follows = given.has("--follow");
            local = given.has("--local");
            offset = given.text("--from", "-1");
        }

        int run() throws InterruptedException {
            while (true) {
                boolean live = follows && upToDate;
                Called called = servers.call(
                        "GET", query(live), headers(), Bytes.EMPTY, live ? LIVE_MILLIS_MAX : CALL_MILLIS_MAX);
                if (called instanceof Called.Answered answer && answer.status() != 503) {
                    if (!answer.isGood()) {
                        return answer.status() == BAD_REQUEST
                                ? console.refuse(Problems.sentence(answer)) : console.fail(Problems.sentence(answer));
                    }
                    if (isEnd(answer)) {
                        return Exit.GOOD;
                    }
                } else if (follows) {
                    Thread.sleep(PAUSE_MILLIS);
                } else {
                    return console.fail(Problems.sentence(called));
                }
            }
        }

        private String query(boolean live) {
            String query = target + "?offset=" + offset;
            return live ? query + "&live=long-poll" + (cursor.isEmpty() ? "" : "&cursor=" + cursor) : query;
        }

        private Headers headers() {
            Headers headers = new Headers();
            if (local) {
                headers.add("Holdfast-Read", "local");
                if (!token.isEmpty()) {
                    headers.add("Holdfast-Token", token);
                }
            }
            return headers;
        }

        /// Writes what came; returns whether that was all.
        private boolean isEnd(Called.Answered answer) {
            byte[] bytes = answer.body().toArray();
            console.out().write(bytes, 0, bytes.length);
            console.out().flush();
            offset = answer.header("Stream-Next-Offset").isEmpty() ? offset : answer.header("Stream-Next-Offset");
            cursor = answer.header("Stream-Cursor");
            token = answer.header("Holdfast-Token");
            upToDate = answer.header("Stream-Up-To-Date").equals("true");
            boolean closed = answer.header("Stream-Closed").equals("true");
            return upToDate && (closed || !follows) || console.out().checkError();
        }
    }
}
