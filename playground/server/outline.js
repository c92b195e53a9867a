// The outline goes when Streamlit has the board, with the exercise above it if there is one, or a message instead of it.

(() => {
  const MAX_LATER_MS = 8000; // how much later than the rest of the page a board may come
  const MAX_EXERCISE_MS = 1000; // how much later than the board the exercise may
  const outline = document.getElementById("outline");
  if (!outline) return;
  const query = new URLSearchParams(location.search);
  const exercise = query.has("task") || query.has("goal") ? "#root .exercise" : "#root .board";
  if (query.get("embed") === "true") outline.classList.add("embedded");
  const go = () => {
    watching.disconnect();
    outline.remove();
  };
  let isLate = false;
  const watching = new MutationObserver(() => {
    if (document.querySelector("[role=dialog], [role=alert]")) return go();
    if (document.querySelector("#root .board")) {
      if (document.querySelector(exercise)) go();
      else setTimeout(go, MAX_EXERCISE_MS);
      return;
    }
    if (isLate || !document.querySelector(".stElementContainer")) return;
    isLate = true;
    setTimeout(go, MAX_LATER_MS);
  });
  watching.observe(document.body, { childList: true, subtree: true });
})();
