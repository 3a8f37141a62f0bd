package holdfast.sim.work;

import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;

/// Keeps an honest history: every attempt from the moment it is sent to the moment its answer arrives.
public interface Recorder {

    /// Returns the number of the operation.
    int invoked(int client, Call call);

    void answered(int op, int client, Answer answer);

    /// Something befell a gateway that no answer tells.
    void befell(int gateway, String what);
}
