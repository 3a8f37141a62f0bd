package holdfast.sim.check.format;

import java.util.function.Supplier;

/// One operation as a picture shows it.
///
/// @param lane whose row it belongs to
/// @param called number of the event that called it
/// @param returned number of the event that answered it, or [#NEVER]
/// @param asked what was asked for; of a long history only a few are ever shown, so the words are made on demand
/// @param told what was told
/// @param kind what became of it
/// @param tail the end of the stream that was told, or [#UNTOLD]
public record Deed(int lane, int called, int returned, Supplier<String> asked, Supplier<String> told, Kind kind,
        long tail) {

    public static final int NEVER = Integer.MAX_VALUE;
    public static final long UNTOLD = -1;

    /// What became of an operation.
    public enum Kind {
        DONE,
        FAILED,
        UNKNOWN
    }
}
