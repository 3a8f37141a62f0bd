package holdfast.server.streams;

import holdfast.node.ClientReply;
import holdfast.node.Errand;
import holdfast.node.Errand.Step;
import holdfast.node.Gateway;
import holdfast.server.NodePort;
import holdfast.stream.Command;

/// Writes on their way to whoever leads: the threads, the clock and the lock around this node's [Gateway], which decides what
/// is sent, how often and for how long.
final class Writes {

    private static final int NANOS_A_MICRO = 1_000;

    private final NodePort port;
    private final int holdMillis;
    /// Every use of it and of its errands holds its lock.
    private final Gateway gateway;

    Writes(NodePort port, StreamsConfig config) {
        this.port = port;
        holdMillis = config.holdMillis();
        gateway = new Gateway(port.status().self(), config.session());
    }

    /// Gets the command committed, or says within the time of holding what is known about it.
    ClientReply write(Command command) throws InterruptedException {
        return write(command, holdMillis);
    }

    ClientReply write(Command command, int holdMillis) throws InterruptedException {
        Errand errand = begin(command, holdMillis);
        try {
            NodePort.Status status = port.status();
            while (true) {
                switch (next(errand, status)) {
                    case Step.Ask ask -> {
                        take(errand, carry(ask, status.self()));
                        status = port.status();
                    }
                    case Step.AwaitLeader wait -> status = port.awaitLeader(wait.staleTerm(), wait.millis());
                    case Step.Pause pause -> {
                        Thread.sleep(pause.millis());
                        status = port.status();
                    }
                    case Step.Finished finished -> {
                        return finished.reply();
                    }
                }
            }
        } finally {
            close(errand);
        }
    }

    private ClientReply carry(Step.Ask ask, int self) throws InterruptedException {
        return ask.node() == self
                ? port.ask(ask.write(), ask.millis())
                : port.forward(ask.node(), ask.write(), ask.millis());
    }

    private static long nowMicros() {
        return System.nanoTime() / NANOS_A_MICRO;
    }

    private Errand begin(Command command, int holdMillis) {
        synchronized (gateway) {
            return gateway.begin(command, nowMicros(), holdMillis);
        }
    }

    private Step next(Errand errand, NodePort.Status status) {
        boolean hasStopped = status.role() == NodePort.Role.STOPPED;
        synchronized (gateway) {
            return errand.next(nowMicros(), new Errand.View(status.leader(), status.term(), hasStopped));
        }
    }

    private void take(Errand errand, ClientReply reply) {
        synchronized (gateway) {
            errand.take(reply, nowMicros());
        }
    }

    private void close(Errand errand) {
        synchronized (gateway) {
            errand.close();
        }
    }
}
