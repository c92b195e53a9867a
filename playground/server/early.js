// Plotly's script is fetched at once, and runs while the page waits for its connection: before, it would delay that.

(() => {
  const watching = new PerformanceObserver((list) => {
    if (!list.getEntries().some((entry) => entry.name.endsWith("/_stcore/host-config"))) return;
    watching.disconnect();
    const fetched = document.querySelector("link[rel=preload][href*='assets/plotly-']");
    if (!fetched || window.Plotly || document.querySelector("script[data-plotly]")) return; // a component was quicker
    const script = document.createElement("script");
    script.dataset.plotly = "";
    script.onerror = () => script.remove(); // so that a component tries again
    script.src = fetched.getAttribute("href") ?? "";
    document.head.append(script);
  });
  watching.observe({ type: "resource", buffered: true });
})();
