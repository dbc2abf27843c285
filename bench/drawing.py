"""What runs in the page to tell when its charts are drawn.

Streamlit draws Vega charts as SVG, maps of many points on a canvas. A chart counts from the moment
that it holds a mark, or is painted, so that a map whose polygons are still on their way does not;
every later change of an SVG counts too. The frame stands when the page has its heading; a long task
is one during which the page does not answer.
"""

DRAWING = """
(() => {
  const CHART = '[data-testid="stVegaLiteChart"]';
  const state = {start: 0, frame: null, first: null, last: null, rested: null, longest: 0};
  const afresh = () => Object.assign(state, {
    start: performance.now(), first: null, last: null, rested: null, longest: 0});
  new PerformanceObserver(list => {
    for (const task of list.getEntries())
      if (task.startTime >= state.start) state.longest = Math.max(state.longest, task.duration);
  }).observe({type: 'longtask', buffered: true});
  const painted = new WeakSet();
  const hasMarks = chart => {
    if (chart.querySelector('svg g[class*="role-mark"] > *')) return true;
    const canvas = chart.querySelector('canvas.marks');
    return canvas !== null && painted.has(canvas);
  };
  const isPainted = canvas => {
    if (!canvas.width || !canvas.height) return false;
    const drawn = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    return new Uint32Array(drawn.buffer).some(colour => colour !== 0);
  };
  setInterval(() => {
    for (const canvas of document.querySelectorAll(CHART + ' canvas.marks')) {
      if (painted.has(canvas) || !isPainted(canvas)) continue;
      painted.add(canvas);
      state.last = performance.now();
      if (state.first === null) state.first = state.last;
    }
  }, 50);
  new MutationObserver(records => {
    const now = performance.now();
    if (state.frame === null && document.querySelector('h2')) state.frame = now;
    const charts = new Set();
    for (const record of records) {
      if (record.attributeName === 'data-test-script-state') {
        const running = record.target.getAttribute('data-test-script-state') !== 'notRunning';
        state.rested = running ? null : now;
      }
      const element = record.target.nodeType === 1 ? record.target : record.target.parentElement;
      const chart = element && element.closest(CHART);
      if (chart) charts.add(chart);
      for (const added of record.addedNodes)
        if (added.querySelectorAll) added.querySelectorAll(CHART).forEach(c => charts.add(c));
    }
    for (const chart of charts) {
      if (!hasMarks(chart)) continue;
      if (state.first === null) state.first = now;
      state.last = now;
    }
  }).observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
  const isResting = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    return app !== null && app.getAttribute('data-test-script-state') === 'notRunning'
      && document.querySelector('[data-testid="stSkeleton"]') === null;
  };
  window.drawing = {
    begin() {
      afresh();
      window.addEventListener('pointerup', afresh, {capture: true, once: true});
    },
    isQuiet(milliseconds) {
      const moved = Math.max(state.last || 0, state.rested || 0, state.start);
      return isResting() && performance.now() - moved > milliseconds;
    },
    isComplete() {
      return [...document.querySelectorAll(CHART)].every(hasMarks);
    },
    times() {
      const since = at => at === null ? null : at - state.start;
      const isOpening = state.frame !== null && state.frame > state.start && state.first !== null;
      return {
        first_chart: since(state.first),
        after_frame: isOpening ? Math.max(0, state.first - state.frame) : null,
        longest_task: state.longest,
        ready: since(Math.max(state.last || 0, state.rested || 0) || null),
      };
    },
  };
})();
"""
