/* Each page: tells the server when the first figure is drawn, so that the rest can follow. */
const MARK = '[data-testid="stVegaLiteChart"] svg g[class*="role-mark"] > *';
const CANVAS = '[data-testid="stVegaLiteChart"] canvas.marks';
const PAINTED_AFTER = 150; // milliseconds: a canvas does not say when it is painted
const tell = () => navigator.sendBeacon("./drawn");
const watching = new MutationObserver(() => {
  const isDrawn = document.querySelector(MARK);
  if (!isDrawn && !document.querySelector(CANVAS)) return;
  watching.disconnect();
  isDrawn ? tell() : setTimeout(tell, PAINTED_AFTER);
});
watching.observe(document, { subtree: true, childList: true });
setTimeout(() => watching.disconnect(), 10000);
