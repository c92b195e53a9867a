// Streamlit's small scripts in one answer instead of eighty, each of which would wait its turn on a far line.
//
// An import map says where a module really is: here, in what has come with this file. It must be there before the first
// module is asked for. A browser without import maps asks for each of them.

/** @param {{[name: string]: string}} scripts  by their names in Streamlit's folder */
// biome-ignore lint/correctness/noUnusedVariables: the server calls it, with the scripts, in the line after this file
function mapScripts(scripts) {
  if (!HTMLScriptElement.supports?.("importmap")) return;
  const folder = new URL("./static/js/", document.baseURI).href;
  /** @type {{[address: string]: string}} */
  const imports = {};
  for (const [name, text] of Object.entries(scripts)) {
    const absolute = text.replace(/(from|import)"\.\//g, `$1"${folder}`);
    imports[folder + name] = URL.createObjectURL(new Blob([absolute], { type: "text/javascript" }));
  }
  const map = document.createElement("script");
  map.type = "importmap";
  map.textContent = JSON.stringify({ imports });
  document.head.append(map);
}
