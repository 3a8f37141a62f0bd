package holdfast.torture;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.config.HostPort;
import holdfast.server.http.Headers;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/// Forks of streams that have been closed. A history has no word for them, so they are judged apart: a fork holds what
/// stands before its offset in its source, then what was appended to it, and nothing else, also when it is a fork of
/// a fork that has been deleted since.
final class Forks {

    private static final int CALL_MILLIS_MAX = 6_000;
    private static final int ATTEMPTS_MAX = 60;
    private static final long PAUSE_MILLIS = 200;
    private static final int DELETED_OF = 3;

    /// @param source the fork that it is a fork of, or null for one of stream `number`
    /// @param own what was appended to it, one record at most
    /// @param isOwnKnown whether that append was acknowledged
    private record Fork(
            String name, int number, Fork source, long offset, List<Bytes> own, boolean isOwnKnown, boolean isDeleted) {

        Fork deleted() {
            return new Fork(name, number, source, offset, own, isOwnKnown, true);
        }
    }

    private final List<Fork> made = new ArrayList<>();

    /// Somebody has closed a stream: makes a fork of it, perhaps one of that as well. Gives up when too much goes wrong, or
    /// when `isOver`; what nobody acknowledged is not judged.
    void make(int stream, long tail, List<HttpCaller> nodes, SplittableRandom random, BooleanSupplier isOver)
            throws InterruptedException {
        Caller caller = new Caller(nodes, random, isOver);
        Fork fork = make(caller, "fork-" + stream, stream, null, random.nextLong(tail + 1));
        if (fork == null) {
            return;
        }
        Fork again = fork.isOwnKnown()
                ? make(caller, "fork-of-fork-" + stream, stream, fork, random.nextLong(fork.offset() + 2))
                : null;
        boolean isDeleted = again != null
                && random.nextInt(DELETED_OF) != 0
                && caller.until("DELETE", fork.name(), new Headers(), Bytes.EMPTY, 204, 410);
        synchronized (this) {
            made.add(isDeleted ? fork.deleted() : fork);
            if (again != null) {
                made.add(again);
            }
        }
    }

    private static Fork make(Caller caller, String name, int stream, Fork source, long offset) throws InterruptedException {
        Headers headers = json()
                .add("Stream-Forked-From", "/v1/stream/" + (source == null ? Stage.name(stream) : source.name()))
                .add("Stream-Fork-Offset", Wording.offset(offset));
        if (!caller.until("PUT", name, headers, Bytes.EMPTY, 201, 200)) {
            return null;
        }
        List<Bytes> own = List.of(Wording.record(name));
        Call.Append append = new Call.Append(name, own, Command.ANY_TAIL, new Command.Producer(name, 0, 0), false);
        Wording.Sent sent = Wording.sent(append, "");
        boolean isKnown = caller.until("POST", name, sent.headers(), sent.body(), 200, 204);
        return new Fork(name, stream, source, offset, own, isKnown, false);
    }

    private static Headers json() {
        return Headers.of("Content-Type", "application/json");
    }

    /// Repeats what may be repeated until it is done.
    private record Caller(List<HttpCaller> nodes, SplittableRandom random, BooleanSupplier isOver) {

        boolean until(String method, String stream, Headers headers, Bytes body, int done, int doneBefore)
                throws InterruptedException {
            for (int attempt = 0; attempt < ATTEMPTS_MAX && !isOver.getAsBoolean(); attempt++) {
                HttpCaller node = nodes.get(random.nextInt(nodes.size()));
                Called called = node.call(method, "/v1/stream/" + stream, headers, body, CALL_MILLIS_MAX);
                if (called instanceof Called.Answered told && (told.status() == done || told.status() == doneBefore)) {
                    return true;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            return false;
        }
    }

    synchronized int count() {
        return made.size();
    }

    // ---- judging -------------------------------------------------------------------------------------------

    /// When all is calm. Returns what is wrong, or an empty text.
    ///
    /// @param contents what the last reads of the streams on the stage have shown
    synchronized String check(Map<Integer, List<Bytes>> contents, List<HostPort> servers) throws InterruptedException {
        for (Fork fork : made) {
            for (HostPort server : servers) {
                try (HttpCaller node = new HttpCaller(server.resolved())) {
                    String wrong = fork.isDeleted() ? notGone(node, fork) : wrong(read(node, fork.name()), fork, contents);
                    if (!wrong.isEmpty()) {
                        return "fork " + fork.name() + ", read at " + server + ", " + wrong;
                    }
                }
            }
        }
        return "";
    }

    private static String notGone(HttpCaller node, Fork fork) throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            if (node.get("/v1/stream/" + fork.name(), CALL_MILLIS_MAX) instanceof Called.Answered told
                    && told.status() != 503) {
                return told.status() == 410 ? "" : "was deleted while it had a fork, and is answered " + told.status();
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return "could not be asked for after all faults had ended";
    }

    private static Answer read(HttpCaller node, String name) throws InterruptedException {
        Call.Read call = new Call.Read(name, 0, Integer.MAX_VALUE, Level.LINEARIZABLE, Call.NO_SESSION);
        Answer answer = new Answer.Nothing();
        for (int attempt = 0; attempt < ATTEMPTS_MAX && answer instanceof Answer.Nothing; attempt++) {
            answer = new PagedRead(node, CALL_MILLIS_MAX).read(call, "");
            if (answer instanceof Answer.Nothing) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        return answer;
    }

    private static String wrong(Answer answer, Fork fork, Map<Integer, List<Bytes>> contents) {
        if (!(answer instanceof Answer.Records found)) {
            return "was acknowledged and is answered " + answer;
        }
        List<Bytes> source = inherited(fork, contents);
        return difference(found.records(), source, fork.own(), fork.isOwnKnown());
    }

    private static List<Bytes> inherited(Fork fork, Map<Integer, List<Bytes>> contents) {
        List<Bytes> source = new ArrayList<>();
        if (fork.source() == null) {
            source.addAll(contents.getOrDefault(fork.number(), List.of()));
        } else {
            source.addAll(inherited(fork.source(), contents));
            source.addAll(fork.source().own());
        }
        return source.subList(0, (int) Math.min(fork.offset(), source.size()));
    }

    /// How `found` differs from `inherited` with `own` behind it, or an empty text.
    static String difference(List<Bytes> found, List<Bytes> inherited, List<Bytes> own, boolean isOwnKnown) {
        if (found.size() < inherited.size()) {
            return "has " + found.size() + " records, and inherited " + inherited.size();
        }
        for (int offset = 0; offset < inherited.size(); offset++) {
            if (!found.get(offset).equals(inherited.get(offset))) {
                return "shows " + found.get(offset).utf8() + " at offset " + offset + ", where its source has "
                        + inherited.get(offset).utf8();
            }
        }
        List<Bytes> rest = found.subList(inherited.size(), found.size());
        return rest.equals(own) || rest.isEmpty() && !isOwnKnown
                ? ""
                : "has " + rest.size() + " records of its own, which are not the one that was appended";
    }
}
