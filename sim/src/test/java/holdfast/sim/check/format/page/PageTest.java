package holdfast.sim.check.format.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.sim.check.format.Deed;
import holdfast.sim.check.format.Judgement;
import holdfast.sim.check.format.Judgement.Ruling;
import holdfast.sim.check.format.Placing;
import holdfast.sim.check.format.Span;
import holdfast.sim.history.format.Datum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PageTest {

    private static final int BYTES_MAX = 1_000_000;

    /// So many appends of four clients, one after the other, the last two refuted if `bad`.
    private static Exhibit exhibit(int operations, boolean bad) {
        List<Deed> deeds = new ArrayList<>();
        List<Placing> order = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        long[] times = new long[operations * 2];
        for (int op = 0; op < operations; op++) {
            Deed.Kind kind = op % 17 == 3 ? Deed.Kind.UNKNOWN : Deed.Kind.DONE;
            int returned = kind == Deed.Kind.UNKNOWN && op % 2 == 0 ? Deed.NEVER : op * 2 + 1;
            String asked = op % 3 == 0 ? "read s from 0" : "append s records r" + op;
            String told = "told </script> & \"so\" " + op;
            deeds.add(new Deed(op % 4, op * 2, returned, () -> asked, () -> told, kind, op));
            order.add(new Placing(op, op * 2));
            spans.add(new Span("s", op, op + 1, op, op));
            times[op * 2] = op * 100L;
            times[op * 2 + 1] = op * 100L + 60;
        }
        Judgement judgement = bad
                ? new Judgement(Ruling.NOT_LINEARIZABLE, "a <b> & c", operations, operations / 2, operations / 2 + 2)
                : new Judgement(Ruling.LINEARIZABLE, "", operations, Judgement.NONE, Judgement.NONE);
        List<Exhibit.Mark> marks = List.of(new Exhibit.Mark("node 1", 1, "leads term 1"));
        Datum.Table header = new Datum.Table(List.of(new Datum.Word("seed")), List.of(new Datum.Number(17)));
        return new Exhibit("a&b.jsonl", "stream", header, judgement, deeds, order, spans, marks, times);
    }

    @Test
    @DisplayName("a page needs nothing from elsewhere, and no text can leave its place")
    void selfContained() {
        String html = Page.html(exhibit(50, true));
        assertFalse(Pattern.compile("(src|href)=|https?:|@import|url\\(").matcher(html).find());
        assertTrue(html.contains("default-src 'none'"));
        assertTrue(html.contains("<p id=\"sentence\">a &lt;b&gt; &amp; c</p>"));
        assertTrue(html.contains("a&amp;b.jsonl"));
        assertTrue(html.contains("seed 17"));
        assertEquals(2, html.split("</script>", -1).length - 1);
    }

    @Test
    @DisplayName("the same history gives the same bytes")
    void repeatable() {
        assertEquals(Page.html(exhibit(300, true)), Page.html(exhibit(300, true)));
    }

    @Test
    @DisplayName("a million operations fit into a megabyte: a window around the refuted ones, and a density")
    void window() {
        String html = Page.html(exhibit(1_000_000, true));
        assertTrue(html.length() < BYTES_MAX, html.length() + " bytes");
        assertTrue(html.contains("\n[500002,") && html.contains("[500000,"));
        assertFalse(html.contains("\n[1,"));
        assertTrue(html.contains("\"total\":1000000"));
    }

    static boolean hasBrowser() {
        return Browser.isThere();
    }

    /// What the page said at the end of a script that does what a user would.
    private static String driven(Exhibit exhibit, Path folder, String script) throws IOException, InterruptedException {
        String said = "<script>function key(k) {"
                + " document.dispatchEvent(new KeyboardEvent('keydown', { key: k, bubbles: true })); }"
                + "const said = [];\n(() => {" + script + "})();"
                + "\nconst out = document.createElement('pre'); out.id = 'said';"
                + "out.textContent = said.join('|'); document.body.append(out);</script>\n</body>";
        Path page = folder.resolve("page.html");
        Files.writeString(page, Page.html(exhibit).replace("</body>", said));
        Matcher found = Pattern.compile("<pre id=\"said\">([^<]*)</pre>").matcher(Browser.dom(page, folder));
        assertTrue(found.find(), "the page's scripts ran to their end");
        return found.group(1);
    }

    @Test
    @EnabledIf(value = "hasBrowser", disabledReason = "there is no /usr/bin/chromium")
    @DisplayName("in a browser: it opens on the refuted pair, and search, keys and axis do what they say")
    void browser(@TempDir Path folder) throws IOException, InterruptedException {
        String said = driven(exhibit(400, true), folder, """
                said.push(document.body.dataset.ready, document.getElementById('detail').textContent.includes('operation 200'));
                const atPair = Number(document.body.dataset.visible);
                key('Home');
                const whole = Number(document.body.dataset.visible);
                said.push(atPair < 20, whole);
                const search = document.getElementById('search');
                search.value = 'records r3';
                search.dispatchEvent(new Event('input'));
                said.push(document.body.dataset.matches, document.getElementById('found').textContent);
                key('n');
                said.push(document.getElementById('found').textContent, location.hash);
                search.value = '123';
                search.dispatchEvent(new Event('input'));
                said.push(document.body.dataset.matches, location.hash);
                key('a');
                said.push(document.getElementById('axis').textContent);
                key('w');
                key('-');
                said.push(Number(document.body.dataset.visible) < whole);
                const lanes = document.getElementById('lanes'), box = lanes.getBoundingClientRect();
                key('Home');
                const pen = lanes.getContext('2d');
                const pixels = pen.getImageData(0, 0, lanes.width, lanes.height).data;
                let orange = 0;
                for (let i = 0; i < pixels.length; i += 4)
                  orange += pixels[i] > 200 && pixels[i + 1] < 90 && pixels[i + 2] < 40 ? 1 : 0;
                said.push(orange > 0);
                """);
        assertEquals("yes|true|true|400|72|1 of 72|2 of 72|#op=32|1|#op=123|axis: time|true|true", said);
    }

    @Test
    @EnabledIf(value = "hasBrowser", disabledReason = "there is no /usr/bin/chromium")
    @DisplayName("in a browser: ten thousand operations are drawn, from whichever window")
    void tenThousand(@TempDir Path folder) throws IOException, InterruptedException {
        String said = driven(exhibit(9_000, false), folder, """
                said.push(document.body.dataset.ready, Number(document.body.dataset.visible) < 200);
                key('Home');
                said.push(document.body.dataset.visible, document.getElementById('witness').hidden);
                for (let i = 0; i < 20; i++) key('+');
                said.push(Number(document.body.dataset.visible) < 400);
                """);
        assertEquals("yes|true|9000|true|true", said);
    }
}
