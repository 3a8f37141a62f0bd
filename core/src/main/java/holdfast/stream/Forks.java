package holdfast.stream;

/// Which forks can be made: a new stream that begins as another one up to some offset.
final class Forks {

    private Forks() {}

    /// Where the fork leaves its source.
    static long offset(Setup.Fork asked, Stream source) {
        return asked.offset() == Setup.Fork.AT_TAIL ? source.tail() : asked.offset();
    }

    /// Null if the fork can be made.
    ///
    /// @param source null if there is none
    static Outcome.ForkRefused.Reason refusal(Setup asked, Stream source) {
        if (source == null) {
            return Outcome.ForkRefused.Reason.NO_SUCH_SOURCE;
        }
        if (source.isGone()) {
            return Outcome.ForkRefused.Reason.SOURCE_GONE;
        }
        Setup.Fork fork = asked.fork();
        if (fork.incarnation() != Setup.Fork.ANY_INCARNATION && fork.incarnation() != source.incarnation()) {
            return Outcome.ForkRefused.Reason.SOURCE_CHANGED;
        }
        if (!asked.contentType().isEmpty() && !ContentTypes.same(asked.contentType(), source.setup().contentType())) {
            return Outcome.ForkRefused.Reason.WRONG_CONTENT_TYPE;
        }
        if (offset(fork, source) > source.tail()) {
            return Outcome.ForkRefused.Reason.PAST_TAIL;
        }
        return source.depth() < CommandBounds.FORKS_DEEP_MAX ? null : Outcome.ForkRefused.Reason.TOO_DEEP;
    }
}
