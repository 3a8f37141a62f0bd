package holdfast.server.loop;

import holdfast.env.Clock;
import holdfast.env.Disk;
import holdfast.env.DiskResult;
import holdfast.env.Network;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.node.Driver;
import holdfast.node.Node;
import holdfast.node.Packet;
import holdfast.node.Replica;
import holdfast.server.Log;
import holdfast.server.peer.Roster;
import holdfast.server.NodePort.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// The one thread that owns the node: takes what has arrived, lets the [Driver] step and perform, ends the turn
/// with the group commit, and sleeps until the next deadline or input.
///
///     drain (bounded) -> step, perform -> time, if due -> flush, perform -> publish -> wait
///
/// Inputs of one turn are committed as a group: the busier the node, the larger its groups.
public final class NodeLoop implements Driver.Outside {

    /// Exit code after a broken invariant or another bug (EX_SOFTWARE).
    public static final int EXIT_BUG = 70;

    private static final int INPUTS_PER_TURN = 256;
    private static final long PACKET_BYTES_MAX = 128L << 20;
    private static final long DISK_PATIENCE_MICROS = 20_000_000;
    private static final long IDLE_MICROS_MAX = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    /// Told once, on the loop's thread, when the node has ended by itself.
    @FunctionalInterface
    public interface Ended {

        void ended(int exitCode, String report);
    }

    /// Told once, on the loop's thread, when the store is recovered and before the node has sent anything.
    @FunctionalInterface
    public interface Recovered {

        /// Returns why this node must not take part, in one sentence, or an empty text.
        String recovered(Replica replica);
    }

    private static final int EXIT_BAD_INPUT = 2;

    private final int self;
    private final Node node;
    private final Clock clock;
    private final Driver driver;
    private final Log log;
    private final Recovered recovered;
    private final Ended ended;
    private final LongSupplier diskWorking;
    private final DiskWatch diskWatch = new DiskWatch(DISK_PATIENCE_MICROS);
    private final ConcurrentLinkedQueue<Input> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicLong packetBytes = new AtomicLong();
    private final Answers answers = new Answers(Answers.NONE);
    private final StatusBoard board;
    private final Watches watches = new Watches();
    private final LongTurns longTurns = new LongTurns();
    private final Situations situations;
    private final StoreNews news;
    private final LongAdder turns = new LongAdder();
    private final LongAdder inputs = new LongAdder();
    private final LongAdder droppedPackets = new LongAdder();
    private final Thread thread;
    private volatile boolean waiting;
    private volatile boolean running = true;
    private boolean takesPart;
    private long appliedSeen = -1;

    /// `situations` is the probe of `node`; `diskWorking` tells the operation that the disk is at, or 0.
    public NodeLoop(
            int self,
            Node node,
            Situations situations,
            Clock clock,
            Disk disk,
            LongSupplier diskWorking,
            Network network,
            Log log,
            Recovered recovered,
            Ended ended) {
        this.self = self;
        this.node = node;
        this.clock = clock;
        this.diskWorking = diskWorking;
        this.log = log;
        this.recovered = recovered;
        this.ended = ended;
        board = new StatusBoard(self);
        this.situations = situations;
        news = new StoreNews(log, situations, clock.monotonicMicros());
        driver = new Driver(node, clock, disk, network, this);
        thread = Thread.ofPlatform().name("node").unstarted(this::run);
    }

    public void start() {
        answers.start();
        thread.start();
    }

    // ---- what other threads hand in ------------------------------------------------------------------------

    /// What does not fit is dropped: a peer says it again.
    void packet(Packet packet, int bytes) {
        if (packetBytes.addAndGet(bytes) > PACKET_BYTES_MAX) {
            packetBytes.addAndGet(-bytes);
            droppedPackets.increment();
            return;
        }
        put(new Input.Message(packet, bytes));
    }

    /// Bytes of a message of that node arrive.
    void arriving(int from) {
        put(new Input.Arriving(from));
    }

    public void diskDone(long id, DiskResult result) {
        put(new Input.DiskDone(id, result));
    }

    /// Hands a request over; `taker` hears the answer once, on whatever thread has it.
    void request(ClientRequest request, long timeoutMillis, Consumer<ClientReply> taker) {
        if (!running) {
            taker.accept(Answers.refused(request, ClientReply.Cause.STOPPED));
            return;
        }
        long id = answers.await(request, self, timeoutMillis, taker);
        if (id == Answers.NONE) {
            taker.accept(Answers.refused(request, ClientReply.Cause.OVERLOADED));
            return;
        }
        put(new Input.Request(id, request));
        if (!running) {
            answers.lose(self, ClientReply.Cause.STOPPED);
        }
    }

    /// Runs `visitor` inside the loop between two inputs. It may look at everything and must change nothing.
    /// Never completes if the node has ended; what a visitor throws is its own affair, and not the node's.
    public <T> CompletableFuture<T> look(Function<Node, T> visitor) {
        CompletableFuture<T> seen = new CompletableFuture<>();
        put(new Input.Look(visited -> {
            try {
                seen.complete(visitor.apply(visited));
            } catch (RuntimeException | Error bug) {
                seen.completeExceptionally(bug);
            }
        }));
        return seen;
    }

    /// Ends the thread after what has arrived before; the caller waits for it.
    public void stop() throws InterruptedException {
        put(new Input.Stop());
        thread.join();
    }

    private void put(Input input) {
        inbox.add(input);
        if (waiting) {
            LockSupport.unpark(thread);
        }
    }

    // ---- the loop ------------------------------------------------------------------------------------------

    private void run() {
        try {
            driver.start();
            while (running) {
                longTurns.begins(clock.monotonicMicros());
                turn();
                noteLongTurn();
                if (running && inbox.isEmpty()) {
                    rest();
                }
            }
        } catch (RuntimeException | Error bug) {
            // A broken invariant: stopping is safe, and going on is not.
            log.error("a bug in the node's loop", bug);
            halted(EXIT_BUG, "a bug: " + bug);
        }
    }

    /// While the node recovers it answers nobody anyhow, and says how it gets on.
    private void noteLongTurn() {
        String complaint = longTurns.complaint(clock.monotonicMicros());
        if (takesPart && !complaint.isEmpty()) {
            log.warn(complaint);
        }
    }

    private void did(String part) {
        longTurns.did(part, clock.monotonicMicros());
    }

    private void turn() {
        for (int taken = 0; taken < INPUTS_PER_TURN && running; taken++) {
            Input input = inbox.poll();
            if (input == null) {
                break;
            }
            inputs.increment();
            take(input);
            did(input.text());
        }
        if (running && clock.monotonicMicros() >= driver.nextDeadline()) {
            driver.takeTime();
            did("what was due");
        }
        if (running) {
            driver.endTurn();
            did("what a turn ends with: sending, writing, a snapshot");
        }
        if (running) {
            turns.increment();
            publish();
            watchDisk();
        }
    }

    private void take(Input input) {
        switch (input) {
            case Input.Message message -> {
                packetBytes.addAndGet(-message.bytes());
                driver.takeMessage(message.packet());
            }
            case Input.Arriving arriving -> driver.takeArriving(arriving.from());
            case Input.DiskDone done -> driver.takeDiskResult(done.id(), done.result());
            case Input.Request request -> driver.takeRequest(request.id(), request.request());
            case Input.Look look -> look.visitor().accept(node);
            case Input.Stop _ -> end();
        }
    }

    private void publish() {
        if (node.replica() == null) {
            news.recovering(clock.monotonicMicros(), node);
        } else if (!takesPart) {
            takesPart = true;
            news.recovered(clock.monotonicMicros(), node);
            String refusal = recovered.recovered(node.replica());
            if (!refusal.isEmpty()) {
                halted(EXIT_BAD_INPUT, refusal);
                return;
            }
        }
        if (board.publish(node)) {
            log.info(sentence(board.status()));
        }
        if (node.replica() != null) {
            news.look(clock.monotonicMicros(), node.replica());
        }
        if (node.replica() != null && node.replica().appliedIndex() != appliedSeen) {
            appliedSeen = node.replica().appliedIndex();
            watches.look(node.replica().machine());
        }
    }

    private static String sentence(Status status) {
        String term = " in term " + status.term();
        return switch (status.role()) {
            case LEADER -> "leads" + term;
            case CANDIDATE -> "asks for votes" + term;
            case FOLLOWER -> status.leader() == 0 ? "knows no leader" + term : "follows node " + status.leader() + term;
            case RECOVERING -> "recovers";
            case STOPPED -> "has stopped";
        };
    }

    private void watchDisk() {
        if (diskWatch.hangs(clock.monotonicMicros(), diskWorking.getAsLong())) {
            halted(Node.EXIT_IO_ERROR, "the disk has been at one operation for more than "
                    + DISK_PATIENCE_MICROS / 1_000_000 + " s");
        }
    }

    /// Sleeps until an input or the next deadline. Whoever puts an input in sees `waiting` or is seen by the
    /// second look into the inbox.
    private void rest() {
        long micros = Math.min(IDLE_MICROS_MAX, driver.nextDeadline() - clock.monotonicMicros());
        if (micros <= 0) {
            return;
        }
        waiting = true;
        if (inbox.isEmpty()) {
            LockSupport.parkNanos(this, micros * NANOS_PER_MICRO);
        }
        waiting = false;
    }

    // ---- what the node says --------------------------------------------------------------------------------

    @Override
    public void answer(long requestId, ClientReply reply) {
        answers.answer(requestId, self, reply);
    }

    @Override
    public void halted(int exitCode, String report) {
        if (running) {
            end();
            ended.ended(exitCode, report);
        }
    }

    private void end() {
        running = false;
        board.publishStopped();
        answers.lose(self, ClientReply.Cause.STOPPED);
        answers.close();
    }

    // ---- what others may know ------------------------------------------------------------------------------

    /// Which disks are listened to, as of the last turn.
    public Roster roster() {
        return board.roster();
    }

    /// What this node still has to do before it is of use, as of the last turn; an empty text if nothing.
    public String missing() {
        return board.missing();
    }

    /// What this process has met, and how often.
    public Situations situations() {
        return situations;
    }

    /// Lines of the log that nobody read in time.
    public long droppedLogLines() {
        return log.dropped();
    }

    StatusBoard board() {
        return board;
    }

    Watches watches() {
        return watches;
    }

    public boolean isRunning() {
        return running;
    }

    public Status status() {
        return board.status();
    }

    public long turns() {
        return turns.sum();
    }

    public long inputs() {
        return inputs.sum();
    }

    public long droppedPackets() {
        return droppedPackets.sum();
    }

    public int waitingRequests() {
        return answers.size();
    }

    public int watchedStreams() {
        return watches.streams();
    }
}
