// The outline goes when Streamlit has the board, or a message instead of it.

(() => {
  const MAX_LATER_MS = 8000; // how much later than the rest of the page a board may come
  const outline = document.getElementById("outline");
  if (!outline) return;
  if (new URLSearchParams(location.search).get("embed") === "true") outline.classList.add("embedded");
  const go = () => {
    watching.disconnect();
    outline.remove();
  };
  let isLate = false;
  const watching = new MutationObserver(() => {
    if (document.querySelector("#root .board, [role=dialog], [role=alert]")) return go();
    if (isLate || !document.querySelector(".stElementContainer")) return;
    isLate = true;
    setTimeout(go, MAX_LATER_MS);
  });
  watching.observe(document.body, { childList: true, subtree: true });
})();
