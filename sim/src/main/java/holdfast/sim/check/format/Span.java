package holdfast.sim.check.format;

/// A run of offsets of a stream, and who put it there and who showed it first.
///
/// @param append the operation that wrote it, or [Judgement#NONE]
/// @param shownBy the operation whose answer told where it stands, or [Judgement#NONE]
public record Span(String stream, long from, long to, int append, int shownBy) {}
