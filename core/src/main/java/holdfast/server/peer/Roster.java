package holdfast.server.peer;

import holdfast.raft.Member;
import holdfast.raft.Membership;

/// Which disk stands for which voter, as far as this node knows it for certain, and what it says of its own.
///
/// @param committed the youngest membership known to be committed, or null before any is
/// @param since of this node's own disk ([holdfast.raft.Sender#since])
public record Roster(Membership committed, long since) {

    /// Before the store is recovered.
    public static final Roster UNKNOWN = new Roster(null, 0);

    /// Why this disk does not speak for that node, in one sentence, or empty. A disk that was bound later than the one known
    /// here is listened to: this node lags behind.
    String refusal(Hello hello) {
        Member member = committed == null ? null : committed.member(hello.from());
        return member == null || !member.isBound() || member.isOn(hello.disk()) || hello.since() > member.since()
                ? ""
                : "node " + hello.from() + " is on disk " + hello.disk() + ", and its voter on disk " + member.disk()
                        + "; if that one is lost, './holdfast replace-disk " + hello.from()
                        + "' puts the other in its place, see docs/operate/replace-a-disk.md";
    }
}
