interface Window {
  translationAllowed?: boolean; // see shared/translated.js
  Plotly: import("./shared/plotly.js").PlotlyLibrary;
}
