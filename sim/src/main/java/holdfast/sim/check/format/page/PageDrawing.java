package holdfast.sim.check.format.page;

/// How the page draws: lanes, the line of the order, the panel of offsets, the overview.
final class PageDrawing {

    private PageDrawing() {}

    static final String SCRIPT = """
            const LEFT = 74, ROW = 24, BAR = 16, TOP = 18;
            const INK = '#1c2126', QUIET = '#66707a', WRITE = '#1d4f7c', READ = '#9fc3df', UNKNOWN = '#b79b3c';
            const GREY = '#c9ced3', REFUTED = '#d9480f', ORDER = '#2f7d4f';
            const canvases = { overview: null, lanes: null, offsets: null };
            let hatch = null;
            function prepare(name, height) {
              const canvas = document.getElementById(name), ratio = window.devicePixelRatio || 1;
              const width = canvas.clientWidth || 1000;
              canvas.style.height = height + 'px';
              canvas.width = Math.round(width * ratio);
              canvas.height = Math.round(height * ratio);
              const pen = canvas.getContext('2d');
              pen.setTransform(ratio, 0, 0, ratio, 0, 0);
              pen.font = '11px system-ui, sans-serif';
              pen.textBaseline = 'middle';
              canvases[name] = { canvas, pen, width, height };
              return canvases[name];
            }
            function stripes(pen) {
              const tile = document.createElement('canvas');
              tile.width = tile.height = 8;
              const t = tile.getContext('2d');
              t.strokeStyle = UNKNOWN;
              t.lineWidth = 2;
              for (const x of [-8, 0, 8]) { t.beginPath(); t.moveTo(x, 8); t.lineTo(x + 8, 0); t.stroke(); }
              return pen.createPattern(tile, 'repeat');
            }
            function scale(width) {
              const factor = (width - LEFT - 10) / (state.high - state.low);
              return value => LEFT + (value - state.low) * factor;
            }
            function clipped(surface, work) {
              surface.pen.save();
              surface.pen.beginPath();
              surface.pen.rect(LEFT, 0, surface.width - LEFT, surface.height);
              surface.pen.clip();
              work();
              surface.pen.restore();
            }
            function colourOf(o) {
              if (pair.includes(o)) return REFUTED;
              if (data.refuted && o !== state.pinned && o !== state.hovered) return o.reads ? '#e3e6e9' : GREY;
              return o.reads ? READ : WRITE;
            }
            function drawBar(pen, o, x, x2, y) {
              const width = Math.max(x2 - x, 1.5);
              if (o.kind === KIND.UNKNOWN) {
                pen.fillStyle = hatch;
                pen.fillRect(x, y, width, BAR);
                pen.strokeStyle = UNKNOWN;
                pen.strokeRect(x, y, width, BAR);
              } else if (o.kind === KIND.FAILED) {
                pen.strokeStyle = QUIET;
                pen.strokeRect(x, y, width, BAR);
              } else {
                pen.fillStyle = colourOf(o);
                pen.fillRect(x, y, width, BAR);
              }
              if (pair.includes(o) || state.matches.includes(o) || o === state.pinned || o === state.hovered) {
                pen.strokeStyle = INK;
                pen.lineWidth = 2;
                pen.strokeRect(x - 1, y - 1, width + 2, BAR + 2);
                pen.lineWidth = 1;
              }
              if (width > 46) {
                const dark = o.kind === KIND.DONE && (pair.includes(o) || !o.reads) && colourOf(o) !== GREY;
                pen.fillStyle = dark ? '#fff' : INK;
                pen.save();
                pen.beginPath();
                pen.rect(Math.max(x, LEFT), y, x + width - Math.max(x, LEFT) - 3, BAR);
                pen.clip();
                pen.fillText(o.asked, Math.max(x, LEFT) + 4, y + BAR / 2 + 0.5);
                pen.restore();
              }
            }
            const laneTop = o => TOP + laneOf.get(o.lane) * ROW;
            function drawLanes() {
              const rows = laneNames.length + markLanes.length;
              const surface = prepare('lanes', TOP + rows * ROW + 8), pen = surface.pen, x = scale(surface.width);
              hatch = stripes(pen);
              pen.fillStyle = QUIET;
              laneNames.forEach((name, i) => pen.fillText('client ' + name, 8, TOP + i * ROW + BAR / 2));
              markLanes.forEach((name, i) => pen.fillText(name, 8, TOP + (laneNames.length + i) * ROW + BAR / 2));
              let visible = 0;
              clipped(surface, () => {
                drawTicks(pen, surface, x);
                drawPair(pen, x);
                for (const o of ops) {
                  const right = o.to < 0 ? surface.width : x(end(o));
                  const left = x(start(o));
                  if (right < LEFT || left > surface.width) continue;
                  visible++;
                  drawBar(pen, o, left, right, laneTop(o));
                }
                if (visible < 900) drawOrder(pen, surface, x);
                drawMarks(pen, surface, x);
              });
              document.body.dataset.visible = visible;
            }
            function drawTicks(pen, surface, x) {
              const span = state.high - state.low;
              let step = Math.pow(10, Math.floor(Math.log10(span / 4)));
              if (!state.byTime) step = Math.max(1, step);
              if (span / step > 20) step *= 5;
              pen.strokeStyle = '#eef0f2';
              pen.fillStyle = QUIET;
              for (let v = Math.ceil(state.low / step) * step; v < state.high; v += step) {
                pen.beginPath();
                pen.moveTo(x(v), TOP - 4);
                pen.lineTo(x(v), surface.height);
                pen.stroke();
                pen.fillText(String(Math.round(v * 1000) / 1000), x(v) + 2, 8);
              }
            }
            function drawOrder(pen, surface, x) {
              const placed = ops.filter(o => o.point >= 0).sort((a, b) => a.rank - b.rank);
              pen.strokeStyle = ORDER;
              pen.fillStyle = ORDER;
              pen.globalAlpha = 0.8;
              pen.beginPath();
              let last = -1, shift = 0, begun = false;
              const dots = [];
              for (const o of placed) {
                shift = o.point === last ? Math.min(shift + 0.12, 0.9) : 0.15;
                last = o.point;
                const unit = state.byTime ? 0 : shift;
                const px = Math.min(x(at(o.point) + unit), o.to < 0 ? Infinity : x(end(o)));
                const py = laneTop(o) + BAR / 2;
                if (begun) pen.lineTo(px, py); else pen.moveTo(px, py);
                begun = true;
                if (px >= LEFT && px <= surface.width) dots.push([px, py]);
              }
              pen.stroke();
              pen.globalAlpha = 1;
              for (const [px, py] of dots) { pen.beginPath(); pen.arc(px, py, 3, 0, 7); pen.fill(); }
            }
            function drawMarks(pen, surface, x) {
              markLanes.forEach((name, i) => {
                const y = TOP + (laneNames.length + i) * ROW, marks = data.marks[name];
                marks.forEach((mark, k) => {
                  const left = x(at(mark[0])), right = k + 1 < marks.length ? x(at(marks[k + 1][0])) : surface.width;
                  pen.fillStyle = k % 2 ? '#e6dcc3' : '#f2ecdc';
                  pen.fillRect(left, y, Math.max(right - left, 2), BAR);
                  pen.fillStyle = INK;
                  if (right - Math.max(left, LEFT) > 30) {
                    pen.save();
                    pen.beginPath();
                    pen.rect(left, y, right - left, BAR);
                    pen.clip();
                    pen.fillText(mark[1], Math.max(left, LEFT) + 3, y + BAR / 2);
                    pen.restore();
                  }
                });
              });
            }
            function drawPair(pen, x) {
              if (pair.length < 2) return;
              pen.strokeStyle = REFUTED;
              pen.lineWidth = 2;
              pen.setLineDash([5, 3]);
              pen.beginPath();
              pen.moveTo(x(first.to < 0 ? start(first) : end(first)), laneTop(first) + BAR / 2);
              pen.lineTo(x(start(second)), laneTop(second) + BAR / 2);
              pen.stroke();
              pen.setLineDash([]);
              pen.lineWidth = 1;
            }
            function drawOffsets() {
              const tails = ops.filter(o => o.tail >= 0 && o.to >= 0);
              const canvas = document.getElementById('offsets');
              if (!tails.length && !data.spans.length) { canvas.hidden = true; return; }
              const surface = prepare('offsets', 220), pen = surface.pen, x = scale(surface.width);
              let low = Infinity, high = 0;
              const seen = o => o && x(end(o)) >= LEFT && x(start(o)) <= surface.width;
              for (const o of tails) if (seen(o)) { low = Math.min(low, o.tail); high = Math.max(high, o.tail); }
              const spans = data.spans.filter(s => seen(byNumber.get(s[2])) || seen(byNumber.get(s[3])));
              for (const s of spans) { low = Math.min(low, s[0]); high = Math.max(high, s[1]); }
              if (low === Infinity) low = 0;
              high = Math.max(high, low + 1);
              const y = value => surface.height - 16 - (value - low) / (high - low) * (surface.height - 44);
              pen.fillStyle = QUIET;
              pen.fillText('offset', 8, 9);
              for (const v of [low, Math.round((low + high) / 2), high]) pen.fillText(String(v), 8, y(v));
              clipped(surface, () => {
                spans.forEach(s => drawSpan(pen, x, y, s));
                for (const o of tails) drawTail(pen, x, y, o);
                if (pair.length === 2 && first.tail >= 0 && second.tail >= 0) {
                  pen.strokeStyle = REFUTED;
                  pen.setLineDash([5, 3]);
                  pen.beginPath();
                  pen.moveTo(x(end(first)), y(first.tail));
                  pen.lineTo(x(start(second)), y(second.tail));
                  pen.stroke();
                  pen.setLineDash([]);
                }
              });
            }
            // A batch, from the call that wrote it to the answer that first showed it.
            function drawSpan(pen, x, y, s) {
              const append = byNumber.get(s[2]), shown = byNumber.get(s[3]);
              const left = x(start(append || shown));
              const right = shown ? x(end(shown)) : append && append.to >= 0 ? x(end(append)) : left;
              const marked = pair.includes(append) || pair.includes(shown);
              pen.fillStyle = append ? marked ? REFUTED : data.refuted ? GREY : WRITE : hatch;
              pen.globalAlpha = 0.75;
              pen.fillRect(Math.min(left, right), y(s[1]) + 0.5, Math.max(Math.abs(right - left), 2),
                Math.max(y(s[0]) - y(s[1]) - 1, 1));
              pen.globalAlpha = 1;
            }
            // What was told as the end of the stream: a line as long as the operation, a dot at the answer.
            function drawTail(pen, x, y, o) {
              const marked = pair.includes(o);
              pen.strokeStyle = pen.fillStyle = marked ? REFUTED : o.reads ? '#4f86ad' : INK;
              pen.lineWidth = marked ? 2.5 : 1;
              pen.beginPath();
              pen.moveTo(x(start(o)), y(o.tail));
              pen.lineTo(x(end(o)), y(o.tail));
              pen.stroke();
              pen.beginPath();
              pen.arc(x(end(o)), y(o.tail), marked ? 5 : 2, 0, 7);
              pen.fill();
              pen.lineWidth = 1;
            }
            function drawOverview() {
              const surface = prepare('overview', 34), pen = surface.pen;
              const most = Math.max(1, ...data.density), step = (surface.width - LEFT - 10) / data.density.length;
              pen.fillStyle = QUIET;
              pen.fillText(data.total === ops.length ? 'all' : ops.length + ' shown', 8, 17);
              pen.fillStyle = '#a9b4bd';
              data.density.forEach((count, i) =>
                pen.fillRect(LEFT + i * step, 32 - 28 * count / most, Math.max(step, 0.8), 28 * count / most));
              const across = event => LEFT + event / Math.max(1, data.events) * (surface.width - LEFT - 10);
              const shown = state.byTime ? ops.filter(o => end(o) >= state.low && start(o) <= state.high) : null;
              const low = shown ? shown.reduce((a, o) => Math.min(a, o.from), data.events) : state.low;
              const high = shown ? shown.reduce((a, o) => Math.max(a, o.to), 0) : state.high;
              pen.strokeStyle = INK;
              pen.lineWidth = 2;
              pen.strokeRect(across(Math.max(low, 0)), 2,
                Math.max(across(Math.min(high, data.events)) - across(Math.max(low, 0)), 3), 30);
              for (const o of pair) {
                pen.fillStyle = REFUTED;
                pen.fillRect(across(o.from) - 1.5, 0, 3, 34);
              }
            }
            function draw() { drawOverview(); drawLanes(); drawOffsets(); }
            """;
}
