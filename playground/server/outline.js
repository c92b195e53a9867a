// The outline goes when Streamlit has drawn something, be it the page or a message that there is none.

(() => {
  const outline = document.getElementById("outline");
  const root = document.getElementById("root");
  if (!outline || !root) return;
  if (new URLSearchParams(location.search).get("embed") === "true") outline.classList.add("embedded");
  const drawn = ".stElementContainer, [role=dialog], [role=alert]";
  const watching = new MutationObserver(() => {
    if (!document.querySelector(drawn)) return;
    watching.disconnect();
    outline.remove();
  });
  watching.observe(document.body, { childList: true, subtree: true });
})();
