package holdfast.sim.check.format.page;

import holdfast.sim.check.format.Deed;
import holdfast.sim.check.format.Judgement;
import holdfast.sim.check.format.Placing;
import holdfast.sim.check.format.Span;
import holdfast.sim.history.format.Datum;
import holdfast.sim.history.format.DatumText;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Writes the page. It needs no network. Of a history of more than [#OPERATIONS_MAX] operations it holds a window: the
/// ones around those refuted, or the first ones, as many as fit into [#BYTES_MAX]; the rest is there as a density.
public final class Page {

    private static final int OPERATIONS_MAX = 12_000;
    private static final int BYTES_MAX = 900_000;
    private static final int TEXT_MAX = 140;
    private static final int BUCKETS = 600;
    private static final int MARKS_MAX = 1_000;

    private final Exhibit exhibit;
    private final int operations;
    private final StringBuilder out = new StringBuilder();

    /// @param operations how many are shown at most
    private Page(Exhibit exhibit, int operations) {
        this.exhibit = exhibit;
        this.operations = operations;
    }

    /// The page as HTML.
    public static String html(Exhibit exhibit) {
        int operations = OPERATIONS_MAX;
        String html = new Page(exhibit, operations).write();
        while (exhibit.deeds().size() > OPERATIONS_MAX && html.length() > BYTES_MAX) {
            operations = (int) (operations * 95L * BYTES_MAX / 100 / html.length());
            html = new Page(exhibit, operations).write();
        }
        return html;
    }

    private String write() {
        String title = escaped(exhibit.title());
        out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                + "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n");
        out.append("<title>").append(title).append(": ").append(exhibit.judgement().ruling().text()).append("</title>\n");
        out.append("<style>\n").append(PageStyle.CSS).append("</style>\n</head>\n<body>\n");
        header(title);
        out.append(PageStyle.BODY);
        out.append("<script type=\"application/json\" id=\"data\">");
        data();
        out.append("</script>\n<script>\n").append(PageScript.MODEL).append(PageDrawing.SCRIPT).append(PageInput.SCRIPT);
        return out.append("</script>\n</body>\n</html>\n").toString();
    }

    private void header(String title) {
        Judgement judgement = exhibit.judgement();
        String style = switch (judgement.ruling()) {
            case LINEARIZABLE -> "good";
            case NOT_LINEARIZABLE -> "bad";
            case UNDECIDED -> "open";
        };
        out.append("<header>\n<h1>").append(title).append(" <span class=\"").append(style).append("\">");
        out.append(judgement.ruling().text()).append("</span></h1>\n<p>");
        out.append(judgement.operations()).append(" operations on a ").append(escaped(exhibit.model()));
        for (int i = 0; i < exhibit.header().keys().size(); i++) {
            String name = exhibit.header().keys().get(i).name();
            if (!name.equals("holdfast-history")) {
                Datum value = exhibit.header().values().get(i);
                String text = value.name().isEmpty() ? DatumText.edn(value) : value.name();
                out.append("; ").append(escaped(name)).append(' ').append(escaped(text));
            }
        }
        out.append("</p>\n");
        if (!judgement.reason().isEmpty()) {
            out.append("<p id=\"sentence\">").append(escaped(judgement.reason())).append("</p>\n");
        }
        out.append("</header>\n");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    // ---- data ----------------------------------------------------------------------------------------------

    private void data() {
        TreeSet<Integer> shown = window();
        out.append("{\"first\":").append(exhibit.judgement().first());
        out.append(",\"second\":").append(exhibit.judgement().second());
        out.append(",\"refuted\":").append(exhibit.judgement().ruling() == Judgement.Ruling.NOT_LINEARIZABLE);
        out.append(",\"total\":").append(exhibit.deeds().size()).append(",\"events\":").append(events());
        out.append(",\"timed\":").append(exhibit.times().length > 0);
        out.append(",\"density\":").append(density());
        ops(shown);
        spans(shown);
        marks();
        out.append('}');
    }

    private int events() {
        int events = 0;
        for (Deed deed : exhibit.deeds()) {
            events = Math.max(events, 1 + (deed.returned() == Deed.NEVER ? deed.called() : deed.returned()));
        }
        return events;
    }

    /// The operations that are shown: from the refuted ones outwards, or from the first one on.
    private TreeSet<Integer> window() {
        int all = exhibit.deeds().size();
        int first = exhibit.judgement().first();
        int second = exhibit.judgement().second();
        int centre = Math.max(0, second < 0 ? first : second);
        int low = Math.max(0, Math.min(centre - operations / 2, all - operations));
        TreeSet<Integer> shown = new TreeSet<>();
        for (int op = low; op < Math.min(all, low + operations); op++) {
            shown.add(op);
        }
        if (first >= 0) {
            shown.add(first);
        }
        return shown;
    }

    private void ops(TreeSet<Integer> shown) {
        int[] points = new int[exhibit.deeds().size()];
        int[] ranks = new int[exhibit.deeds().size()];
        Arrays.fill(points, -1);
        int rank = 0;
        for (Placing placing : exhibit.order()) {
            points[placing.op()] = placing.event();
            ranks[placing.op()] = rank++;
        }
        out.append(",\n\"ops\":[");
        String between = "";
        for (int op : shown) {
            Deed deed = exhibit.deeds().get(op);
            out.append(between).append('[').append(op).append(',').append(deed.lane());
            number(deed.called());
            number(deed.returned() == Deed.NEVER ? -1 : deed.returned());
            number(deed.kind().ordinal());
            number(points[op]);
            number(points[op] < 0 ? -1 : ranks[op]);
            number(deed.tail());
            text(shortened(deed.asked().get()));
            text(shortened(deed.told().get()));
            if (exhibit.times().length > 0) {
                number(exhibit.times()[deed.called()]);
                number(deed.returned() == Deed.NEVER ? -1 : exhibit.times()[deed.returned()]);
            }
            out.append(']');
            between = ",\n";
        }
        out.append(']');
    }

    private void spans(TreeSet<Integer> shown) {
        out.append(",\n\"spans\":[");
        String between = "";
        for (Span span : exhibit.spans()) {
            if (shown.contains(span.append()) || shown.contains(span.shownBy())) {
                out.append(between).append('[').append(span.from());
                number(span.to());
                number(span.append());
                number(span.shownBy());
                text(shortened(span.stream()));
                out.append(']');
                between = ",\n";
            }
        }
        out.append(']');
    }

    private void marks() {
        TreeMap<String, StringBuilder> lanes = new TreeMap<>();
        int left = MARKS_MAX;
        for (Exhibit.Mark mark : exhibit.marks()) {
            if (left-- > 0) {
                StringBuilder lane = lanes.computeIfAbsent(mark.lane(), _ -> new StringBuilder());
                lane.append(lane.isEmpty() ? "" : ",").append('[').append(mark.event()).append(',');
                lane.append(quoted(shortened(mark.text()))).append(']');
            }
        }
        out.append(",\n\"marks\":{");
        String between = "";
        for (Map.Entry<String, StringBuilder> lane : lanes.entrySet()) {
            out.append(between).append(quoted(lane.getKey())).append(":[").append(lane.getValue().toString()).append(']');
            between = ",";
        }
        out.append('}');
    }

    /// How many operations were called in each of so many equal stretches of the history.
    private String density() {
        int[] counts = new int[BUCKETS];
        long events = Math.max(1, events());
        for (Deed deed : exhibit.deeds()) {
            counts[(int) (deed.called() * (long) BUCKETS / events)]++;
        }
        return Arrays.toString(counts).replace(" ", "");
    }

    private void number(long value) {
        out.append(',').append(value);
    }

    private void text(String text) {
        out.append(',').append(quoted(text));
    }

    /// A JSON text that cannot end the script it stands in.
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        DatumText.quoted(quoted, text);
        return quoted.toString().replace("<", "\\u003c");
    }

    private static String shortened(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX - 2) + "..";
    }
}
