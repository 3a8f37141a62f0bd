package holdfast.wal;

import holdfast.raft.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Random lives: a follower that is written to, truncated, sent snapshots, crashed, cut off and restarted, against
/// the model of what it has promised.
class WalPropertyTest {

    /// One thing that happens; `draw` decides how.
    private enum Deed {
        APPEND, APPEND_MANY, TRUNCATE, VOTE, SNAPSHOT, INSTALL, STEP, RUN, IDLE, CRASH, POWER_CUT, FAIL
    }

    @Property(tries = 400)
    @Label("whatever happens in whatever order, promises are kept")
    void promisesAreKept(@ForAll @Size(min = 5, max = 60) List<@IntRange(max = 1_000_000) Integer> draws) {
        Story story = new Story();
        for (int draw : draws) {
            story.happens(Deed.values()[draw % Deed.values().length], new Random(draw));
        }
        story.powerCut(new Random(draws.size()));
    }

    /// A store, what it promised in its present life, and the history that its leader has in mind.
    private static final class Story {

        private Host host = Host.fresh();
        private Promises promises = new Promises();
        private Entries log = new Entries();
        /// What the cluster has committed, whether this node knows it or not. Only what comes after is ever truncated.
        private Entries truth = new Entries();
        /// What this node's snapshot covers.
        private long covered = 1;
        private long term = 1;

        void happens(Deed deed, Random random) {
            switch (deed) {
                case APPEND -> promises.append(host, 0, log.next(term, random.nextInt(1_500)));
                case APPEND_MANY -> promises.append(
                        host, 0, log.next(term, random.nextInt(900), 1 + random.nextInt(12)));
                case TRUNCATE -> truncate(random);
                case VOTE -> promises.persist(host, ++term, random.nextInt(4));
                case SNAPSHOT -> snapshot(random);
                case INSTALL -> install(random);
                case STEP -> step(random.nextInt(6));
                case RUN -> host.run();
                case IDLE -> host.settle();
                case CRASH -> processCrash(random);
                case POWER_CUT -> powerCut(random);
                case FAIL -> fail(random);
            }
        }

        private void truncate(Random random) {
            long from = truth.last() + 1 + random.nextInt(4);
            if (from <= log.last()) {
                term++;
                log.truncateFrom(from);
                promises.append(host, from, log.next(term, random.nextInt(600), 1 + random.nextInt(3)));
            }
        }

        /// Takes a snapshot of a part of what is durable, and forgets what it does not need.
        private void snapshot(Random random) {
            host.run();
            long index = covered + random.nextInt((int) (log.last() - covered + 1));
            if (index == covered) {
                return;
            }
            List<LogEntry> needed = someOf(promises.needed(), random);
            needed.addAll(someOf(log.upTo(index).after(covered), random));
            covered = index;
            truth = log.upTo(Math.max(index, truth.last()));
            promises.save(host, log.snapshot(index), needed.toArray(LogEntry[]::new));
            goOn(random);
            if (!host.saved.isEmpty() && host.saved.getLast().equals(log.position(index))) {
                promises.compact(host);
                step(random.nextInt(3));
            }
        }

        /// Takes in a snapshot that goes beyond this log, from a leader with another history after what is committed.
        private void install(Random random) {
            host.run();
            term++;
            Entries leader = log.upTo(truth.last());
            leader.next(term, 20, 1 + (int) (log.last() - leader.last()) + random.nextInt(5));
            truth = leader.upTo(leader.last());
            List<LogEntry> needed = someOf(promises.needed(), random);
            needed.addAll(someOf(leader.after(covered), random));
            if (!needed.isEmpty()) {
                promises.archive(host, needed.toArray(LogEntry[]::new));
            }
            long last = leader.last();
            promises.save(host, leader.snapshot(last), needed.toArray(LogEntry[]::new));
            goOn(random);
            if (!host.saved.isEmpty() && host.saved.getLast().equals(leader.position(last))) {
                promises.reset(host, leader.position(last));
                log = leader;
                covered = last;
            }
        }

        private static List<LogEntry> someOf(List<LogEntry> entries, Random random) {
            List<LogEntry> some = new ArrayList<>(entries);
            some.removeIf(entry -> random.nextInt(3) != 0);
            return some;
        }

        /// Usually to the end; sometimes the node does not live to see it.
        private void goOn(Random random) {
            switch (random.nextInt(6)) {
                case 0 -> {
                    step(random.nextInt(12));
                    processCrash(random);
                }
                case 1 -> {
                    step(random.nextInt(12));
                    powerCut(random);
                }
                case 2 -> fail(random);
                default -> host.run();
            }
        }

        private void step(int operations) {
            host.flush();
            for (int i = 0; i < operations; i++) {
                host.step();
            }
        }

        private void fail(Random random) {
            host.disk.failAfter(random.nextInt(12), random.nextBoolean());
            host.run();
            processCrash(random);
        }

        private void processCrash(Random random) {
            host.disk.processCrash();
            recover(random);
        }

        void powerCut(Random random) {
            cut(random);
            recover(random);
        }

        private void cut(Random random) {
            int percent = random.nextInt(5) * 25;
            host.disk.powerCut(() -> random.nextInt(100) < percent);
        }

        /// Sometimes not at the first attempt.
        private void recover(Random random) {
            while (random.nextInt(3) == 0) {
                Host attempt = new Host(host.disk, host.config);
                for (int i = random.nextInt(30); i > 0; i--) {
                    attempt.step();
                }
                if (random.nextBoolean()) {
                    cut(random);
                } else {
                    host.disk.processCrash();
                }
            }
            Host found = Host.started(host.disk);
            promises.checkKept(host, found, "after a crash");
            promises = new Promises(found, promises);
            log = new Entries(found.ready.base(), found.ready.entries());
            covered = Math.max(1, found.ready.base().index());
            host = found;
            catchUp();
        }

        /// The leader sends what this node has missed.
        private void catchUp() {
            long common = Math.min(log.last(), truth.last());
            while (!log.position(common).equals(truth.position(common))) {
                common--;
            }
            if (common < truth.last()) {
                LogEntry[] missed = truth.after(common).toArray(LogEntry[]::new);
                promises.append(host, common < log.last() ? common + 1 : 0, missed);
                log.truncateFrom(common + 1);
                log.add(missed);
            }
        }
    }
}
