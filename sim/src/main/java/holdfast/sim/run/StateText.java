package holdfast.sim.run;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.StateSink;

/// A state as lines for people: a name and a value each, parts indented.
public final class StateText implements StateSink {

    private static final int INDENT = 2;
    private static final int NAME_WIDTH = 20;

    private final StringBuilder text = new StringBuilder();
    private int depth;

    @Override
    public StateSink add(String name, long value) {
        return line(name, Long.toString(value));
    }

    @Override
    public StateSink add(String name, boolean value) {
        return line(name, value ? "yes" : "no");
    }

    @Override
    public StateSink add(String name, String value) {
        return line(name, value.isEmpty() ? "(none)" : value);
    }

    @Override
    public StateSink add(String name, Digest value) {
        return line(name, value.toString());
    }

    @Override
    public StateSink add(String name, Bytes value) {
        return line(name, value.toString());
    }

    private StateSink line(String name, String value) {
        text.repeat(' ', INDENT * depth).append(name).repeat(' ', Math.max(1, NAME_WIDTH - name.length()));
        text.append(value).append('\n');
        return this;
    }

    @Override
    public StateSink begin(String part) {
        text.repeat(' ', INDENT * depth).append(part).append('\n');
        depth++;
        return this;
    }

    @Override
    public StateSink end() {
        depth--;
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
