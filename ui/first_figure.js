/* Each page: tells the server when the first figure is drawn, so that the rest can follow. */
const MARK = '[data-testid="stVegaLiteChart"] svg g[class*="role-mark"] > *';
const watching = new MutationObserver(() => {
  if (!document.querySelector(MARK)) return;
  watching.disconnect();
  navigator.sendBeacon("./drawn");
});
watching.observe(document, { subtree: true, childList: true });
setTimeout(() => watching.disconnect(), 10000);
