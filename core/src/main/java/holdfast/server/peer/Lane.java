package holdfast.server.peer;

import holdfast.Bytes;

/// One of the two connections that a node has to each peer, in its own direction.
///
/// What keeps a cluster together is small: heartbeats, votes, acknowledgements, and the entries of ordinary appends. It has
/// a connection of its own, because nothing that is done within one connection helps against the bytes that have left
/// already: megabytes of a large entry stand in the kernels' buffers of both ends, and whatever is written behind them
/// arrives behind them. Two connections share the line fairly, so the small one's words are there at once.
///
/// Each lane keeps the order of what it carries. Between the two there is none: a heartbeat overtakes the large entries that
/// were sent before it, and the core knows ([holdfast.raft.Raft#onArriving]).
enum Lane {

    /// For small packets, questions and answers.
    PROMPT(8L << 20),

    /// For everything else.
    BULK(64L << 20);

    /// Bound on a packet of the prompt lane. Room for 64 KiB of entries, which the core calls small, and for what surrounds
    /// a thousand of them.
    static final int PROMPT_PACKET_BYTES_MAX = 128 << 10;

    /// Bound on a client's question and on its answer there: hundreds of clients may ask at once.
    static final int PROMPT_QUESTION_BYTES_MAX = 4 << 10;

    private static final Lane[] LANES = values();

    private final long queueBytesMax;

    Lane(long queueBytesMax) {
        this.queueBytesMax = queueBytesMax;
    }

    /// Bound on what waits for its turn.
    long queueBytesMax() {
        return queueBytesMax;
    }

    static Lane of(Word word) {
        return switch (word) {
            case Word.Packet(Bytes packet) -> packet.size() <= PROMPT_PACKET_BYTES_MAX ? PROMPT : BULK;
            case Word.Ask(_, Bytes question) -> question.size() <= PROMPT_QUESTION_BYTES_MAX ? PROMPT : BULK;
            case Word.Tell(_, Bytes answer) -> answer.size() <= PROMPT_QUESTION_BYTES_MAX ? PROMPT : BULK;
            case Word.Ping _, Word.Echo _, Word.Unknown _ -> PROMPT;
        };
    }

    /// The lane of that number on the wire, or null.
    static Lane numbered(int number) {
        return number >= 0 && number < LANES.length ? LANES[number] : null;
    }
}
