package holdfast.sim.check.format.page;

/// The page's data and the window on it.
final class PageScript {

    private PageScript() {}

    static final String MODEL = """
            'use strict';
            const data = JSON.parse(document.getElementById('data').textContent);
            const KIND = { DONE: 0, FAILED: 1, UNKNOWN: 2 };
            const READS = ['read', 'tail', 'get', 'check', 'contains', 'peek'];
            const ops = data.ops.map(r => ({ op: r[0], lane: r[1], from: r[2], to: r[3], kind: r[4], point: r[5],
              rank: r[6], tail: r[7], asked: r[8], told: r[9], startTime: r[10], endTime: r[11],
              reads: READS.some(word => r[8].startsWith(word)) }));
            const byNumber = new Map(ops.map(o => [o.op, o]));
            const first = byNumber.get(data.first), second = byNumber.get(data.second);
            const pair = [first, second].filter(o => o);
            const laneNames = [...new Set(ops.map(o => o.lane))].sort((a, b) => a - b);
            const laneOf = new Map(laneNames.map((name, i) => [name, i]));
            const markLanes = Object.keys(data.marks);
            const state = { byTime: false, low: 0, high: 1, pinned: null, hovered: null, matches: [], match: -1 };

            // Times of events, to place what happens between operations on the axis of time.
            const clock = [];
            if (data.timed) {
              for (const o of ops) {
                clock.push([o.from, o.startTime]);
                if (o.to >= 0) clock.push([o.to, o.endTime]);
              }
              clock.sort((a, b) => a[0] - b[0]);
            }
            function timeOf(event) {
              let low = 0, high = clock.length - 1;
              while (low < high) {
                const middle = (low + high + 1) >> 1;
                if (clock[middle][0] <= event) low = middle; else high = middle - 1;
              }
              return clock.length ? clock[low][1] : event;
            }
            const at = event => state.byTime ? timeOf(event) : event;
            const start = o => state.byTime ? o.startTime : o.from;
            const end = o => o.to < 0 ? edges()[1] : state.byTime ? o.endTime : o.to;

            // The ends of everything that the page holds, in units of the axis.
            let cachedEdges = null;
            function edges() {
              if (cachedEdges) return cachedEdges;
              let low = Infinity, high = -Infinity;
              for (const o of ops) {
                low = Math.min(low, start(o));
                high = Math.max(high, o.to < 0 ? start(o) : state.byTime ? o.endTime : o.to);
              }
              if (!(low < high)) { low = low === Infinity ? 0 : low; high = low + 1; }
              const margin = (high - low) * 0.02 || 1;
              cachedEdges = [low - margin, high + margin];
              return cachedEdges;
            }
            function look(low, high) {
              const [least, most] = edges();
              const width = Math.min(Math.max(high - low, (most - least) / 1e6, state.byTime ? 1e-9 : 2), most - least);
              state.low = Math.min(Math.max(low, least), most - width);
              state.high = state.low + width;
              draw();
            }
            function lookAt(chosen, context) {
              const low = Math.min(...chosen.map(start)), high = Math.max(...chosen.map(o => o.to < 0 ? start(o) : end(o)));
              const width = Math.max(high - low, state.byTime ? (edges()[1] - edges()[0]) / 200 : 8);
              look(low - width * context, high + width * context);
            }
            function whole() { look(...edges()); }
            function witness() { if (pair.length) lookAt(pair, 0.6); else whole(); }
            function describe(o) {
              const place = o.point < 0 ? '' : ', takes effect as number ' + (o.rank + 1) + ' of the order';
              return 'operation ' + o.op + ' of client ' + o.lane + ', events ' + o.from + ' to '
                + (o.to < 0 ? 'never' : o.to) + (data.timed ? ', time ' + o.startTime + ' to '
                + (o.to < 0 ? 'never' : o.endTime) : '') + place + '\\nasked: ' + o.asked + '\\ntold:  ' + o.told;
            }
            """;
}
