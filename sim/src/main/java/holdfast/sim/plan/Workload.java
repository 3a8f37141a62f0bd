package holdfast.sim.plan;

import java.util.ArrayList;
import java.util.List;

/// What the clients do. Each draws its operations by (seed, client, ordinal); a retry is part of its operation.
/// Chances are parts per million, times microseconds.
///
/// @param clients how many, each with one operation at a time
/// @param operations how many each performs
/// @param streams how many streams they share
/// @param thinkMicros typical pause between two operations of a client
/// @param recordsMax records in one append at most
/// @param recordBytesMax bytes in one record at most
/// @param readPpm operations that read a range or a tail
/// @param localPpm reads that ask for the level `local`
/// @param conditionalPpm appends that name the tail they expect
/// @param producerPpm clients that append with a producer id, so that they may retry an unknown outcome
/// @param closePpm operations that close a stream
/// @param deletePpm operations that delete a stream (somebody will create it again)
/// @param attemptMicros how long a client waits for one answer before it calls the outcome unknown
/// @param attemptsMax attempts of one operation at most
/// @param backoffMicros first bound of the pause before a retry; doubled each time (full jitter)
/// @param backoffMaxMicros the bound's own bound
/// @param habits what only some clients do
public record Workload(
        int clients,
        int operations,
        int streams,
        long thinkMicros,
        int recordsMax,
        int recordBytesMax,
        int readPpm,
        int localPpm,
        int conditionalPpm,
        int producerPpm,
        int closePpm,
        int deletePpm,
        long attemptMicros,
        int attemptsMax,
        long backoffMicros,
        long backoffMaxMicros,
        Habits habits) {

    /// Clients that use every verb are numbered from here on, beyond every other client and the auditor.
    public static final int FIRST_VERB_CLIENT = 1_001;

    /// Of each of them.
    public static final int VERB_OPERATIONS = 80;

    /// Full jitter doubles its bound at most so often before the cap decides.
    private static final int DOUBLINGS_MAX = 20;

    private static final int PATIENT_ATTEMPTS = 100;

    /// Bound of the pause after so many attempts of one operation, from 1.
    public long backoffBoundMicros(int attempts) {
        return Math.min(backoffMicros << Math.min(attempts - 1, DOUBLINGS_MAX), backoffMaxMicros);
    }

    /// Whether these clients go on until they are answered: then everything has to succeed.
    public boolean isPatient() {
        return attemptsMax >= PATIENT_ATTEMPTS;
    }

    /// What only some clients do, in parts per million.
    ///
    /// @param numberedPpm clients that number their writes as a gateway does ([holdfast.stream.Stamp]) and so may
    ///     repeat any of them: however many attempts, it is one operation
    /// @param tokenPpm clients whose local reads never go back: each waits for what the client has seen before
    /// @param elsewherePpm attempts to write that ask any node, though a leader is known
    /// @param verbs further clients that use every verb there is, on streams of their own
    /// @param again operations of each client (but those of all verbs) that wait for the calm
    public record Habits(int numberedPpm, int tokenPpm, int elsewherePpm, int verbs, int again) {

        public static final Habits NONE = new Habits(0, 0, 0, 0, 0);
    }

    /// Every operation of every client, in the order of their numbers.
    public List<Plan.Skip> operationsOfAll() {
        ArrayList<Plan.Skip> all = new ArrayList<>();
        for (int client = 1; client < FIRST_VERB_CLIENT + habits.verbs(); client++) {
            for (int operation = 1; operation <= operationsOf(client); operation++) {
                all.add(new Plan.Skip(client, operation));
            }
        }
        return all;
    }

    /// How many operations that client has; 0 if there is no such client.
    public int operationsOf(int client) {
        if (client >= FIRST_VERB_CLIENT) {
            return client < FIRST_VERB_CLIENT + habits.verbs() ? VERB_OPERATIONS : 0;
        }
        return client >= 1 && client <= clients ? operations + habits.again() : 0;
    }
}
