package holdfast.sim.work;

import holdfast.Check;
import holdfast.node.ClientReply;
import holdfast.node.Errand;
import holdfast.node.Gateway;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;
import holdfast.sim.plan.Workload;
import holdfast.stream.Command;
import holdfast.stream.Outcome;
import holdfast.stream.Stamp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/// A process with the production [Gateway] in it, and the writes of several clients on their way through that. Now and then it
/// dies and begins anew, with another session, while copies of what it has sent are still under way; and now and then its
/// wall clock has gone back meanwhile, so that its session is one that the nodes refuse.
final class GatewayProcess {

    /// Sessions of two lives are so far apart: one that was overtaken goes on in the gap, where no other life begins.
    private static final long SESSIONS_A_LIFE = 1_000;

    private static final int RESTARTS_MAX = 8;

    /// A process that has died is likely to die again before it has asked for much.
    private static final int RESTART_PPM = 6_000;
    private static final int EARLY_RESTART_PPM = 150_000;
    private static final int EARLY_ASKS = 4;

    private static final int CLOCK_WENT_BACK_PPM = 400_000;
    private static final int ABANDONED_PPM = 60_000;
    private static final int PATIENCE_HALVINGS_MAX = 8;

    /// As in production, if the clients are less patient than that.
    private static final int HOLD_MILLIS_MIN = 3_000;

    /// A leader is heard of some time after the election; that it is noticed at once would be too much to ask.
    private static final int NOTICE_MICROS_MAX = 30_000;

    private final int id;
    private final Desk desk;
    private final Workload workload;
    private final GatewayTally tally;
    private final LinkedHashSet<Delivery> deliveries = new LinkedHashSet<>();
    private final LeaderGuess guess = new LeaderGuess();
    private Gateway gateway;
    private long lives;
    private long asksOfThisLife;
    private long lastNumber;
    private long sessionMax;
    private long asks;
    private long looks;
    private long waits;

    GatewayProcess(int id, Desk desk, Workload workload, GatewayTally tally) {
        this.id = id;
        this.desk = desk;
        this.workload = workload;
        this.tally = tally;
        live();
    }

    private void live() {
        lives++;
        asksOfThisLife = 0;
        lastNumber = 0;
        long session = lives * SESSIONS_A_LIFE;
        if (lives > 1 && entropy().chance(Purpose.GATEWAY_LIFE, id, -lives, CLOCK_WENT_BACK_PPM)) {
            session -= SESSIONS_A_LIFE + SESSIONS_A_LIFE / 2;
        }
        gateway = new Gateway(id, session);
    }

    /// How long a client that makes so many attempts waits for a write, in milliseconds.
    int holdMillis(int attemptsAllowed) {
        long millis = workload.attemptMicros() / 1_000 * attemptsAllowed;
        return Math.clamp(millis, HOLD_MILLIS_MIN, Integer.MAX_VALUE);
    }

    /// Gets the command done for a client, whose write with this ordinal it is. A reply comes in every case, and once;
    /// [ClientReply.Unknown] also if the client does not wait to the end, or if the process dies.
    void write(int client, long ordinal, Command command, int holdMillis, Consumer<ClientReply> done) {
        Errand errand = gateway.begin(command, desk.queue().now(), holdMillis);
        Delivery delivery = new Delivery(client, this, desk, errand, done);
        deliveries.add(delivery);
        tally.open(deliveries.size());
        long key = client * (1L << Integer.SIZE) + ordinal;
        if (isUnreliable() && entropy().chance(Purpose.GATEWAY_PATIENCE, 0, key, ABANDONED_PPM)) {
            long halvings = entropy().below(Purpose.GATEWAY_PATIENCE, 1, key, PATIENCE_HALVINGS_MAX);
            desk.queue().after(1 + (workload.attemptMicros() >> halvings), () -> abandon(delivery));
        }
        delivery.goOn();
    }

    /// Where nothing may go wrong, nobody gives up.
    private boolean isUnreliable() {
        return !desk.world().isCalm() && !workload.isPatient();
    }

    private void abandon(Delivery delivery) {
        if (deliveries.contains(delivery)) {
            tally.abandoned();
            desk.recorder().befell(id, "a client waits no longer for its write");
            delivery.end(new ClientReply.Unknown(ClientReply.Cause.TIMED_OUT, 0));
        }
    }

    private void die() {
        tally.restarted();
        List<Delivery> lost = new ArrayList<>(deliveries);
        deliveries.clear();
        guess.heardNothing();
        live();
        desk.recorder().befell(id, "begins anew in session " + gateway.session() + "; writes lost: " + lost.size());
        for (Delivery delivery : lost) {
            delivery.lose(new ClientReply.Unknown(ClientReply.Cause.STOPPED, 0));
        }
    }

    // ---- for its deliveries --------------------------------------------------------------------------------

    /// Whom it takes for the leader. If it knows none it asks anybody now and then; sometimes it asks another node though it
    /// knows one.
    Errand.View view() {
        looks++;
        long anybody = 1 + entropy().below(Purpose.GATEWAY_TARGET, id, looks, desk.world().nodes());
        boolean isAstray = guess.leader() == 0
                ? (entropy().bits(Purpose.GATEWAY_TARGET, -id, looks) & 1) == 0
                : entropy().chance(Purpose.GATEWAY_TARGET, -id, looks, workload.habits().elsewherePpm());
        return new Errand.View(isAstray ? (int) anybody : guess.leader(), 0, false);
    }

    /// How long it waits for a leader, who may be heard of before the time is up.
    long noticeMicros(long millis) {
        waits++;
        return 1 + entropy().below(Purpose.GATEWAY_WAIT, id, waits, Math.clamp(millis * 1_000, 1, NOTICE_MICROS_MAX));
    }

    /// Something was sent. A process may die right then.
    void asked(Stamp stamp) {
        lastNumber = Math.max(lastNumber, stamp.number());
        sessionMax = Math.max(sessionMax, stamp.session());
        asks++;
        asksOfThisLife++;
        boolean isEarly = lives > 1 && asksOfThisLife <= EARLY_ASKS;
        if (isUnreliable() && lives <= RESTARTS_MAX
                && entropy().chance(Purpose.GATEWAY_LIFE, id, asks, isEarly ? EARLY_RESTART_PPM : RESTART_PPM)) {
            die();
        }
    }

    LeaderGuess guess() {
        return guess;
    }

    /// What this process may still ask for is remembered, unless its session is over or has outgrown its room.
    void mustRemember(Stamp stamp, Outcome.RequestForgotten forgotten, boolean isInDoubt) {
        boolean isOvertaken = forgotten.session() > stamp.session();
        boolean isCrowdedOut = lastNumber - stamp.number() >= Gateway.OPEN_MAX;
        Check.that(isOvertaken || isCrowdedOut, "what a gateway still asks for is remembered", id, stamp.number());
        Check.that(forgotten.session() <= sessionMax, "a session that was begun", forgotten.session(), sessionMax);
        if (isOvertaken) {
            tally.overtaken();
        }
        if (isInDoubt) {
            tally.keptDoubt();
        }
    }

    /// An errand is over. Only what is not over holds the floor.
    void ended(Delivery delivery) {
        deliveries.remove(delivery);
        Check.that(gateway.open() == deliveries.size(), "a number is open as long as its errand is",
                gateway.open(), deliveries.size());
    }

    private Entropy entropy() {
        return desk.entropy();
    }
}
