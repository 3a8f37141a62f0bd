package holdfast.stream;

/// What a command may ask for. A command is judged once, before it is proposed; what the log holds is within
/// the bounds, and the machine relies on it.
public final class CommandBounds {

    /// UTF-8 bytes of a stream's name, which has at least one.
    public static final int NAME_BYTES_MAX = 1024;

    /// UTF-8 bytes of a producer's id.
    public static final int PRODUCER_ID_BYTES_MAX = 256;

    /// Greatest epoch and seq, `2^53 - 1`: the greatest whole number that every JSON reader keeps exactly.
    public static final long NUMBER_MAX = (1L << 53) - 1;

    /// A session is the wall clock of its gateway's start, or one more than the machine has known. How far it may be ahead of
    /// the command's own time: ten years, as no clock is. A gateway that is told a greater one goes on behind it, and must not
    /// run out of numbers.
    private static final long SESSION_AHEAD_MILLIS = 10L * 366 * 86_400_000;

    /// Records in one append.
    public static final int RECORDS_MAX = 10_000;

    /// UTF-8 bytes of a content type, and bytes of a sequence.
    public static final int TEXT_BYTES_MAX = 512;

    /// Forks of forks: how many sources a fork may have above it.
    public static final int FORKS_DEEP_MAX = 100;

    private static final char DELETE = 0x7F;

    private CommandBounds() {}

    /// Why the command is not taken, in one sentence; empty if it is. `bytesMax` bounds its encoded size.
    static String refusal(Command command, long bytesMax) {
        String name = refusalOfName(command.stream());
        if (!name.isEmpty()) {
            return name;
        }
        String stamp = refusalOfStamp(command.stamp());
        if (!stamp.isEmpty()) {
            return stamp;
        }
        return switch (command) {
            case Command.Create create -> refusalOfCreate(create, bytesMax);
            case Command.Append append -> refusalOfAppend(append, bytesMax);
            case Command.Close _, Command.Delete _, Command.Touch _ -> refusalOfSize(command, bytesMax);
        };
    }

    private static String refusalOfStamp(Stamp stamp) {
        boolean ordered = stamp.floor() >= 0 && stamp.floor() <= stamp.number();
        boolean complete = stamp.isRequest()
                ? stamp.session() > 0 && stamp.number() > 0 && stamp.number() <= NUMBER_MAX
                : stamp.session() == 0 && stamp.number() == 0;
        boolean isTimely = stamp.millis() == 0 || stamp.session() - stamp.millis() <= SESSION_AHEAD_MILLIS;
        boolean isTime = stamp.millis() >= 0 && stamp.millis() <= NUMBER_MAX;
        return isTime && stamp.gateway() >= 0 && ordered && complete && isTimely
                ? ""
                : "a request has a gateway, a session and a number";
    }

    private static String refusalOfCreate(Command.Create create, long bytesMax) {
        Setup setup = create.setup();
        if (create.records().size() > RECORDS_MAX) {
            return tooManyRecords(create.records().size());
        }
        String contentType = refusalOfContentType(setup.contentType());
        if (!contentType.isEmpty()) {
            return contentType;
        }
        if (setup.ttlSeconds() < Setup.NEVER || setup.ttlSeconds() > NUMBER_MAX) {
            return "a time to live is from 0 to " + NUMBER_MAX + " seconds";
        }
        if (setup.expiresAtMillis() < Setup.NEVER || setup.expiresAtMillis() > NUMBER_MAX) {
            return "a time of expiry is from 0 to " + NUMBER_MAX + " milliseconds";
        }
        if (setup.ttlSeconds() != Setup.NEVER && setup.expiresAtMillis() != Setup.NEVER) {
            return "a stream has a time to live or a time of expiry, not both";
        }
        String fork = setup.fork().isNone() ? refusalOfNoFork(setup.fork()) : refusalOfFork(setup.fork());
        return fork.isEmpty() ? refusalOfSize(create, bytesMax) : fork;
    }

    private static String refusalOfNoFork(Setup.Fork fork) {
        return fork.equals(Setup.Fork.NONE) ? "" : "a fork names its source";
    }

    private static String refusalOfFork(Setup.Fork fork) {
        boolean inRange = fork.incarnation() >= Setup.Fork.UNSEEN
                && fork.offset() >= Setup.Fork.AT_TAIL
                && fork.anchor() >= Setup.Fork.AT_TAIL
                && fork.subOffset() >= 0;
        return inRange ? refusalOfName(fork.source()) : "a fork's offsets are not negative";
    }

    private static String refusalOfContentType(String contentType) {
        int bytes = Utf8.length(contentType);
        if (bytes == Utf8.MALFORMED) {
            return "a content type must be well-formed Unicode";
        }
        if (contentType.chars().anyMatch(c -> c < ' ' || c == DELETE)) {
            return "a content type has no control characters";
        }
        return bytes <= TEXT_BYTES_MAX ? "" : "a content type has at most " + TEXT_BYTES_MAX + " bytes, not " + bytes;
    }

    private static String tooManyRecords(int records) {
        return "an append has at most " + RECORDS_MAX + " records, not " + records;
    }

    private static String refusalOfName(String name) {
        int bytes = Utf8.length(name);
        if (bytes == Utf8.MALFORMED) {
            return "a stream's name must be well-formed Unicode";
        }
        return bytes >= 1 && bytes <= NAME_BYTES_MAX
                ? ""
                : "a stream's name has 1 to " + NAME_BYTES_MAX + " bytes, not " + bytes;
    }

    private static String refusalOfAppend(Command.Append append, long bytesMax) {
        if (append.records().isEmpty() && !append.close()) {
            return "an append without records must close the stream";
        }
        if (append.records().size() > RECORDS_MAX) {
            return tooManyRecords(append.records().size());
        }
        if (append.expectedTail() < Command.ANY_TAIL) {
            return "an expected tail is not negative";
        }
        String contentType = refusalOfContentType(append.contentType());
        if (!contentType.isEmpty()) {
            return contentType;
        }
        if (append.sequence().size() > TEXT_BYTES_MAX) {
            return "a sequence has at most " + TEXT_BYTES_MAX + " bytes, not " + append.sequence().size();
        }
        String producer = refusalOfProducer(append.producer());
        return producer.isEmpty() ? refusalOfSize(append, bytesMax) : producer;
    }

    private static String refusalOfProducer(Command.Producer producer) {
        int bytes = Utf8.length(producer.id());
        if (bytes == Utf8.MALFORMED) {
            return "a producer's id must be well-formed Unicode";
        }
        if (bytes > PRODUCER_ID_BYTES_MAX) {
            return "a producer's id has at most " + PRODUCER_ID_BYTES_MAX + " bytes, not " + bytes;
        }
        if (producer.isNone()) {
            return producer.epoch() == 0 && producer.seq() == 0 ? "" : "an epoch and a seq need a producer's id";
        }
        if (producer.epoch() < 0 || producer.epoch() > NUMBER_MAX) {
            return "a producer's epoch is from 0 to " + NUMBER_MAX + ", not " + producer.epoch();
        }
        return producer.seq() >= 0 && producer.seq() <= NUMBER_MAX
                ? ""
                : "a producer's seq is from 0 to " + NUMBER_MAX + ", not " + producer.seq();
    }

    private static String refusalOfSize(Command command, long bytesMax) {
        long bytes = CommandCodec.encodedBytes(command);
        return bytes <= bytesMax ? "" : "a command has at most " + bytesMax + " bytes, not " + bytes;
    }
}
