package holdfast.server.ops;

import java.util.Locale;

/// Writes metrics as Prometheus reads them (text format 0.0.4): each family once, with its help and type.
final class MetricsText {

    private static final double MICROS = 1e6;

    private final StringBuilder out = new StringBuilder(4 << 10);

    MetricsText counter(String name, String help, long value) {
        family(name, "counter", help);
        return sample(name, "", value);
    }

    MetricsText gauge(String name, String help, long value) {
        family(name, "gauge", help);
        return sample(name, "", value);
    }

    /// Seconds as a fraction, from microseconds.
    MetricsText seconds(String name, String type, String help, long micros) {
        family(name, type, help);
        out.append(name).append(' ').append(String.format(Locale.ROOT, "%.6f", micros / MICROS)).append('\n');
        return this;
    }

    MetricsText family(String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /// `labels` as in `peer="2"`; empty for none.
    MetricsText sample(String name, String labels, long value) {
        out.append(name);
        if (!labels.isEmpty()) {
            out.append('{').append(labels).append('}');
        }
        out.append(' ').append(value).append('\n');
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
