package holdfast.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.raft.HardState;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What a store was asked to do and what it has confirmed, and with that, what may be found after a crash: at least
/// everything confirmed, at most everything asked for, and nothing in between that never was.
final class Promises {

    /// The log at one moment: what it begins after, and its entries.
    private record State(LogPosition base, List<LogEntry> entries) {

        State with(long truncateFrom, LogEntry entry) {
            List<LogEntry> next = new ArrayList<>(entries);
            next.removeIf(old -> truncateFrom != 0 && old.index() >= truncateFrom);
            next.add(entry);
            return new State(base, next);
        }

        boolean contains(LogPosition position) {
            return base.equals(position)
                    || entries.stream().anyMatch(entry -> LogPosition.of(entry).equals(position));
        }

        /// What is left of it above a snapshot.
        List<LogEntry> above(LogPosition snapshot) {
            if (!contains(snapshot)) {
                return List.of();
            }
            return entries.stream().filter(entry -> entry.index() > snapshot.index()).toList();
        }
    }

    private final List<State> states = new ArrayList<>();
    /// By write number: how many states there were when it was complete.
    private final TreeMap<Long, Integer> statesOf = new TreeMap<>();
    private final List<HardState> hardStates = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    /// By snapshot: the entries that it needs from before it.
    private final List<List<LogEntry>> needed = new ArrayList<>();

    /// Of the first snapshots in the list, how many were there from the beginning.
    private int inherited;

    Promises() {
        states.add(new State(LogPosition.ORIGIN, List.of(new Entries().get(1))));
        hardStates.add(HardState.INITIAL);
    }

    /// What a process that has recovered has promised from the beginning: all that it found.
    Promises(Host found, Promises before) {
        states.add(new State(found.ready.base(), found.ready.entries()));
        hardStates.add(found.ready.hardState());
        if (found.ready.snapshotOrNull() != null) {
            inherited = 1;
            snapshots.add(found.ready.snapshotOrNull());
            needed.add(before.needed.get(before.snapshots.indexOf(found.ready.snapshotOrNull())));
        }
    }

    // ---- what was asked ------------------------------------------------------------------------------------

    void append(Host host, long truncateFrom, LogEntry... entries) {
        long number = host.append(truncateFrom, entries);
        for (int i = 0; i < entries.length; i++) {
            states.add(states.getLast().with(i == 0 ? truncateFrom : 0, entries[i]));
        }
        statesOf.put(number, states.size() - 1);
    }

    void archive(Host host, LogEntry... entries) {
        statesOf.put(host.archive(entries), states.size() - 1);
    }

    void reset(Host host, LogPosition base) {
        long number = host.reset(base);
        states.add(new State(base, List.of()));
        statesOf.put(number, states.size() - 1);
    }

    void persist(Host host, long term, int vote) {
        host.persist(term, vote);
        hardStates.add(new HardState(term, vote));
    }

    /// @param entries those at or before its last position that the snapshot needs
    void save(Host host, Snapshot snapshot, LogEntry... entries) {
        host.save(snapshot);
        snapshots.add(snapshot);
        needed.add(List.of(entries));
    }

    /// Once the last snapshot is durable, what it does not need may go.
    void compact(Host host) {
        long[] wanted = needed.getLast().stream().mapToLong(LogEntry::index).sorted().toArray();
        host.compact(snapshots.getLast().last().index(), wanted);
    }

    /// What the newest snapshot needs.
    List<LogEntry> needed() {
        return needed.isEmpty() ? List.of() : needed.getLast();
    }

    List<LogEntry> log() {
        return states.getLast().entries();
    }

    // ---- what was found ------------------------------------------------------------------------------------

    /// @param before who was told what
    void checkKept(Host before, Host found, String moment) {
        assertEquals("", found.refusal(), moment);
        assertTrue(found.isReady(), () -> moment + ": " + found.recovery.outcome());
        checkHardState(before, found, moment);
        checkSnapshot(before, found, moment);
        checkLog(before, found, moment);
        checkReadable(found, moment);
    }

    /// As [#checkKept], but what cannot be read may be reported instead when somebody asks for it.
    void checkKeptOrReported(Host before, Host found, String moment) {
        assertTrue(found.isReady(), moment);
        checkHardState(before, found, moment);
        checkSnapshot(before, found, moment);
        checkLog(before, found, moment);
        for (LogEntry wanted : readable(found)) {
            long token = found.ask(wanted.index());
            int reports = found.damaged.size();
            found.run();
            if (found.damaged.size() == reports) {
                assertEquals(List.of(wanted), found.read.get(token), moment);
            }
        }
    }

    private void checkHardState(Host before, Host found, String moment) {
        List<HardState> allowed = hardStates.subList((int) before.hardStateDurable, hardStates.size());
        assertTrue(allowed.contains(found.ready.hardState()), () ->
                moment + ": " + found.ready.hardState() + " is not one of " + allowed);
    }

    private void checkSnapshot(Host before, Host found, String moment) {
        Snapshot snapshot = found.ready.snapshotOrNull();
        int confirmed = inherited + before.saved.size();
        if (snapshot == null) {
            assertEquals(0, confirmed, moment);
        } else {
            assertTrue(snapshots.subList(Math.max(0, confirmed - 1), snapshots.size()).contains(snapshot), () ->
                    moment + ": " + snapshot + " after " + confirmed);
            assertEquals(snapshot.last(), found.ready.base(), moment);
        }
    }

    private void checkLog(Host before, Host found, String moment) {
        int first = before.durable == 0 ? 0 : statesOf.get(before.durable);
        for (int i = first; i < states.size(); i++) {
            if (states.get(i).above(found.ready.base()).equals(found.ready.entries())) {
                return;
            }
        }
        throw new AssertionError(moment + ": found " + indexes(found.ready.entries()) + " above "
                + found.ready.base() + ", promised " + indexes(states.get(first).entries()) + ", asked "
                + indexes(log()));
    }

    private static List<String> indexes(List<LogEntry> entries) {
        return entries.stream().map(entry -> entry.index() + "/" + entry.term()).toList();
    }

    private void checkReadable(Host found, String moment) {
        for (LogEntry wanted : readable(found)) {
            long token = found.ask(wanted.index());
            found.run();
            assertEquals(List.of(), found.damaged, moment);
            assertEquals(List.of(wanted), found.read.get(token), moment);
        }
    }

    /// What must be readable by index: the log, and what the snapshot needs from before it.
    private List<LogEntry> readable(Host found) {
        List<LogEntry> readable = new ArrayList<>(found.ready.entries());
        if (found.ready.snapshotOrNull() != null) {
            readable.addAll(needed.get(snapshots.indexOf(found.ready.snapshotOrNull())));
        }
        return readable;
    }
}
