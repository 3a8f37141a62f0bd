package holdfast.sim.check.format.page;

/// What the page looks like before the script draws.
final class PageStyle {

    private PageStyle() {}

    static final String CSS = """
            :root { --ink: #1c2126; --quiet: #66707a; --line: #d5dade; --paper: #fff; }
            * { box-sizing: border-box; }
            body { margin: 0; color: var(--ink); background: var(--paper); font: 14px/1.45 system-ui, sans-serif; }
            header { padding: 14px 18px 6px; }
            h1 { font-size: 18px; margin: 0; overflow-wrap: anywhere; }
            h1 span { border-radius: 3px; padding: 1px 8px; color: #fff; white-space: nowrap; }
            .good { background: #1f6f43; }
            .bad { background: #a3210e; }
            .open { background: #6b5a00; }
            header p { margin: 4px 0 0; color: var(--quiet); max-width: 120ch; }
            #sentence { color: var(--ink); border-left: 4px solid #a3210e; padding-left: 10px; overflow-wrap: anywhere; }
            nav { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 8px 18px; }
            nav button, nav input { font: inherit; padding: 3px 10px; border: 1px solid #9aa4ad; border-radius: 3px;
              background: #fff; color: var(--ink); }
            nav button:focus-visible, nav input:focus-visible, canvas:focus-visible { outline: 3px solid #2b6cb0; }
            nav output { color: var(--quiet); }
            canvas { display: block; width: 100%; touch-action: none; cursor: grab; }
            #overview { height: 34px; border-top: 1px solid var(--line); cursor: pointer; }
            #lanes, #offsets { border-top: 1px solid var(--line); }
            #offsets { height: 220px; }
            #detail { margin: 0; padding: 10px 18px; border-top: 1px solid var(--line); min-height: 88px;
              font: 12.5px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
            footer { padding: 8px 18px 16px; color: var(--quiet); font-size: 12.5px; max-width: 130ch; }
            kbd { border: 1px solid #9aa4ad; border-radius: 3px; padding: 0 4px; font-size: 12px; }
            """;

    static final String BODY = """
            <nav>
            <button id="whole">whole window</button>
            <button id="witness">refuted pair</button>
            <button id="axis">axis: order of events</button>
            <input id="search" type="search" placeholder="find: text, or operation number" aria-label="find operations">
            <button id="previous" aria-label="previous match">&lt;</button>
            <button id="next" aria-label="next match">&gt;</button>
            <output id="found"></output>
            </nav>
            <canvas id="overview" height="34" aria-label="density of the whole history, with the part that is shown"></canvas>
            <canvas id="lanes" tabindex="0" aria-label="operations by client over time"></canvas>
            <canvas id="offsets" height="220" aria-label="offsets over time"></canvas>
            <pre id="detail" aria-live="polite">Point at an operation; click to pin it.</pre>
            <footer>Dark bars write, light bars read, hatched ones have an unknown outcome and may take effect later or never,
            hollow ones certainly had no effect. Dots joined by a line are an order that explains the history (in a refuted
            one, the longest); they show when fewer than 900 operations are in view. <kbd>&larr;</kbd>
            <kbd>&rarr;</kbd> move, <kbd>+</kbd> <kbd>-</kbd> zoom, <kbd>Home</kbd> whole,
            <kbd>w</kbd> refuted pair, <kbd>a</kbd> axis, <kbd>/</kbd> find, <kbd>n</kbd> <kbd>p</kbd> next and previous
            match.</footer>
            """;
}
