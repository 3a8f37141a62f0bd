package holdfast.stream;

import holdfast.Probe;
import holdfast.Sometimes;

/// Tells a probe what became of commands.
final class OutcomeReports {

    private final Probe probe;

    OutcomeReports(Probe probe) {
        this.probe = probe;
    }

    /// The command was judged for the first time, and this came of it.
    void done(Command command, Outcome outcome) {
        switch (outcome) {
            case Outcome.Created created -> created(created);
            case Outcome.AlreadyExists there -> probe.reached(
                    there.asAsked() ? Sometimes.CREATED_ALREADY : Sometimes.CREATED_OTHERWISE);
            case Outcome.Appended appended -> appended(appended);
            case Outcome.Closed _ -> probe.reached(Sometimes.STREAM_CLOSED);
            case Outcome.Deleted _ -> probe.reached(Sometimes.STREAM_DELETED);
            case Outcome.Touched _ -> probe.reached(
                    command instanceof Command.Touch touch && touch.renew()
                            ? Sometimes.STREAM_TOUCHED : Sometimes.STREAM_ASKED_THE_TIME);
            case Outcome.NoSuchStream _ -> probe.reached(Sometimes.NO_SUCH_STREAM);
            case Outcome.Gone _ -> probe.reached(Sometimes.STREAM_GONE);
            case Outcome.DuplicateForgotten _ -> probe.reached(Sometimes.DUPLICATE_FORGOTTEN);
            case Outcome.SequenceGap gap -> probe.reached(
                    gap.newEpoch() ? Sometimes.SEQUENCE_GAP_OF_NEW_EPOCH : Sometimes.SEQUENCE_GAP);
            case Outcome.Fenced _ -> probe.reached(Sometimes.PRODUCER_FENCED);
            case Outcome.ProducerForgotten _ -> probe.reached(Sometimes.PRODUCER_FORGOTTEN);
            case Outcome.TooManyProducers _ -> probe.reached(Sometimes.TOO_MANY_PRODUCERS);
            case Outcome.WrongTail _ -> probe.reached(Sometimes.EXPECTED_TAIL_REFUSED);
            case Outcome.StreamClosed _ -> probe.reached(Sometimes.APPEND_TO_CLOSED);
            case Outcome.WrongContentType _ -> probe.reached(Sometimes.CONTENT_TYPE_REFUSED);
            case Outcome.SequenceBehind _ -> probe.reached(Sometimes.SEQUENCE_BEHIND);
            case Outcome.ForkRefused refused -> forkRefused(refused.reason());
            case Outcome.RequestForgotten _ -> {}
        }
    }

    private void created(Outcome.Created created) {
        if (created.closed()) {
            probe.reached(Sometimes.CREATED_CLOSED);
        } else if (created.tail() > 0) {
            probe.reached(Sometimes.CREATED_WITH_RECORDS);
        }
    }

    private void appended(Outcome.Appended appended) {
        if (appended.duplicate()) {
            probe.reached(Sometimes.DUPLICATE_ANSWERED);
        } else if (appended.closed()) {
            probe.reached(appended.first() == appended.next() ? Sometimes.CLOSED_BY_EMPTY_APPEND : Sometimes.CLOSED_BY_APPEND);
        }
    }

    private void forkRefused(Outcome.ForkRefused.Reason reason) {
        probe.reached(switch (reason) {
            case NO_SUCH_SOURCE -> Sometimes.FORK_LACKED_SOURCE;
            case SOURCE_GONE -> Sometimes.FORK_OF_GONE_REFUSED;
            case SOURCE_CHANGED -> Sometimes.FORK_OF_ANOTHER_REFUSED;
            case PAST_TAIL -> Sometimes.FORK_PAST_TAIL_REFUSED;
            case WRONG_CONTENT_TYPE -> Sometimes.FORK_OF_ANOTHER_TYPE_REFUSED;
            case TOO_DEEP -> Sometimes.FORK_TOO_DEEP;
        });
    }

    /// A stream that has no records of its own yet begins as another one.
    void forked(Stream fork, Stream source) {
        probe.reached(fork.tail() == source.tail() ? Sometimes.FORKED_AT_TAIL : Sometimes.FORKED_BELOW_TAIL);
        if (source.view().closed()) {
            probe.reached(Sometimes.FORKED_OF_CLOSED);
        }
    }
}
