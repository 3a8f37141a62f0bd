package holdfast;

/// Situations that a good campaign must meet, each as soon as it is [Owed]; those without a word are owed usually. Reported
/// through [Probe] where they happen. The text is what the campaign's table prints; production counts them for its metrics.
public enum Sometimes {
    // ---- elections ----------------------------------------------------------------------------------------------
    ELECTION_STARTED("a node started a pre-vote", Owed.BY_ITSELF),
    ELECTION_WITHOUT_PLACE("a node whose disk has no place among the voters let its election time pass", Owed.SOON),
    PRE_VOTE_REPEATED("nobody had won a pre-vote when the time was up, and it was asked again", Owed.SOON),
    PRE_VOTE_REJECTED("a pre-vote was rejected because the candidate's log was behind", Owed.SOON),
    PRE_VOTE_OF_PAST_TERM("a pre-vote was rejected because its term had begun already", Owed.SOON),
    PRE_VOTE_OF_OLDER_VOTER("a voter that was terms behind granted a pre-vote", Owed.SOON),
    PRE_VOTE_IGNORED_FOR_LEADER("a pre-vote was ignored because a leader was heard lately", Owed.SOON),
    ELECTION_REPEATED("nobody had won an election when the time was up, and another began", Owed.SOON),
    VOTE_HELD_FOR_DISK("a vote waited for its own term and vote to be durable", Owed.SOON),
    VOTE_LOST_WITH_TERM("a vote that waited for the disk was never told, because its term was over"),
    VOTE_TOLD_AGAIN("a vote was told once more to the one that it was given to", Owed.SOON),
    VOTE_REJECTED_STALE_LOG("a vote was refused because the candidate's log was behind", Owed.SOON),
    VOTE_REJECTED_ALREADY_VOTED("a vote was refused because it was given to another"),
    VOTE_IGNORED_FOR_LEADER("a vote was ignored because a leader was heard lately"),
    CANDIDATE_FOLLOWED("a candidate heard that another had won its term, and followed", Owed.SOON),
    CANDIDATE_DEPOSED("a candidate saw a higher term", Owed.SOON),
    LEADER_ELECTED("a node became leader", Owed.BY_ITSELF),
    ELECTED_ALONE("the only voter became leader"),
    ELECTED_BY_TRANSFER("a node became leader because the leader before had asked for it", Owed.SOON),
    // ---- leading ------------------------------------------------------------------------------------------------
    LEADER_DEPOSED("a leader saw a higher term and stepped down", Owed.SOON),
    LEADER_LOST_QUORUM("a leader stepped down because no majority answered", Owed.SOON),
    LEADER_DISK_STALLED("a leader stepped down because its own disk hung"),
    LEADERSHIP_TRANSFERRED("a leader told another node to start an election at once", Owed.SOON),
    TRANSFER_TIMED_OUT("a transfer of leadership was given up after an election timeout", Owed.SOON),
    TRANSFER_REFUSED("a transfer of leadership was asked of a node that could not do it", Owed.NEVER),
    FULL_DISK_HANDED_OVER("a leader whose disk is full handed leadership to another node", Owed.AT_LAST),
    // ---- disks of voters ----------------------------------------------------------------------------------------
    DISK_BOUND("a leader bound a disk that it had heard to its voter", Owed.SOON),
    DISK_REPLACED("a leader put another disk in the place of a lost one", Owed.SOON),
    REPLACED_ALREADY("an operator asked for the replacement of a disk again", Owed.NEVER),
    REPLACED_TOO_SOON("a replacement was refused because another membership was not committed yet"),
    REPLACED_IMPOSSIBLY("a replacement was refused because no such disk can take that place", Owed.AT_LAST),
    MEMBERSHIP_HELD_FOR_DISK("a membership waited for the leader's own disk before others were told", Owed.SOON),
    STRANGER_INTRODUCED("a disk that does not count yet was told who leads, and nothing else", Owed.SOON),
    REPLACED_DISK_IGNORED("a message from a disk that was replaced arrived", Owed.SOON),
    OLDER_LIFE_IGNORED("a message from an earlier life of a disk arrived", Owed.SOON),
    // ---- messages -----------------------------------------------------------------------------------------------
    STALE_TERM_MESSAGE("a message of an older term arrived", Owed.SOON),
    FOREIGN_WORDS_DROPPED("a message was dropped because it said what no node of this version says", Owed.NEVER),
    MESSAGE_LACKED_TERM("a message was not sent because its term was not durable", Owed.SOON),
    TERM_FROM_LOG("a log had reached the disk before its term, and the node took the term from it", Owed.NEVER),
    MESSAGE_FULL_OF_ENTRIES("a message held as many entries as it may", Owed.SOON),
    MESSAGE_FULL_OF_BYTES("a message held as many bytes as it may", Owed.SOON),
    ENTRY_OVERSIZE("an entry larger than messages otherwise are was sent", Owed.NEVER),
    LARGE_ENTRIES_SPARED("large entries were left out of a probe", Owed.NEVER),
    // ---- replication --------------------------------------------------------------------------------------------
    REPLICATION_PROBED("a follower was probed for the last matching entry", Owed.SOON),
    REPLICATION_WINDOW_FULL("a follower's replication window was full", Owed.SOON),
    FOLLOWER_FORGOT("a follower refused what it had acknowledged as durable", Owed.NEVER),
    CONFLICT_BY_LENGTH("a rejected append told the leader that the follower's log is shorter", Owed.SOON),
    CONFLICT_SKIPPED_TERM("a rejected append let the leader skip a whole term"),
    ENTRY_REPEATED("a follower was sent an entry that it had", Owed.SOON),
    ENTRIES_OVERTAKEN("a heartbeat overtook the entries that it speaks of", Owed.NEVER),
    APPEND_BELOW_BASE("an append began below what a follower's snapshot covers", Owed.SOON),
    LOG_TRUNCATED("a follower dropped conflicting entries"),
    OLD_WRITE_CONFIRMED_AFTER_TRUNCATION("a write was confirmed after its entries had been truncated", Owed.AT_LAST),
    PREVIOUS_TERM_ENTRY_HELD_BACK("a majority held an entry of an older term and it was not committed for that", Owed.SOON),
    OLDER_ENTRIES_COMMITTED("an entry of the leader's term committed entries of older terms with it", Owed.BY_ITSELF),
    COMMITTED_BEFORE_OWN_SYNC("an entry was committed by followers before the leader's own sync", Owed.SOON),
    COMMIT_TOLD_BY_A_ROUND("followers learned of a commit from a round of its own", Owed.SOON),
    GROUP_COMMIT("one sync made several entries durable", Owed.BY_ITSELF),
    // ---- reads --------------------------------------------------------------------------------------------------
    READ_CONFIRMED("a read index was confirmed by a majority", Owed.BY_ITSELF),
    READS_CONFIRMED_TOGETHER("one round confirmed several reads"),
    READ_GIVEN_UP("a leader gave up a read that it could not confirm for long", Owed.NEVER),
    READ_REFUSED_WITH_LEADERSHIP("a read was refused because its leader stepped down"),
    READS_OF_LEADER_FULL("a leader refused a read index because too many wait for one"),
    READ_WAITED_FOR_TERM_START("a read waited for the first commit of the leader's term"),
    READ_FORWARDED("a follower asked the leader for a read index", Owed.SOON),
    READ_WITHOUT_LEADER("a read was refused because no leader is known", Owed.BY_ITSELF),
    READ_ASKED_OF_NO_LEADER("a read index was asked of a node that does not lead"),
    READ_INDEX_LATE("a read index came when its read had been given up", Owed.SOON),
    READ_WAITED_FOR_APPLY("a read waited for the machine to catch up", Owed.SOON),
    READ_LOCAL("a read was answered by whatever node was asked", Owed.BY_ITSELF),
    READ_TIMED_OUT("a read was given up because no majority confirmed it in time", Owed.SOON),
    READ_NOT_YET("a read was given up because its node had not applied what the reader had seen"),
    READ_OF_NOTHING("a stream that is not there was read", Owed.BY_ITSELF),
    READ_OF_GONE("a stream that is only kept for its forks was read"),
    READ_AT_TAIL("a read began at the end of its stream", Owed.BY_ITSELF),
    READ_PAST_TAIL("a read began beyond the end of its stream", Owed.BY_ITSELF),
    READ_ACROSS_ENTRIES("a read took its records from several entries", Owed.BY_ITSELF),
    READ_CUT("a read ended before the end of its stream", Owed.BY_ITSELF),
    READ_FROM_DISK("a read fetched all of its bytes from the disk", Owed.BY_ITSELF),
    READ_PARTLY_FROM_DISK("a read fetched some of its bytes from the disk and had the others in memory", Owed.BY_ITSELF),
    READ_UNREADABLE("a read met a record that the disk does not give back", Owed.AT_LAST),
    READS_FULL("a read was refused because its node has as many as it may"),
    FETCHES_FULL("a read was refused because too much was being fetched from the disk", Owed.AT_LAST),
    // ---- writes -------------------------------------------------------------------------------------------------
    ASKED_OF_NO_LEADER("a write was refused because it was asked of a node that does not lead", Owed.BY_ITSELF),
    TRANSFER_HELD_UP_A_WRITE("a write was refused because leadership was being handed over", Owed.SOON),
    FORMING_HELD_UP_A_WRITE("a write was refused because the store was still forming"),
    WRITES_FULL("a write was refused because as many wait as may"),
    UNCOMMITTED_FULL("a write was refused because too many bytes were not committed"),
    APPEND_LACKED_ROOM("an append was refused because the disk is full", Owed.AT_LAST),
    OUTCOME_UNKNOWN("a client was told that the outcome is unknown, because leadership was lost", Owed.SOON),
    OUTCOME_UNKNOWN_TO_STOPPED("a client was told that the outcome is unknown, because the node stopped"),
    // ---- producers ----------------------------------------------------------------------------------------------
    DUPLICATE_ANSWERED("a retry was answered with its receipt from the producer table", Owed.BY_ITSELF),
    DUPLICATE_FORGOTTEN("a retry was recognised whose receipt was gone", Owed.NEVER),
    SEQUENCE_GAP("a producer's gap was refused", Owed.BY_ITSELF),
    SEQUENCE_GAP_OF_NEW_EPOCH("a producer that did not begin its new epoch at 0 was refused", Owed.AT_LAST),
    PRODUCER_FENCED("a producer with an old epoch was refused"),
    PRODUCER_FORGOTTEN("a producer that may have been forgotten was refused"),
    TOO_MANY_PRODUCERS("a new producer was refused because the table of its stream was full of young ones"),
    REQUEST_REPEATED("a repeated request was answered from its gateway's session", Owed.SOON),
    REQUEST_FORGOTTEN("a late copy of a gateway's request was refused"),
    // ---- streams ------------------------------------------------------------------------------------------------
    CREATED_WITH_RECORDS("a stream was made with records", Owed.BY_ITSELF),
    CREATED_CLOSED("a stream was made closed"),
    CREATED_ALREADY("a stream was to be made that is there as asked for", Owed.BY_ITSELF),
    CREATED_OTHERWISE("a stream was to be made that is there as another one", Owed.BY_ITSELF),
    NO_SUCH_STREAM("a command met no stream", Owed.BY_ITSELF),
    STREAM_GONE("a command met a stream that is only kept for its forks"),
    EXPECTED_TAIL_REFUSED("an append with a wrong expected tail was refused", Owed.BY_ITSELF),
    APPEND_TO_CLOSED("an append to a closed stream was refused", Owed.BY_ITSELF),
    CONTENT_TYPE_REFUSED("an append of another content type was refused", Owed.BY_ITSELF),
    SEQUENCE_BEHIND("an append whose sequence was not ahead was refused"),
    STREAM_CLOSED("a stream was closed", Owed.BY_ITSELF),
    CLOSED_BY_APPEND("an append with records closed its stream", Owed.SOON),
    CLOSED_BY_EMPTY_APPEND("an append without records closed its stream"),
    STREAM_TOUCHED("a stream was used, and its life began anew", Owed.BY_ITSELF),
    STREAM_ASKED_THE_TIME("a touch brought the time and renewed no life", Owed.BY_ITSELF),
    STREAM_EXPIRED("a stream expired by the clock of the machine", Owed.BY_ITSELF),
    LIVES_PROLONGED("streams were given the time that passed without a leader"),
    STREAM_DELETED("a stream was deleted", Owed.BY_ITSELF),
    // ---- forks --------------------------------------------------------------------------------------------------
    FORKED_AT_TAIL("a fork was made at the end of its source"),
    FORKED_BELOW_TAIL("a fork was made in the midst of its source"),
    FORKED_OF_CLOSED("a fork was made of a closed stream"),
    FORK_LACKED_SOURCE("a fork of no stream was refused", Owed.BY_ITSELF),
    FORK_OF_GONE_REFUSED("a fork of a stream that is gone was refused", Owed.AT_LAST),
    FORK_OF_ANOTHER_REFUSED("a fork was refused because the source had been made again"),
    FORK_PAST_TAIL_REFUSED("a fork beyond the end of its source was refused"),
    FORK_OF_ANOTHER_TYPE_REFUSED("a fork of another content type was refused"),
    FORK_TOO_DEEP("a fork was refused because the chain of forks was too long", Owed.NEVER),
    SOURCE_BURIED("a stream with forks was deleted or expired, and is kept for them"),
    SOURCE_FREED("the last fork was gone, and its source went with it"),
    // ---- the log ------------------------------------------------------------------------------------------------
    PROOF_WRITTEN_ALONE("an idle log wrote the proof of its last batch by itself", Owed.BY_ITSELF),
    SEGMENT_ROLLED("the log went on in a new segment", Owed.BY_ITSELF),
    BATCH_WAITED_FOR_META("the first batch of a segment waited until META named that segment", Owed.BY_ITSELF),
    SEGMENT_WAITED("the log waited for the next segment to be prepared"),
    SEGMENT_LACKED_ROOM("there was no room for the next segment, and the log went on with the one it had"),
    COMPACTION_WAITED("a compaction waited for the batch under way", Owed.BY_ITSELF),
    SEGMENT_DROPPED("a segment that nobody needs was deleted", Owed.SOON),
    // ---- snapshots ----------------------------------------------------------------------------------------------
    SNAPSHOT_TAKEN("a snapshot was written", Owed.BY_ITSELF),
    SNAPSHOT_WAITED_FOR_LOG("a snapshot waited until the log behind it was durable", Owed.BY_ITSELF),
    SNAPSHOT_LACKED_ROOM("there was no room for a snapshot, and it was tried again"),
    SNAPSHOT_SENT("a leader started to send a snapshot", Owed.SOON),
    SNAPSHOT_KEPT_WHILE_SENT("a leader took a snapshot and went on sending the one before"),
    ENTRIES_PINNED("entries were kept in memory for a follower that is brought up"),
    SNAPSHOT_ASKED_AGAIN("a leader that was not answered asked again what a follower has of a snapshot", Owed.SOON),
    SNAPSHOT_GIVEN_UP("a leader gave up a snapshot with which a follower did not get on"),
    SNAPSHOT_OFFER_RENEWED("a leader offered a newer snapshot to a follower that had begun with none", Owed.SOON),
    SNAPSHOT_PIECE_REPEATED("a piece of a snapshot arrived again"),
    SNAPSHOT_PIECE_AHEAD("a piece of a snapshot arrived before the one before it", Owed.NEVER),
    SNAPSHOT_ENTRIES_REPEATED("entries of a snapshot arrived that the follower had"),
    SNAPSHOT_ENTRIES_DROPPED("entries of a snapshot were dropped because too many waited for the disk", Owed.NEVER),
    SNAPSHOT_SUPERSEDED("a follower gave up a snapshot for another one"),
    SNAPSHOT_NOT_NEEDED("a follower was sent a snapshot that it had no need of any more"),
    SNAPSHOT_WHOLE("a follower had all of a snapshot and began to save it", Owed.SOON),
    SNAPSHOT_OVERTAKEN_BY_LOG("a snapshot was saved, and the log had caught up by itself", Owed.AT_LAST),
    SNAPSHOT_RESUMED("a follower had some of the entries that a snapshot needs already", Owed.SOON),
    SNAPSHOT_INSTALLED("a follower installed a snapshot", Owed.SOON),
    SNAPSHOT_REFUSED("a follower refused a piece of a snapshot that cannot be one", Owed.NEVER),
    // ---- failing disks ------------------------------------------------------------------------------------------
    STORE_POISONED("a write or sync that failed for the device stopped the store", Owed.SOON),
    STORE_POISONED_FULL("a write or sync that failed for want of room stopped the store"),
    STORE_POISONED_READ_ONLY("a file system that had become read-only stopped the store", Owed.AT_LAST),
    STORE_POISONED_READING("a disk that could not be read stopped the store", Owed.AT_LAST),
    // ---- recovery -----------------------------------------------------------------------------------------------
    RECOVERY_FOUND_NO_STORE("recovery found no store"),
    RECOVERY_FOUND_ANOTHERS_STORE("recovery found the store of another node"),
    RECOVERY_LACKED_DISK("a failed operation of the disk ended a recovery", Owed.SOON),
    RECOVERY_COULD_NOT_READ("a recovery ended because something could not be read"),
    RECOVERY_FOUND_CORRUPTION("recovery refused a damaged store", Owed.AT_LAST),
    RECOVERY_META_REPAIRED("recovery used the other copy of the term and vote"),
    RECOVERY_HEADER_MENDED("recovery mended a copy of a segment's header", Owed.AT_LAST),
    RECOVERY_PASSED_UNNAMED("recovery passed over a segment that META does not name", Owed.SOON),
    RECOVERY_FROM_SEGMENTS("recovery read several segments", Owed.SOON),
    RECOVERY_FROM_SNAPSHOT("recovery began with a snapshot", Owed.SOON),
    RECOVERY_CHOSE_SNAPSHOT("recovery found several snapshots and began with the newest"),
    RECOVERY_LOG_REPLACED("recovery let a snapshot take the place of a log that it has overtaken", Owed.AT_LAST),
    RECOVERY_TORN_TAIL("recovery dropped a torn tail"),
    RECOVERY_COPIED_FORWARD("recovery copied an unproven tail forward", Owed.BY_ITSELF),
    RECOVERY_LEFTOVERS_DELETED("recovery deleted files that were never finished", Owed.SOON);

    private final String text;
    private final Owed owed;

    Sometimes(String text) {
        this(text, Owed.USUALLY);
    }

    Sometimes(String text, Owed owed) {
        this.text = text;
        this.owed = owed;
    }

    /// How soon a campaign owes it. What no campaign may count on:
    ///
    /// - a disk that loses what it had confirmed breaks the ground that every promise stands on (`FOLLOWER_FORGOT`);
    /// - disks that hang in the milliseconds between a vote and the first entry of its term are too rare (`READ_GIVEN_UP`);
    /// - no node of a universe runs other code than the others, or sends a snapshot that is none (`FOREIGN_WORDS_DROPPED`,
    ///   `SNAPSHOT_REFUSED`);
    /// - power cuts that keep the log and lose the term that was written before it are too rare (`TERM_FROM_LOG`);
    /// - operators of the simulator ask whoever leads, and ask no more once it is done (`TRANSFER_REFUSED`, `REPLACED_ALREADY`);
    /// - no record of a universe is so large, and its packets arrive whole (`ENTRY_OVERSIZE`, `LARGE_ENTRIES_SPARED`,
    ///   `ENTRIES_OVERTAKEN`);
    /// - no client of a universe repeats what it appended eight appends ago, or makes a chain of a hundred forks
    ///   (`DUPLICATE_FORGOTTEN`, `FORK_TOO_DEEP`);
    /// - a sender waits for each piece of an image, and has fewer entries under way than may wait for the disk
    ///   (`SNAPSHOT_PIECE_AHEAD`, `SNAPSHOT_ENTRIES_DROPPED`).
    public Owed owed() {
        return owed;
    }

    public String text() {
        return text;
    }
}
