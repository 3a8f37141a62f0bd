package holdfast.sim.check.format;

import holdfast.sim.check.general.Outcome;
import holdfast.sim.check.general.spec.S2Stream;
import holdfast.sim.check.general.spec.S2Stream.Input;
import holdfast.sim.check.general.spec.S2Stream.Output;
import holdfast.sim.history.format.Datum;
import holdfast.sim.history.format.Entry;
import java.util.ArrayList;
import java.util.List;

/// `append`, `read` and `check-tail` with the tables of S2's collector. Its numbers have 64 bits and no sign.
record S2Shape() implements Shape<Input, Output> {

    @Override
    public Input input(Entry invoked, Complaints complaints) {
        return switch (invoked.f()) {
            case "read" -> new Input.Read();
            case "check-tail" -> new Input.CheckTail();
            case "append" -> append(invoked, complaints);
            default -> {
                complaints.add("'" + invoked.f() + "' is no operation of an S2 stream");
                yield new Input.Read();
            }
        };
    }

    private static Input append(Entry invoked, Complaints complaints) {
        if (!(invoked.value() instanceof Datum.Table value)) {
            complaints.add("an append has no table of what is appended");
            return new Input.Read();
        }
        List<Long> hashes = new ArrayList<>();
        Datum written = value.get("record_hashes");
        for (Datum hash : written == null ? List.<Datum>of() : written.list()) {
            hashes.add(number(hash, "record_hashes", complaints));
        }
        Datum expected = value.get("match_seq_num");
        boolean any = expected == null || expected.isNil();
        return new Input.Append(
                number(value.get("num_records"), "num_records", complaints),
                hashes,
                token(value.get("set_fencing_token")),
                token(value.get("fencing_token")),
                any ? S2Stream.ANY_TAIL : number(expected, "match_seq_num", complaints));
    }

    /// A token may be the empty text, which is not the same as none.
    private static String token(Datum written) {
        return written == null || written.isNil() ? "" : "=" + written.name();
    }

    @Override
    public Outcome<Output> outcome(Entry invoked, Entry completed, Complaints complaints) {
        if (!(completed.value() instanceof Datum.Table value)) {
            complaints.add("a completed '" + completed.f() + "' tells nothing");
            return new Outcome.Unknown<>();
        }
        long tail = number(value.get("tail"), "tail", complaints);
        return new Outcome.Ok<>(switch (invoked.f()) {
            case "append" -> new Output.Appended(tail);
            case "read" -> new Output.Content(tail, number(value.get("stream_hash"), "stream_hash", complaints));
            default -> new Output.Tail(tail);
        });
    }

    private static long number(Datum written, String name, Complaints complaints) {
        if (written instanceof Datum.Number(long value) && value >= 0) {
            return value;
        }
        if (written instanceof Datum.OtherNumber(String digits) && digits.matches("[0-9]{19,20}")) {
            try {
                return Long.parseUnsignedLong(digits);
            } catch (NumberFormatException large) {
                complaints.add("'" + name + "' has more than 64 bits");
                return 0;
            }
        }
        complaints.add("there is no whole number '" + name + "'");
        return 0;
    }
}
