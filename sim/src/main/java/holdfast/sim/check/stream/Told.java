package holdfast.sim.check.stream;

/// What an answer testifies about the stream at the moment the operation took effect.
enum Told {
    /// Nothing: no answer, an unknown one, or no effect.
    NOTHING,
    /// There was no such stream.
    ABSENT,
    /// In some earlier state there was no such stream.
    ONCE_ABSENT,
    /// There was such a stream, and nothing more.
    PRESENT,
    /// This operation made the stream.
    CREATED,
    /// Some earlier state had exactly this tail.
    PREFIX,
    /// The state had exactly this tail.
    TAIL,
    /// The batch of this operation stands in the stream.
    APPENDED;

    /// What was said about the stream being closed.
    enum Flag {
        UNTOLD,
        OPEN,
        CLOSED;

        static Flag of(boolean closed) {
            return closed ? CLOSED : OPEN;
        }
    }
}
