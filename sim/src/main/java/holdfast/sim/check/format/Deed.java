package holdfast.sim.check.format;

/// One operation as a picture shows it.
///
/// @param lane whose row it belongs to
/// @param called number of the event that called it
/// @param returned number of the event that answered it, or [#NEVER]
/// @param asked what was asked for
/// @param told what was told
/// @param kind what became of it
/// @param tail the end of the stream that was told, or [#UNTOLD]
public record Deed(int lane, int called, int returned, String asked, String told, Kind kind, long tail) {

    public static final int NEVER = Integer.MAX_VALUE;
    public static final long UNTOLD = -1;

    /// What became of an operation.
    public enum Kind {
        DONE,
        FAILED,
        UNKNOWN
    }
}
