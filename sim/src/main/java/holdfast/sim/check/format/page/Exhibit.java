package holdfast.sim.check.format.page;

import holdfast.sim.check.format.Deed;
import holdfast.sim.check.format.Judgement;
import holdfast.sim.check.format.Placing;
import holdfast.sim.check.format.Span;
import holdfast.sim.history.format.Datum;
import java.util.List;

/// Everything a page shows.
///
/// @param title the name of the file
/// @param model the word for the object
/// @param header what the file says about all of it: seed, plan, how to replay
/// @param deeds the operations, by number
/// @param order the order that explains them, or the longest
/// @param spans what stands where in streams
/// @param marks what others than clients did, in order of time
/// @param times the time of each event in the file's own unit, empty when it has none
public record Exhibit(
        String title,
        String model,
        Datum.Table header,
        Judgement judgement,
        List<Deed> deeds,
        List<Placing> order,
        List<Span> spans,
        List<Mark> marks,
        long[] times) {

    /// Something that happened to a node or to the network.
    ///
    /// @param lane whose row it is
    /// @param event number of the client's event before which it happened
    public record Mark(String lane, int event, String text) {}
}
