package holdfast.sim.check.format.page;

/// What the page does when it is pointed at, dragged, typed into or opened by a link.
final class PageInput {

    private PageInput() {}

    static final String SCRIPT = """
            const element = id => document.getElementById(id);
            function operationAt(event) {
              const box = element('lanes').getBoundingClientRect(), x = scale(canvases.lanes.width);
              const px = event.clientX - box.left, py = event.clientY - box.top;
              let best = null, distance = 4;
              for (const o of ops) {
                const top = laneTop(o);
                if (py < top - 3 || py > top + BAR + 3) continue;
                const left = x(start(o)), right = o.to < 0 ? canvases.lanes.width : x(end(o));
                const off = px < left ? left - px : px > right ? px - right : 0;
                if (off < distance) { best = o; distance = off || 0.001; }
              }
              return best;
            }
            function show(o) { element('detail').textContent = describe(o); }
            function pin(o) {
              state.pinned = o;
              if (o) { show(o); history.replaceState(null, '', '#op=' + o.op); }
              draw();
            }
            function find(text) {
              const wanted = text.trim();
              const number = /^[0-9]+$/.test(wanted) ? Number(wanted) : -1;
              state.matches = wanted === '' ? []
                : ops.filter(o => o.op === number || number < 0 && (o.asked + ' ' + o.told).includes(wanted));
              state.match = -1;
              element('found').textContent = wanted === '' ? '' : state.matches.length + ' found';
              document.body.dataset.matches = state.matches.length;
              if (state.matches.length) step(1); else draw();
            }
            function step(by) {
              if (!state.matches.length) return;
              state.match = (state.match + by + state.matches.length) % state.matches.length;
              const o = state.matches[state.match];
              element('found').textContent = (state.match + 1) + ' of ' + state.matches.length;
              const width = state.high - state.low;
              if (start(o) < state.low || start(o) > state.high) look(start(o) - width / 2, start(o) + width / 2);
              pin(o);
            }
            function zoom(factor, middle) {
              const centre = middle === undefined ? (state.low + state.high) / 2 : middle;
              look(centre - (centre - state.low) * factor, centre + (state.high - centre) * factor);
            }
            function move(part) {
              const by = (state.high - state.low) * part;
              look(state.low + by, state.high + by);
            }
            function switchAxis() {
              if (!data.timed) return;
              const middle = ops.filter(o => start(o) >= state.low && start(o) <= state.high);
              state.byTime = !state.byTime;
              cachedEdges = null;
              element('axis').textContent = state.byTime ? 'axis: time' : 'axis: order of events';
              if (middle.length) lookAt(middle, 0.02); else whole();
            }
            function valueAt(event, name) {
              const box = element(name).getBoundingClientRect();
              const across = (event.clientX - box.left - LEFT) / (box.width - LEFT - 10);
              return state.low + across * (state.high - state.low);
            }
            for (const name of ['lanes', 'offsets']) {
              const canvas = element(name);
              let dragged = null;
              canvas.addEventListener('wheel', event => {
                event.preventDefault();
                if (event.shiftKey) move(event.deltaY > 0 ? 0.1 : -0.1);
                else zoom(event.deltaY > 0 ? 1.25 : 0.8, valueAt(event, name));
              }, { passive: false });
              canvas.addEventListener('pointerdown', event => {
                dragged = { x: event.clientX, low: state.low, high: state.high, moved: false };
                canvas.setPointerCapture(event.pointerId);
              });
              canvas.addEventListener('pointermove', event => {
                if (dragged) {
                  const by = (dragged.x - event.clientX) / (canvas.clientWidth - LEFT - 10) * (dragged.high - dragged.low);
                  dragged.moved = dragged.moved || Math.abs(dragged.x - event.clientX) > 3;
                  if (dragged.moved) look(dragged.low + by, dragged.high + by);
                } else if (name === 'lanes') {
                  const o = operationAt(event);
                  if (o !== state.hovered) {
                    state.hovered = o;
                    if (o && !state.pinned) show(o);
                    drawLanes();
                  }
                }
              });
              canvas.addEventListener('pointerup', event => {
                if (dragged && !dragged.moved && name === 'lanes') pin(operationAt(event));
                dragged = null;
              });
            }
            element('overview').addEventListener('click', event => {
              const box = element('overview').getBoundingClientRect();
              const across = (event.clientX - box.left - LEFT) / (box.width - LEFT - 10);
              const middle = at(across * data.events), half = (state.high - state.low) / 2;
              look(middle - half, middle + half);
            });
            element('whole').addEventListener('click', whole);
            element('witness').addEventListener('click', witness);
            element('axis').addEventListener('click', switchAxis);
            element('next').addEventListener('click', () => step(1));
            element('previous').addEventListener('click', () => step(-1));
            element('search').addEventListener('input', event => find(event.target.value));
            element('search').addEventListener('keydown', event => {
              if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
              if (event.key === 'Escape') event.target.blur();
            });
            const KEYS = { ArrowLeft: () => move(-0.15), ArrowRight: () => move(0.15), '+': () => zoom(0.7), '=': () => zoom(0.7),
              '-': () => zoom(1.4), Home: whole, w: witness, a: switchAxis, n: () => step(1), p: () => step(-1),
              Escape: () => pin(null), '/': () => element('search').focus() };
            document.addEventListener('keydown', event => {
              if (event.target === element('search') || event.ctrlKey || event.metaKey || event.altKey) return;
              const action = KEYS[event.key];
              if (action) { event.preventDefault(); action(); }
            });
            function openLink() {
              const o = location.hash.startsWith('#op=') ? byNumber.get(Number(location.hash.slice(4))) : null;
              if (o) { lookAt([o], 4); pin(o); }
              return Boolean(o);
            }
            window.addEventListener('hashchange', openLink);
            window.addEventListener('resize', draw);
            element('axis').hidden = !data.timed;
            element('witness').hidden = !pair.length;
            [state.low, state.high] = edges();
            if (!openLink()) {
              if (pair.length) { witness(); element('detail').textContent = pair.map(describe).join('\\n\\n'); }
              else if (ops.length > 300) lookAt(ops.slice(0, 120), 0.02);
              else whole();
            }
            document.body.dataset.ready = 'yes';
            """;
}
