// Copies the address of the page, which holds the experiment.

export default function ({ parentElement }) {
  const button = parentElement.querySelector("button");
  button.onclick = async () => {
    const said = await copied(location.href);
    button.textContent = said ? "Copied" : "Press Ctrl+C in the address bar";
    setTimeout(() => (button.textContent = "Copy link"), 2000);
  };
}

// The clipboard is there on https and localhost alone; elsewhere a selected text and the old command do.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
