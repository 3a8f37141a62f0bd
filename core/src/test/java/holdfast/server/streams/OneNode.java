package holdfast.server.streams;

import holdfast.Bytes;
import holdfast.Probe;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.server.NodePort;
import holdfast.stream.Command;
import holdfast.stream.CommandCodec;
import holdfast.stream.Extent;
import holdfast.stream.ProducerBounds;
import holdfast.stream.StreamMachine;
import holdfast.stream.StreamView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A node without consensus: one machine, a log in memory, every write committed at once. What the protocol's
/// face is tested against, and, through [#scripted], what it does when a leader is lost.
final class OneNode implements NodePort {

    static final int SELF = 1;

    private StreamMachine machine = new StreamMachine(Probe.NONE);
    private final TreeMap<Long, Bytes> log = new TreeMap<>();
    private final ArrayDeque<ClientReply> script = new ArrayDeque<>();
    private final ArrayDeque<Boolean> lostButApplied = new ArrayDeque<>();
    private final List<ClientRequest> asked = new ArrayList<>();
    private long index;
    private long wallMillis;
    private int leader = SELF;
    private ClientRequest.Write next;
    private boolean hasStopped;
    private boolean stopsNext;

    /// From now on it has ended: it answers nothing and knows no leader, as [holdfast.server.loop.NodeLoop] does then.
    synchronized void stop() {
        hasStopped = true;
        leader = 0;
        notifyAll();
    }

    /// The same behind the next answer.
    synchronized void stopsAfter(ClientReply reply) {
        scripted(reply, false);
        stopsNext = true;
    }

    /// Begins anew, with streams that know so many producers for so long.
    synchronized void restoreKnowing(ProducerBounds bounds) {
        machine = new StreamMachine(Probe.NONE, bounds);
    }

    /// Time stands still at this moment unless it is 0, which is the real one.
    synchronized void setWallMillis(long millis) {
        wallMillis = millis;
    }

    /// The next request is answered so, after it was applied or instead.
    synchronized void scripted(ClientReply reply, boolean applies) {
        script.add(reply);
        lostButApplied.add(applies);
    }

    /// Right after the next request this one comes, from nobody.
    synchronized void afterNext(ClientRequest.Write write) {
        next = write;
    }

    synchronized void setLeader(int leader) {
        this.leader = leader;
        notifyAll();
    }

    synchronized List<ClientRequest> asked() {
        return List.copyOf(asked);
    }

    synchronized StreamView view(String stream) {
        return machine.view(stream);
    }

    @Override
    public synchronized ClientReply ask(ClientRequest request, long timeoutMillis) {
        asked.add(request);
        ClientReply scripted = script.poll();
        if (stopsNext) {
            stop();
        }
        if (scripted != null && !lostButApplied.poll()) {
            return scripted;
        }
        ClientReply reply = switch (request) {
            case ClientRequest.Write write -> write(write.stampedAt(wallMillis()).command());
            case ClientRequest.Read read -> read(read);
            case ClientRequest.Tail tail -> tail(tail.stream());
            case ClientRequest.TransferLeadership _, ClientRequest.ReplaceDisk _ -> new ClientReply.Accepted();
        };
        if (next != null) {
            write(next.command());
            next = null;
        }
        return scripted != null ? scripted : reply;
    }

    @Override
    public ClientReply forward(int node, ClientRequest.Write write, long timeoutMillis) {
        return ask(write, timeoutMillis);
    }

    private ClientReply write(Command command) {
        index++;
        log.put(index, CommandCodec.encode(command));
        ClientReply.Receipt receipt = new ClientReply.Receipt(1, index, List.of(SELF));
        ClientReply reply = new ClientReply.Applied(machine.apply(index, CommandCodec.decode(log.get(index))), receipt);
        notifyAll();
        return reply;
    }

    private ClientReply tail(String stream) {
        StreamView view = machine.view(stream);
        return view == null || view.gone()
                ? absent(view)
                : new ClientReply.Tail(view.tail(), view.closed(), view.digest(), view, index);
    }

    private static ClientReply absent(StreamView view) {
        return view == null ? new ClientReply.NoSuchStream() : new ClientReply.StreamGone();
    }

    private ClientReply read(ClientRequest.Read read) {
        StreamView view = machine.view(read.stream());
        if (view == null || view.gone()) {
            return absent(view);
        }
        if (read.from() > view.tail()) {
            return new ClientReply.PastTail(view.tail());
        }
        List<Bytes> records = new ArrayList<>();
        for (Extent extent : machine.extents(read.stream(), read.from(), read.recordsMax(), read.bytesMax())) {
            List<Bytes> held = CommandCodec.records(log.get(extent.index()));
            for (int i = (int) Math.max(0, read.from() - extent.base()); i < extent.count(); i++) {
                if (records.size() < read.recordsMax()) {
                    records.add(held.get(i));
                }
            }
        }
        return new ClientReply.Records(read.from(), List.copyOf(records), view.tail(), view.closed(), view, index);
    }

    @Override
    public synchronized Status status() {
        Role role = hasStopped ? Role.STOPPED : leader == SELF ? Role.LEADER : Role.FOLLOWER;
        return new Status(SELF, role, leader, 1, index, index, List.of(SELF));
    }

    @Override
    public synchronized Status awaitLeader(long staleTerm, long timeoutMillis) throws InterruptedException {
        long end = System.nanoTime() + timeoutMillis * 1_000_000;
        while (leader == 0 && !hasStopped && System.nanoTime() - end < 0) {
            wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        return status();
    }

    @Override
    public Watch watch(String stream) {
        return new Watch() {
            private long seen = currentIndex();

            @Override
            public boolean await(long timeoutMillis) throws InterruptedException {
                synchronized (OneNode.this) {
                    if (index == seen && timeoutMillis > 0) {
                        OneNode.this.wait(timeoutMillis);
                    }
                    boolean changed = index != seen;
                    seen = index;
                    return changed;
                }
            }

            @Override
            public void close() {}
        };
    }

    private synchronized long currentIndex() {
        return index;
    }

    @Override
    public synchronized long wallMillis() {
        return wallMillis == 0 ? System.currentTimeMillis() : wallMillis;
    }
}
