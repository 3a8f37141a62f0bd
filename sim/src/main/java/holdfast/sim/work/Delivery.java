package holdfast.sim.work;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.node.Errand;
import holdfast.node.Errand.Step;
import holdfast.stream.Outcome;
import holdfast.stream.Stamp;
import java.util.function.Consumer;

/// One write on its way through a [GatewayProcess]: does what its errand says, in the time of the universe.
final class Delivery implements Asker {

    private final int client;
    private final GatewayProcess process;
    private final Desk desk;
    private final Errand errand;
    private final Consumer<ClientReply> done;
    private boolean isOver;
    private boolean isInDoubt;
    private long request;
    private Stamp asked = Stamp.NONE;

    /// @param client whose write it is
    Delivery(int client, GatewayProcess process, Desk desk, Errand errand, Consumer<ClientReply> done) {
        this.client = client;
        this.process = process;
        this.desk = desk;
        this.errand = errand;
        this.done = done;
    }

    void goOn() {
        if (isOver) {
            return;
        }
        switch (errand.next(desk.queue().now(), process.view())) {
            case Step.Ask ask -> ask(ask);
            case Step.AwaitLeader wait -> desk.queue().after(process.noticeMicros(wait.millis()), this::goOn);
            case Step.Pause pause -> desk.queue().after(pause.millis() * 1_000, this::goOn);
            case Step.Finished finished -> end(finished.reply());
        }
    }

    /// Whoever passes a write on stamps it with the wall clock of the node that gets it, as that node would.
    private void ask(Step.Ask ask) {
        ClientRequest.Write write = ask.write().stampedAt(desk.world().wallMillis(ask.node()));
        asked = write.command().stamp();
        long number = desk.ask(this, ask.node(), write);
        request = number;
        desk.queue().after(ask.millis() * 1_000, () -> onSilence(number));
        process.asked(asked);
    }

    private void onSilence(long silent) {
        if (silent == request) {
            desk.forget(silent);
            process.guess().heardNothing();
            take(new ClientReply.Unknown(ClientReply.Cause.TIMED_OUT, 0));
        }
    }

    @Override
    public int id() {
        return client;
    }

    @Override
    public void onReply(long answered, ClientReply reply) {
        if (answered == request) {
            process.guess().heard(reply);
            if (reply instanceof ClientReply.Applied(Outcome.RequestForgotten forgotten, _)) {
                process.mustRemember(asked, forgotten, isInDoubt);
            }
            take(reply);
        }
    }

    @Override
    public void onRefused(long refused) {
        if (refused == request) {
            process.guess().heardNothing();
            take(new ClientReply.NotWritten(ClientReply.Cause.NOT_LEADER, 0));
        }
    }

    private void take(ClientReply reply) {
        request = 0;
        isInDoubt |= reply instanceof ClientReply.Unknown;
        errand.take(reply, desk.queue().now());
        goOn();
    }

    /// Nothing is sent any more.
    void end(ClientReply reply) {
        errand.close();
        process.ended(this);
        lose(reply);
    }

    /// The process and all its memory are gone, and with them this errand.
    void lose(ClientReply reply) {
        desk.forget(request);
        request = 0;
        isOver = true;
        done.accept(reply);
    }
}
