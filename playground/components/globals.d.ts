interface Window {
  Plotly: import("./shared/plotly.js").PlotlyLibrary;
}
