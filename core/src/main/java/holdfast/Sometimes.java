package holdfast;

/// Situations that a good campaign must meet at least once, but for those that are not [#isOwed]. Reported through
/// [Probe]; keep the list in the order of the life of an entry. The text is what the campaign's table prints.
public enum Sometimes {
    ELECTION_STARTED("a node started a pre-vote"),
    PRE_VOTE_REJECTED("a pre-vote was rejected"),
    PRE_VOTE_IGNORED_FOR_LEADER("a pre-vote was ignored because a leader was heard lately"),
    VOTE_HELD_FOR_DISK("a vote waited for its own term and vote to be durable"),
    VOTE_REJECTED_STALE_LOG("a vote was refused because the candidate's log was behind"),
    VOTE_REJECTED_ALREADY_VOTED("a vote was refused because it was given to another"),
    LEADER_ELECTED("a node became leader"),
    LEADER_DEPOSED("a leader saw a higher term and stepped down"),
    LEADER_LOST_QUORUM("a leader stepped down because no majority answered"),
    LEADER_DISK_STALLED("a leader stepped down because its own disk hung"),
    DISK_BOUND("a leader bound a disk that it had heard to its voter"),
    DISK_REPLACED("a leader put another disk in the place of a lost one"),
    REPLACED_DISK_IGNORED("a message from a disk that was replaced arrived"),
    OLDER_LIFE_IGNORED("a message from an earlier life of a disk arrived"),
    FOREIGN_WORDS_DROPPED("a message was dropped because it said what no node of this version says"),
    LEADERSHIP_TRANSFERRED("a leader told another node to start an election at once"),
    STALE_TERM_MESSAGE("a message of an older term arrived"),
    REPLICATION_PROBED("a follower was probed for the last matching entry"),
    REPLICATION_WINDOW_FULL("a follower's replication window was full"),
    FOLLOWER_FORGOT("a follower refused what it had acknowledged as durable"),
    CONFLICT_SKIPPED_TERM("a rejected append let the leader skip a whole term"),
    LOG_TRUNCATED("a follower dropped conflicting entries"),
    OLD_WRITE_CONFIRMED_AFTER_TRUNCATION("a write was confirmed after its entries had been truncated"),
    PREVIOUS_TERM_ENTRY_HELD_BACK("a majority held an entry of an older term and it was not committed for that"),
    COMMITTED_BEFORE_OWN_SYNC("an entry was committed by followers before the leader's own sync"),
    GROUP_COMMIT("one sync made several entries durable"),
    READ_CONFIRMED("a read index was confirmed by a majority"),
    READ_GIVEN_UP("a leader gave up a read that it could not confirm for long"),
    READ_WAITED_FOR_TERM_START("a read waited for the first commit of the leader's term"),
    READ_FORWARDED("a follower asked the leader for a read index"),
    READ_WAITED_FOR_APPLY("a read waited for the machine to catch up"),
    READ_FROM_DISK("a read fetched its bytes from the disk"),
    DUPLICATE_ANSWERED("a retry was answered from the producer table"),
    SEQUENCE_GAP("a producer's gap was refused"),
    PRODUCER_FENCED("a producer with an old epoch was refused"),
    PRODUCER_FORGOTTEN("a producer that may have been forgotten was refused"),
    TOO_MANY_PRODUCERS("a new producer was refused because the table of its stream was full of young ones"),
    REQUEST_REPEATED("a repeated request was answered from its gateway's session"),
    REQUEST_FORGOTTEN("a late copy of a gateway's request was refused"),
    EXPECTED_TAIL_REFUSED("an append with a wrong expected tail was refused"),
    APPEND_TO_CLOSED("an append to a closed stream was refused"),
    OUTCOME_UNKNOWN("a client was told that the outcome is unknown"),
    OVERLOADED("a request was refused because a bound was reached"),
    SEGMENT_ROLLED("the log went on in a new segment"),
    SEGMENT_WAITED("the log waited for the next segment to be prepared"),
    SEGMENT_LACKED_ROOM("there was no room for the next segment, and the log went on with the one it had"),
    APPEND_LACKED_ROOM("an append was refused because the disk is full"),
    SEGMENT_DROPPED("a segment that nobody needs was deleted"),
    SNAPSHOT_TAKEN("a snapshot was written"),
    SNAPSHOT_LACKED_ROOM("there was no room for a snapshot, and it was tried again"),
    SNAPSHOT_SENT("a leader started to send a snapshot"),
    SNAPSHOT_KEPT_WHILE_SENT("a leader took a snapshot and went on sending the one before"),
    SNAPSHOT_RESUMED("a follower had some of the entries that a snapshot needs already"),
    SNAPSHOT_INSTALLED("a follower installed a snapshot"),
    SNAPSHOT_REFUSED("a follower refused a piece of a snapshot that cannot be one"),
    STORE_POISONED("a failed write or sync stopped the store"),
    RECOVERY_TORN_TAIL("recovery dropped a torn tail"),
    RECOVERY_COPIED_FORWARD("recovery copied an unproven tail forward"),
    RECOVERY_FOUND_CORRUPTION("recovery refused a damaged store"),
    RECOVERY_META_REPAIRED("recovery used the other copy of the term and vote");

    private final String text;

    Sometimes(String text) {
        this.text = text;
    }

    /// Whether a large campaign has to meet it. Four situations are only told when they occur: a disk that loses what it had
    /// confirmed breaks the ground that every promise stands on, so no campaign may count on it; disks that hang in the
    /// milliseconds between a vote and the first entry of its term are too rare to count on; and no node of a universe runs
    /// other code than the others, or sends a snapshot that is none.
    public boolean isOwed() {
        return switch (this) {
            case FOLLOWER_FORGOT, READ_GIVEN_UP, FOREIGN_WORDS_DROPPED, SNAPSHOT_REFUSED -> false;
            default -> true;
        };
    }

    public String text() {
        return text;
    }
}
