package holdfast.torture;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import java.util.ArrayList;
import java.util.List;

/// A read up to the tail through one node, in as many answers as it takes: one holds a mebibyte and ten thousand records
/// at most. Together they are one read of the history, which takes effect with the last of them: only that one tells where
/// the tail is, and what stands before it does not change while the stream is not deleted.
final class PagedRead {

    private static final int PAGES_MAX = 256;

    private final HttpCaller node;
    private final int callMillisMax;
    private String token = "";
    private String contradiction = "";

    PagedRead(HttpCaller node, int callMillisMax) {
        this.node = node;
        this.callMillisMax = callMillisMax;
    }

    /// Reads on behind `before`, the token of the session's latest answer, or an empty text.
    Answer read(Call.Read call, String before) {
        token = before;
        List<Bytes> records = new ArrayList<>();
        long from = call.from();
        for (int page = 0; page < PAGES_MAX; page++) {
            Call.Read next = new Call.Read(call.stream(), from, call.recordsMax(), call.level(), call.session());
            Wording.Sent sent = Wording.sent(next, call.level() == Level.LOCAL ? token : "");
            Called called = node.call(sent.method(), sent.target(), sent.headers(), sent.body(), callMillisMax);
            if (!(called instanceof Called.Answered told) || told.status() != 200) {
                return Wording.answer(next, called);
            }
            if (!told.header("Holdfast-Token").isEmpty()) {
                token = told.header("Holdfast-Token");
            }
            Wording.Page found = Wording.page(told);
            records.addAll(found.records());
            if (found.next() != from + found.records().size()) {
                contradiction = "a read of " + call.stream() + " from " + from + " brought " + found.records().size()
                        + " records and says that the next offset is " + found.next();
                return new Answer.Nothing();
            }
            from = found.next();
            if (found.isUpToDate()) {
                return new Answer.Records(call.from(), records, from, found.closed());
            }
            if (found.records().isEmpty()) {
                contradiction = "a read of " + call.stream() + " from " + from + " brought nothing, and yet is not at the tail";
                return new Answer.Nothing();
            }
        }
        return new Answer.Nothing();
    }

    /// That of the latest answer.
    String token() {
        return token;
    }

    /// How an answer contradicted itself, or an empty text.
    String contradiction() {
        return contradiction;
    }
}
