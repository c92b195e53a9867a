"""The network's diagram: which units of each layer are drawn, what stands over them, and in which colours."""

MOST_ALONE, MOST = 20, 10  # units drawn of a single hidden layer, and of each of several; the others are folded


def network_diagram(network, inputs, selected, palettes):
    """What network.js draws, its numbers aside: those come with the frames.

    Args:
        network: a NeuralNetwork.
        inputs: the names of its inputs.
        selected: (layer, unit, input) of a parameter that is to be in sight, or None.
        palettes: Palettes by name.

    Returns:
        {"columns": for each layer, the input first, {"title", "note", "units": those drawn, "folded": how many more},
        "inputs": their names, "shapes": of each [W | b], "selected", "colors", "description"}.
    """
    counts = [network.input_count, *(layer.unit_count for layer in network.layers)]
    most = MOST_ALONE if len(counts) == 3 else MOST
    columns = []
    for number, count in enumerate(counts):
        units = _drawn(count, most, _wanted(number, selected, counts))
        columns.append(
            {
                "title": _title(number, len(counts)),
                "note": "" if number == 0 else f"{count} {network.layers[number - 1].g.label}",
                "units": units,
                "folded": count - len(units),
            }
        )
    words = ", ".join(f"{column['title']} {column['note']}".strip() for column in columns)
    return {
        "columns": columns,
        "inputs": inputs,
        "shapes": [Wb.shape for Wb in network.matrices(network.parameters)],
        "selected": selected,
        "colors": {name: {"diverging": palette.diverging} for name, palette in palettes.items()},
        "description": f"The network as units and weights: {words}",
    }


def _drawn(count, most, wanted):
    """The first units, as many as fit, and the wanted one instead of the last of them where it is beyond."""
    units = list(range(min(count, most)))
    if wanted is not None and wanted >= len(units):
        units[-1] = wanted
    return units


def _wanted(number, selected, counts):
    """The unit of a layer that the selected parameter ends or begins at, or None."""
    if selected is None:
        return None
    layer, unit, source = selected
    if number == layer:
        return unit
    return source if number == layer - 1 and source < counts[number] else None


def _title(number, count):
    if number == 0:
        return "Input"
    return "Output" if number == count - 1 else f"Layer {number}"
