package holdfast.sim.check.stream;

import holdfast.sim.history.Call;
import java.util.LinkedHashMap;

/// The online form of the theorem in [Judge], in offsets instead of states: what had been proved when an
/// operation began must not exceed what its answer allows. One comparison an operation, at its answer, so that
/// a run stops at the first answer that cannot be right.
///
/// It needs no complete line. It is sound (whatever it reports is wrong for every completion of the history) but
/// leaves some rules to the end of the run: the order of producers, the makers of the creation and of the close.
///
/// Local reads take no part but in two ways: what they show is proved from then on, and within one session they
/// never go back.
final class RealTimeRules {

    /// What has been proved so far, for one stream or for one session of local reads.
    private static final class Proof {
        private long tail;
        private Operation tailBy;
        private Operation closedBy;

        Proof(long tail) {
            this.tail = tail;
        }
    }

    private final long beginning;
    private final Proof stream;
    private final LinkedHashMap<Long, Proof> sessions = new LinkedHashMap<>();
    /// Who told first that the stream is closed; its tail is final.
    private Operation closer;
    /// The largest tail told by anyone.
    private Operation farthest;

    /// @param exists whether the stream is there from the start
    RealTimeRules(boolean exists) {
        beginning = exists ? 0 : Operation.UNPROVED;
        stream = new Proof(beginning);
    }

    void invoked(Operation op) {
        Proof proof = op.isLocal() ? session(op) : stream;
        if (proof == null) {
            op.floor = beginning;
            return;
        }
        op.floor = proof.tail;
        op.floorBy = proof.tailBy;
        op.closedBy = proof.closedBy;
    }

    /// Returns the violation that the answer of `op` makes, or null and remembers what it proves.
    Verdict.Violation answered(Operation op) {
        Verdict.Violation violation = compare(op);
        if (violation == null && op.tail >= 0) {
            violation = agreeOnEnd(op);
            raise(stream, op);
            Proof session = session(op);
            if (session != null) {
                raise(session, op);
            }
        }
        return violation;
    }

    /// A batch can only be made where nothing was proved beyond its base before its maker began.
    Verdict.Violation made(Batch batch, Operation maker) {
        if (maker.floor > batch.base) {
            String why = "it began after the place of its batch, " + batch.base + ", was proved taken by";
            return Explain.two(maker, why, maker.floorBy);
        }
        if (maker.closedBy != null) {
            return Explain.two(maker, "it was appended, but began after the stream was told to be closed by", maker.closedBy);
        }
        return null;
    }

    private static Verdict.Violation compare(Operation op) {
        return switch (op.told) {
            case NOTHING, APPENDED -> null;
            case PRESENT -> compareFlags(op);
            case ABSENT, ONCE_ABSENT -> op.floor < 0 ? null : Explain.two(op, "there was a stream already, by", op.floorBy);
            case CREATED -> op.floor < 0 ? null : Explain.two(op, "it made a stream that was there already, by", op.floorBy);
            case PREFIX, TAIL -> compareTails(op);
        };
    }

    private static Verdict.Violation compareTails(Operation op) {
        if (op.tail < op.floor) {
            return Explain.two(op, "its tail is below the " + op.floor + " that had been proved before it began, by", op.floorBy);
        }
        return compareFlags(op);
    }

    private static Verdict.Violation compareFlags(Operation op) {
        if (op.flag == Told.Flag.OPEN && op.closedBy != null) {
            return Explain.two(op, "it found the stream open, but before it began it was told to be closed by", op.closedBy);
        }
        return null;
    }

    /// Nothing follows the tail of a closed stream.
    private Verdict.Violation agreeOnEnd(Operation op) {
        if (farthest == null || op.tail > farthest.tail) {
            farthest = op;
        }
        if (closer == null && op.flag == Told.Flag.CLOSED) {
            closer = op;
        }
        if (closer == null) {
            return null;
        }
        if (farthest.tail > closer.tail) {
            return Explain.two(closer, "the stream was closed there, but more was told by", farthest);
        }
        boolean shorter = op.flag == Told.Flag.CLOSED && op.tail < farthest.tail;
        return shorter ? Explain.two(op, "the stream was closed there, but more was told by", farthest) : null;
    }

    private static void raise(Proof proof, Operation op) {
        if (op.tail > proof.tail) {
            proof.tail = op.tail;
            proof.tailBy = op;
        }
        if (op.flag == Told.Flag.CLOSED && proof.closedBy == null) {
            proof.closedBy = op;
        }
    }

    private Proof session(Operation op) {
        long name = op.session();
        return name == Call.NO_SESSION ? null : sessions.computeIfAbsent(name, _ -> new Proof(beginning));
    }
}
