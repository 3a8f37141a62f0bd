package holdfast.server.cli;

import holdfast.Bytes;
import holdfast.server.client.Appender;
import holdfast.server.client.Called;
import holdfast.server.client.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Appends an input: lines that are there together in one append, anything but lines in pieces. Many appends have one
/// receipt, the last one's, now and then and at the end.
final class AppendInput {

    private static final long TELL_NANOS = 5_000_000_000L;
    private static final int TOO_LARGE = 413;
    private static final int BAD_REQUEST = 400;

    private final Console console;
    private final Appender appender;
    private final String unit;
    private final long patienceMillis;
    private boolean isWell = true;
    private long written;
    private int appends;
    private int attempts;
    private Called.Answered receipt;
    private long told = System.nanoTime();

    /// @param unit what is counted: lines or pieces
    AppendInput(Console console, Appender appender, String unit, long patienceMillis) {
        this.console = console;
        this.appender = appender;
        this.unit = unit;
        this.patienceMillis = patienceMillis;
    }

    /// The lines of text or JSON; a blank line is one of text only.
    ///
    /// @param isBatched whether lines may go together; otherwise each is an append of its own, whenever it comes
    boolean lines(InputStream input, boolean isJson, boolean isBatched) throws IOException, InterruptedException {
        InputLines lines = new InputLines(input);
        Bytes next = lines.next();
        while (isWell && !next.isEmpty()) {
            LineBatch batch = new LineBatch(isJson);
            Bytes tooMany = null;
            if (!isSkipped(next, isJson)) {
                batch.add(next);
            }
            while (isBatched && tooMany == null && lines.hasNow()) {
                Bytes line = lines.next();
                if (batch.hasRoomFor(line)) {
                    batch.add(line);
                } else if (!isSkipped(line, isJson)) {
                    tooMany = line;
                }
            }
            append(batch);
            tellNowAndThen();
            next = tooMany != null ? tooMany : isWell ? lines.next() : Bytes.EMPTY;
        }
        return ended();
    }

    private static boolean isSkipped(Bytes line, boolean isJson) {
        return isJson && line.utf8().isBlank();
    }

    /// Bytes, in pieces of that size.
    boolean pieces(InputStream input, int pieceBytes) throws IOException, InterruptedException {
        for (byte[] piece = input.readNBytes(pieceBytes); isWell && piece.length > 0; piece = input.readNBytes(pieceBytes)) {
            settle(appender.append(Bytes.wrap(piece), patienceMillis), 1);
            tellNowAndThen();
        }
        return ended();
    }

    /// A batch that the server will not have as a whole, because it is too much at once or because one line is not JSON, goes
    /// line by line: then the lines before the bad one are written, and the bad one is named. Only if the first attempt was
    /// refused: an earlier one without an answer may have written the batch under this number.
    private void append(LineBatch batch) throws InterruptedException {
        List<Bytes> lines = batch.lines();
        if (lines.isEmpty()) {
            return;
        }
        Appender.Outcome outcome = appender.append(batch.body(), patienceMillis);
        boolean isTooMuch = outcome instanceof Appender.Outcome.Refused(Called.Answered answer, int tries)
                && tries == 1 && (answer.status() == TOO_LARGE || answer.status() == BAD_REQUEST);
        if (!isTooMuch || lines.size() == 1) {
            settle(outcome, lines.size());
            return;
        }
        for (int i = 0; i < lines.size() && isWell; i++) {
            settle(appender.append(lines.get(i), patienceMillis), 1);
        }
    }

    private void settle(Appender.Outcome outcome, int count) {
        switch (outcome) {
            case Appender.Outcome.Written(Called.Answered answer, int tries) -> {
                written += count;
                appends++;
                attempts += tries;
                receipt = answer;
            }
            case Appender.Outcome.Refused(Called.Answered answer, int _) -> fail("not written: " + Problems.sentence(answer));
            case Appender.Outcome.Open(boolean mayBeWritten, String why) ->
                    fail((mayBeWritten ? "the outcome is unknown: " : "not written: ") + why);
        }
    }

    private void fail(String sentence) {
        isWell = false;
        tell();
        console.fail(unit + " " + (written + 1) + " of the input: " + sentence);
    }

    private boolean ended() {
        if (isWell) {
            tell();
        }
        return isWell;
    }

    private void tellNowAndThen() {
        if (isWell && System.nanoTime() - told >= TELL_NANOS) {
            tell();
        }
    }

    private void tell() {
        if (receipt != null) {
            String many = appends == 1 && written == 1 ? "" : ", " + counted(written, unit) + " in " + counted(appends, "append");
            console.line(AppendCommand.receipt(receipt, 1) + many
                    + (attempts > appends ? ", after " + counted(attempts - appends, "repeated attempt") : ""));
            receipt = null;
        }
        told = System.nanoTime();
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
