package holdfast.raft;

import holdfast.Digest;
import holdfast.StateSink;
import java.util.Map;
import java.util.TreeMap;

/// The door: whose messages are taken at all. A voter is an id and a disk, and a disk does not grow younger.
///
/// What is refused here stays refused. A membership that is not committed yet refuses nobody: the disk that it replaces may
/// still lead.
final class Peers {

    private record Heard(Digest disk, long life) {}

    private final int self;
    private final Memberships memberships;
    /// The latest life of each voter's disk. Memory only: a disk that was rolled back is recognised by those who heard it
    /// before and have not restarted since.
    private final TreeMap<Integer, Heard> heard = new TreeMap<>();

    Peers(int self, Memberships memberships) {
        this.self = self;
        this.memberships = memberships;
    }

    /// Why the sender is not listened to, or [Standing#ADMITTED].
    enum Standing { ADMITTED, NO_VOTER, REPLACED, ROLLED_BACK }

    Standing admit(Sender sender, long commitIndex) {
        Standing standing = standing(sender, commitIndex);
        if (standing == Standing.ADMITTED) {
            heard.put(sender.id(), new Heard(sender.disk(), sender.life()));
        }
        return standing;
    }

    private Standing standing(Sender sender, long commitIndex) {
        if (sender.id() == self || !memberships.latest().isVoter(sender.id())) {
            return Standing.NO_VOTER;
        }
        Membership committed = memberships.committed(commitIndex);
        Member member = committed == null ? null : committed.member(sender.id());
        if (member != null && member.isBound() && !member.isOn(sender.disk()) && sender.since() <= member.since()) {
            return Standing.REPLACED;
        }
        Heard before = heard.get(sender.id());
        boolean isOlder = before != null && before.disk().equals(sender.disk()) && sender.life() < before.life();
        return isOlder ? Standing.ROLLED_BACK : Standing.ADMITTED;
    }

    void describe(StateSink sink) {
        for (Map.Entry<Integer, Heard> voter : heard.entrySet()) {
            sink.begin("heard").add("voter", voter.getKey());
            sink.add("disk", voter.getValue().disk()).add("life", voter.getValue().life()).end();
        }
    }
}
