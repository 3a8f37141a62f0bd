package holdfast.stream;

/// What a stream is told when it is created and keeps for life.
///
/// @param contentType media type, as the creator wrote it; empty for none, or to inherit it with a fork
/// @param ttlSeconds the stream expires when it was not used for so long; [#NEVER] for no such limit
/// @param expiresAtMillis the stream expires then, used or not; [#NEVER] for no such limit
/// @param fork where the stream begins, [Fork#NONE] for at nothing
public record Setup(String contentType, long ttlSeconds, long expiresAtMillis, Fork fork) {

    public static final long NEVER = -1;

    public static final Setup PLAIN = new Setup("", NEVER, NEVER, Fork.NONE);

    /// A fork shares the records of `source` below an offset and goes on by itself.
    ///
    /// `anchor` and `subOffset` are what the client asked for, kept only to recognise the same request.
    /// Whoever proposes the fork has turned them into `offset` and, if the boundary lies within a record, into
    /// a first record of the fork's own: offsets of an incarnation never change their meaning.
    ///
    /// @param incarnation the source's, if `offset` was computed from its records; [#ANY_INCARNATION] if not
    /// @param offset the first offset that is not shared; [#AT_TAIL] for the source's tail
    /// @param anchor offset asked for; [#AT_TAIL] if none was
    /// @param subOffset bytes or messages beyond the anchor asked for
    public record Fork(String source, long incarnation, long offset, long anchor, long subOffset) {

        public static final long AT_TAIL = -1;
        public static final long ANY_INCARNATION = 0;

        /// Of a source that could not be looked at; no stream has it.
        public static final long UNSEEN = -1;

        public static final Fork NONE = new Fork("", ANY_INCARNATION, AT_TAIL, AT_TAIL, 0);

        public boolean isNone() {
            return source.isEmpty();
        }

        /// Whether this, asked for again, means the fork that was made as `made`.
        boolean means(Fork made) {
            return source.equals(made.source)
                    && subOffset == made.subOffset
                    && (anchor == made.anchor || anchor == made.offset);
        }
    }

    boolean isSilentOnLife() {
        return ttlSeconds == NEVER && expiresAtMillis == NEVER;
    }

    /// Whether a stream made as `made` is what this asks for. What a fork leaves open it takes from its source,
    /// so then it asks for nothing.
    boolean means(Setup made) {
        boolean sameLife = ttlSeconds == made.ttlSeconds && expiresAtMillis == made.expiresAtMillis;
        return fork.means(made.fork)
                && (contentType.isEmpty() || ContentTypes.same(contentType, made.contentType))
                && (sameLife || !fork.isNone() && isSilentOnLife());
    }

    /// What a fork of `source` gets: its own content type and life where it names them, else the source's.
    Setup inheriting(Setup source, long incarnation, long forkOffset) {
        return new Setup(
                contentType.isEmpty() ? source.contentType : contentType,
                isSilentOnLife() ? source.ttlSeconds : ttlSeconds,
                isSilentOnLife() ? source.expiresAtMillis : expiresAtMillis,
                new Fork(fork.source, incarnation, forkOffset, fork.anchor, fork.subOffset));
    }

    /// When a stream last used at `usedMillis` expires; `Long.MAX_VALUE` for never.
    long dueMillis(long usedMillis) {
        if (ttlSeconds != NEVER) {
            return usedMillis + 1_000 * ttlSeconds;
        }
        return expiresAtMillis == NEVER ? Long.MAX_VALUE : expiresAtMillis;
    }
}
