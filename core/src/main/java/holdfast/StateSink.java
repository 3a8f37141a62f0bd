package holdfast;

/// Who is shown a state. Every part of the core shows its own to one (`describe(StateSink)`), in a fixed order: a fingerprint
/// ([StateHash]) is one reader, a text for people another. Names are those of the code, and the same walk is the same for all.
public interface StateSink {

    StateSink add(String name, long value);

    StateSink add(String name, boolean value);

    StateSink add(String name, String value);

    StateSink add(String name, Digest value);

    StateSink add(String name, Bytes value);

    /// What comes until the matching [#end] belongs to a part of that name; several parts may share one.
    StateSink begin(String part);

    StateSink end();
}
