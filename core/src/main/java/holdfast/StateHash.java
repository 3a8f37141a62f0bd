package holdfast;

/// A rolling 64-bit fingerprint of canonical state, whatever its parts are called. Not cryptographic: it tells two runs apart,
/// not two adversaries.
public final class StateHash implements StateSink {

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private long state = 0x243F6A8885A308D3L;

    public StateHash add(long value) {
        long mixed = (state ^ value) * MULTIPLIER;
        state = mixed ^ (mixed >>> 29);
        return this;
    }

    public StateHash add(boolean value) {
        return add(value ? 1 : 2);
    }

    public StateHash add(Digest digest) {
        return add(digest.high()).add(digest.low());
    }

    public StateHash add(Bytes bytes) {
        add(bytes.size());
        for (int i = 0; i < bytes.size(); i++) {
            add(bytes.get(i));
        }
        return this;
    }

    public StateHash add(String text) {
        add(text.length());
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
        return this;
    }

    @Override
    public StateHash add(String name, long value) {
        return add(value);
    }

    @Override
    public StateHash add(String name, boolean value) {
        return add(value);
    }

    @Override
    public StateHash add(String name, String value) {
        return add(value);
    }

    @Override
    public StateHash add(String name, Digest value) {
        return add(value);
    }

    @Override
    public StateHash add(String name, Bytes value) {
        return add(value);
    }

    @Override
    public StateHash begin(String part) {
        return this;
    }

    @Override
    public StateHash end() {
        return this;
    }

    public long value() {
        return state;
    }
}
