package holdfast.raft;

import holdfast.Check;
import holdfast.Digest;

/// A voter is an id and a disk. What a voter has promised stands on its disk, so the same id on another disk knows
/// nothing of those promises and may not speak for them (thesis §3.8).
///
/// @param id positive
/// @param disk the one disk whose votes and acknowledgements count, or [Digest#ZERO] until one has been bound
/// @param since for a disk that took the place of another one, the index of the entry that says so; 0 for a voter's first
///     disk. A disk counts once its own log holds that entry
public record Member(int id, Digest disk, long since) {

    public Member {
        Check.that(id > 0, "voter ids are positive", id, 0);
        Check.that(since >= 0, "an index", since, 0);
    }

    /// A voter whose disk nobody has heard yet.
    public static Member unbound(int id) {
        return new Member(id, Digest.ZERO, 0);
    }

    public boolean isBound() {
        return !disk.equals(Digest.ZERO);
    }

    /// Whether this voter is on that disk.
    public boolean isOn(Digest other) {
        return isBound() && disk.equals(other);
    }
}
