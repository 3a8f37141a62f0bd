package holdfast.server.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.server.Log;
import holdfast.server.NodePort.Watch;
import holdfast.stream.Command;
import holdfast.stream.RecentChanges;
import holdfast.stream.Setup;
import holdfast.stream.Stamp;
import holdfast.stream.StreamMachine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SmallPartsTest {

    private static final ClientRequest WRITE = new ClientRequest.Write(new Command.Create("s"));
    private static final ClientRequest TAIL = new ClientRequest.Tail("s", ClientRequest.Level.LOCAL);

    @Test
    @DisplayName("a disk hangs when one operation is seen at work for too long, in time that this process ran")
    void hangs() {
        DiskWatch watch = new DiskWatch(3_000_000);

        assertFalse(watch.hangs(0, 7));
        assertFalse(watch.hangs(900_000, 7));
        assertFalse(watch.hangs(60_000_000, 7), "a pause of this process counts for a second at most");
        assertFalse(watch.hangs(60_900_000, 8), "another operation");
        for (int i = 1; i <= 3; i++) {
            assertFalse(watch.hangs(60_900_000 + i * 1_000_000L, 8));
        }
        assertTrue(watch.hangs(64_000_000, 8));
        assertFalse(watch.hangs(65_000_000, 0), "idle");
    }

    @Test
    @DisplayName("words that make no sense are told of once a minute, with their number")
    void foreignWords() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Situations situations = new Situations();
        StoreNews news = new StoreNews(new Log(new PrintStream(told), Log.Level.INFO, "node 1"), situations, 0);
        news.lookForForeignWords(0);
        assertEquals("", told.toString());
        situations.reached(Sometimes.FOREIGN_WORDS_DROPPED);
        news.lookForForeignWords(1);
        assertTrue(told.toString().contains("were dropped: 1. Do all nodes run the same version"), told.toString());
        told.reset();
        for (int i = 0; i < 1_000; i++) {
            situations.reached(Sometimes.SNAPSHOT_REFUSED);
            news.lookForForeignWords(2 + i);
        }
        assertEquals("", told.toString());
        news.lookForForeignWords(60_000_001);
        assertTrue(told.toString().contains("were dropped: 1000."), told.toString());
        told.reset();
        for (int i = 0; i < 101; i++) {
            situations.reached(Sometimes.OLDER_LIFE_IGNORED);
        }
        news.lookForForeignWords(120_000_001);
        assertTrue(told.toString().contains("of an earlier life of a peer's disk were dropped: 101."), told.toString());
        assertEquals(1_000, situations.count(Sometimes.SNAPSHOT_REFUSED));
    }

    @Test
    @DisplayName("a node has caught up when it has applied what its leader told, and may lag a little after that")
    void catchUp() {
        CatchUp catchUp = new CatchUp();
        assertEquals("no leader has said yet what is committed", catchUp.missing(0, 0));
        assertEquals("catching up: applied 0 of 409", catchUp.missing(409, 0));
        assertEquals("catching up: applied 408 of 409", catchUp.missing(409, 408));
        assertEquals("", catchUp.missing(409, 409));
        assertEquals("", catchUp.missing(410, 409));
        assertEquals("", catchUp.missing(409 + CatchUp.LAG_MAX, 409));
        assertEquals("catching up: applied 409 of " + (410 + CatchUp.LAG_MAX), catchUp.missing(410 + CatchUp.LAG_MAX, 409));
        assertEquals("catching up: applied 410 of 500", catchUp.missing(500, 410), "once far behind, it has to arrive again");
        assertEquals("leads, and has not committed anything in its term yet: applied 5 of 7",
                catchUp.missingOfLeader(false, 5, 7));
        assertEquals("", catchUp.missingOfLeader(true, 5, 7));
    }

    @Test
    @DisplayName("a long turn names what it was busy with for longest")
    void longTurns() {
        LongTurns turns = new LongTurns();
        turns.begins(1_000);
        turns.did("a message of node 2", 2_000);
        turns.did("an answer of the disk", 302_000);
        turns.did("what was due", 303_000);
        assertEquals("was busy with one turn for 302 ms, 300 ms of it with an answer of the disk", turns.complaint(303_000));
        turns.begins(303_000);
        turns.did("a request of a client", 304_000);
        assertEquals("", turns.complaint(304_000));
    }

    @Test
    @DisplayName("every request gets one answer, and what a node took with it is unknown")
    void answers() {
        Answers answers = new Answers(0);
        List<ClientReply> heard = new ArrayList<>();
        long write = answers.await(WRITE, 1, 1_000, heard::add);
        answers.await(TAIL, 1, 1_000, heard::add);
        long elsewhere = answers.await(WRITE, 2, 1_000, heard::add);

        answers.answer(elsewhere, 1, new ClientReply.Accepted());
        assertEquals(0, heard.size(), "node 1 was not asked that");
        answers.forget(elsewhere);
        answers.answer(elsewhere, 2, new ClientReply.Accepted());
        answers.lose(1, ClientReply.Cause.STOPPED);
        answers.answer(write, 1, new ClientReply.Accepted());

        assertEquals(2, heard.size());
        assertTrue(heard.contains(new ClientReply.Unknown(ClientReply.Cause.STOPPED, 0)));
        assertTrue(heard.contains(new ClientReply.ReadFailed(ClientReply.Cause.STOPPED, 0)));
        assertEquals(0, answers.size());
    }

    @Test
    @DisplayName("who has waited for too long is told what is known, which is nothing")
    void deadlines() {
        Answers answers = new Answers(0);
        List<ClientReply> heard = new ArrayList<>();
        long now = System.nanoTime();
        answers.await(WRITE, 1, 1_000, heard::add);
        answers.await(TAIL, 1, 60_000, heard::add);

        answers.expire(now);
        assertEquals(List.of(), heard);
        answers.expire(now + 10_000_000_000L);

        assertEquals(List.of(new ClientReply.Unknown(ClientReply.Cause.TIMED_OUT, 0)), heard);
        assertEquals(1, answers.size());
    }

    @Test
    @DisplayName("no more requests wait than the bound allows")
    void bound() {
        Answers answers = new Answers(-2);
        for (int i = 0; i < Answers.WAITING_MAX; i++) {
            assertTrue(answers.await(TAIL, 1, 1_000, _ -> {}) != Answers.NONE);
        }

        assertEquals(Answers.NONE, answers.await(TAIL, 1, 1_000, _ -> {}));
        assertInstanceOf(ClientReply.NotWritten.class, Answers.refused(WRITE, ClientReply.Cause.OVERLOADED));
        assertInstanceOf(ClientReply.ReadFailed.class, Answers.refused(TAIL, ClientReply.Cause.OVERLOADED));
    }

    @Test
    @DisplayName("a watch tells of each change once, and of none that it has told before")
    void watches() throws InterruptedException {
        Watches watches = new Watches();
        StreamMachine machine = new StreamMachine(Probe.NONE);
        watches.look(machine);
        try (Watch watch = watches.watch("s")) {
            watches.look(machine);
            assertFalse(watch.await(0));

            machine.apply(1, new Command.Create("other"));
            watches.look(machine);
            assertFalse(watch.await(0), "another stream");

            machine.apply(2, new Command.Create("s"));
            watches.look(machine);
            try (Watch second = watches.watch("s")) {
                assertTrue(watch.await(0));
                assertFalse(watch.await(0));
                assertFalse(second.await(0), "it began after the change");
            }
            machine.apply(3, new Command.Close("s"));
            machine.apply(4, new Command.Close("s"));
            watches.look(machine);
            assertTrue(watch.await(0));
            assertFalse(watch.await(0), "closed again is no change");
            assertEquals(1, watches.streams());
        }
        assertEquals(0, watches.streams());
    }

    @Test
    @DisplayName("no change is missed, by whatever it came: an expiry, a snapshot, more of them than are remembered")
    void watchesMissNothing() throws InterruptedException {
        Watches watches = new Watches();
        StreamMachine machine = new StreamMachine(Probe.NONE);
        Setup shortLived = new Setup("", 1, Setup.NEVER, Setup.Fork.NONE);
        machine.apply(1, new Command.Create("s", shortLived, List.of(), false, new Stamp(1_000, 0, 0, 0, 0)));
        watches.look(machine);
        try (Watch watch = watches.watch("s")) {
            machine.apply(2, new Command.Create("other", Setup.PLAIN, List.of(), false, new Stamp(9_000, 0, 0, 0, 0)));
            watches.look(machine);
            assertTrue(watch.await(0), "expired");

            machine.apply(3, new Command.Create("s"));
            for (int i = 4; i < 4 + 2 * RecentChanges.CAPACITY; i++) {
                machine.apply(i, new Command.Close("other"));
            }
            watches.look(machine);
            assertTrue(watch.await(0), "long ago");

            machine.apply(100_000, new Command.Delete("s"));
            StreamMachine restored = StreamMachine.decode(machine.encode(), Probe.NONE);
            watches.look(restored);
            assertTrue(watch.await(0), "in a snapshot");
            watches.look(restored);
            assertFalse(watch.await(0));
        }
    }

    @Test
    @DisplayName("a machine names every stream that a command has touched, a source that was only kept for its fork too")
    void recentChanges() {
        StreamMachine machine = new StreamMachine(Probe.NONE);
        Setup fork = new Setup("", Setup.NEVER, Setup.NEVER,
                new Setup.Fork("s", Setup.Fork.ANY_INCARNATION, Setup.Fork.AT_TAIL, Setup.Fork.AT_TAIL, 0));
        machine.apply(1, new Command.Create("s"));
        machine.apply(2, new Command.Create("fork", fork, List.of(), false, Stamp.NONE));
        machine.apply(3, new Command.Delete("s"));
        machine.apply(4, new Command.Delete("fork"));
        RecentChanges changes = machine.recentChanges();
        List<String> names = new ArrayList<>();
        for (long number = changes.oldest(); number < changes.count(); number++) {
            names.add(changes.name(number));
        }
        assertTrue(names.containsAll(List.of("s", "fork")), names.toString());
        assertEquals("s", names.getLast(), "the source goes with its last fork");
        assertEquals(null, machine.view("s"));
    }
}
