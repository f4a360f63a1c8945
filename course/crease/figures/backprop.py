"""Figures of lesson 05: forward and backward through a small net, two paths that add up, Jacobians, and the digits."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import SymLogNorm

from crease import plot
from crease.nets import sigmoid

# The 2-2-2 net of Mazur, "A step by step backpropagation example" (2015): sigmoids, ½ squared error, fixed biases.
X, TARGET, B1, B2, LR = np.array([0.05, 0.1]), np.array([0.01, 0.99]), 0.35, 0.6, 0.5
W1, W2 = np.array([[0.15, 0.25], [0.2, 0.3]]), np.array([[0.4, 0.5], [0.45, 0.55]])
COLUMNS = {"x": 0, "z": 1.75, "h": 2.75, "s": 4.65, "o": 5.65, "E": 7}
WIRES = [(a, i, b, j) for a, b in ("xz", "zh", "hs", "so", "oE") for i in (0, 1) for j in (0, 1)
         if a in "xh" or j == (0 if b == "E" else i)]
STEPS = [  # the wires that light up, what happens, and the sum behind the first number
    ("", "Start: two inputs x, eight weights, targets 0.01 and 0.99", ""),
    ("xz", "Forward 1, weighted sums: z = x · w + 0.35",
     "z₁ = {x[0]:.6g} · {W1[0][0]:.4g} + {x[1]:.6g} · {W1[1][0]:.4g} + 0.35 = {z[0]:.6g}"),
    ("zh", "Forward 2, the sigmoid: h = σ(z)", "h₁ = σ({z[0]:.6g}) = {h[0]:.6f}"),
    ("hs", "Forward 3, weighted sums: s = h · w + 0.6",
     "s₁ = {h[0]:.4f} · {W2[0][0]:.4g} + {h[1]:.4f} · {W2[1][0]:.4g} + 0.6 = {s[0]:.4f}"),
    ("so", "Forward 4, the sigmoid: o = σ(s)", "o₁ = σ({s[0]:.6f}) = {o[0]:.6f}"),
    ("oE", "Forward 5, the error: E = ½ (o₁ − 0.01)² + ½ (o₂ − 0.99)²", "E = {E:.9f}"),
    ("oE", "Backward 1, to the outputs: local derivative o − target", "dE/do₁ = {o[0]:.6f} − 0.01 = {do[0]:.6f}"),
    ("so", "Backward 2, through the sigmoid: local derivative do/ds = o (1 − o)",
     "dE/ds₁ = dE/do₁ · do₁/ds₁ = {do[0]:.6f} · {o[0]:.6f} · (1 − {o[0]:.6f}) = {ds[0]:.8f}"),
    ("hs", "Backward 3, to the weights: local derivative ds/dw = h",
     "top wire: dE/dw = dE/ds₁ · ds₁/dw = {ds[0]:.6f} · {h[0]:.6f} = {dW2[0][0]:.6f}"),
    ("hs", "Backward 4, to the units below: local derivative ds/dh = w",
     "dE/dh₁ = {ds[0]:.6f} · {W2[0][0]:.4g} + ({ds[1]:.6f}) · {W2[0][1]:.4g} = {dh[0]:.6f}   (two paths: add)"),
    ("zh", "Backward 5, through the sigmoid: local derivative dh/dz = h (1 − h)",
     "dE/dz₁ = dE/dh₁ · dh₁/dz₁ = {dh[0]:.6f} · {h[0]:.6f} · (1 − {h[0]:.6f}) = {dz[0]:.8f}"),
    ("xz", "Backward 6, to the weights: local derivative dz/dw = x",
     "top wire: dE/dw = dE/dz₁ · dz₁/dw = {dz[0]:.6f} · {x[0]:.6g} = {dW1[0][0]:.6f}"),
    ("xz hs", "Update, all eight weights at once: w ← w − 0.5 · dE/dw", "E falls from {E:.9f} to {after:.9f}"),
]


def passes(W1=W1, W2=W2):
    """Every number of a forward and a backward pass; `dh` is dE/dh, and so on."""
    h = sigmoid(z := X @ W1 + B1)
    o = sigmoid(s := h @ W2 + B2)
    ds = (do := o - TARGET) * o * (1 - o)
    dz = (dh := W2 @ ds) * h * (1 - h)
    return {"x": X, "z": z, "h": h, "s": s, "o": o, "E": (do @ do) / 2, "dE": 1.0, "do": do, "ds": ds, "dh": dh,
            "dz": dz, "W1": W1, "W2": W2, "dW1": np.outer(X, dz), "dW2": np.outer(h, ds)}


def stepper(step=0):
    """The graph of the net after `step` of 12 steps: values in blue, derivatives of E in orange, lit wires."""
    v, fig, ax = passes(), *plot.axes(size=(9.6, 5))
    new = {name: v[name] - LR * v["d" + name] for name in ("W1", "W2")}
    v["after"] = passes(**new)["E"]
    ax.set(xlim=(-0.5, 7.5), ylim=(-0.75, 2.35))
    ax.axis("off")
    place = {(c, i): (x, 0.65 if c == "E" else 1.3 - 1.3 * i) for c, x in COLUMNS.items() for i in (0, 1)}
    small, box = {"fontsize": 9, "ha": "center", "va": "center"}, {"fc": "white", "ec": "none", "pad": 1.8}
    say = [ax.text(-0.45, y, "", fontsize=size, va="center") for y, size in ((2.25, 12), (2.03, 10.5))]
    wires, local, weight, slope, nodes, values, signals = {}, {}, {}, {}, {}, {}, {}
    for w in WIRES:
        (x0, y0), (x1, y1) = place[w[:2]], place[w[2:]]
        ax.plot([x0, x1], [y0, y1], ls="-", lw=1, color=plot.GREY)
        wires[w], = ax.plot([x0, x1], [y0, y1], ls="-", lw=3.5)
        for at, lift, kind, colour in ((0.31, 0.052, weight, plot.INK), (0.31, -0.052, slope, plot.ORANGE),
                                       (0.69 if w[0] in "xh" else 0.5, 0, local, plot.ORANGE)):
            kind[w] = ax.text(x0 + at * (x1 - x0), y0 + at * (y1 - y0) + lift, "", **small, color=colour, bbox=box,
                              weight="bold" if kind is local else "normal")
        if w[0] in "xh":
            ax.text(*weight[w].get_position(), f"{v['W1' if w[0] == 'x' else 'W2'][w[1], w[3]]:.6g}", **small, bbox=box)
    for (c, i), (x, y) in place.items():
        if (c, i) != ("E", 1):
            for again in ({}, nodes):  # what stays is drawn once; what a lit wire covers, once more over it
                again[c, i] = [*ax.plot(x, y, "o", ms=23, mfc="white", mec=plot.INK), ax.text(
                    x, y, c if c == "E" else c + "₁₂"[i], **small | {"fontsize": 11})]
            values[c, i] = ax.text(x, y + (-0.22 if i else 0.34), "", **small, color=plot.BLUE)
            signals[c, i] = ax.text(x, y + (-0.34 if i else 0.22), "", **small, color=plot.ORANGE)
    ax.text(-0.45, -0.68, "Blue: a node's value. Orange, with its sign: dE/d(node). On a wire its weight, under it "
            "dE/dw; bold: the local derivative.", fontsize=9, color=plot.GREY, va="center")

    def move(step):
        lit, title, working = STEPS[step]
        slopes = {"oE": v["do"], "so": v["o"] * (1 - v["o"]), "zh": v["h"] * (1 - v["h"])}
        for (a, i, b, j), line in wires.items():
            w, here, W = (a, i, b, j), a + b in lit, "W1" if a == "x" else "W2"
            line.set(color=plot.ORANGE if step > 5 else plot.BLUE, visible=here)
            derivative = slopes[a + b][i] if a not in "xh" else v["W2"][i, j] if step == 9 else v[a][i]
            local[w].set_text(f"× {derivative:.4f}" if here and 5 < step < 12 else "")
            if a in "xh":
                weight[w].set_text(f"{(new if step == 12 else v)[W][i, j]:.6g}" if here else "")
                slope[w].set_text(f"{v['d' + W][i, j]:+.6f}" if step >= (11 if a == "x" else 8) else "")
        for (c, i), text in values.items():
            for part in nodes[c, i]:
                part.set_visible(c in lit)
            text.set_text(f"{np.ravel(v[c])[i]:.6g}" if "xzhsoE".index(c) <= step else "")
            since = {"E": 6, "o": 6, "s": 7, "h": 9, "z": 10}.get(c, 99)
            signals[c, i].set_text(f"{np.ravel(v['d' + c])[i]:+.6g}" if step >= since else "")
        say[0].set_text(title)
        say[1].set_text(working.format(**v))
        return f"The graph of a net of 2 inputs, 2 hidden units, 2 outputs. {title}. {working.format(**v)}".strip()

    return plot.moving(fig, move, [*say, *wires.values(), *slope.values(), *weight.values(), *local.values(),
                                   *sum(nodes.values(), []), *values.values(), *signals.values()], step=step)


def paths(x=1.5):
    """Two paths from x to L = u · v, with u = 2x and v = x²: each multiplies its local derivatives, and they add up."""
    fig, ax = plot.axes(size=(7.4, 3.4))
    ax.set(xlim=(-0.4, 5.4), ylim=(-1.5, 1.6))
    ax.axis("off")
    place = {"x": (0, 0), "u": (2.5, 0.85), "v": (2.5, -0.85), "L": (5, 0)}
    box, local, values = {"fc": "white", "ec": "none", "pad": 2}, {}, {}
    for (a, b), (colour, dash) in zip(("xu", "uL", "xv", "vL"), ((plot.BLUE, "-"),) * 2 + ((plot.ORANGE, "--"),) * 2):
        (x0, y0), (x1, y1) = place[a], place[b]
        ax.plot([x0, x1], [y0, y1], ls=dash, color=colour)
        local[a + b] = ax.text((x0 + x1) / 2, (y0 + y1) / 2, "", ha="center", va="center", color=colour, bbox=box)
    for name, (left, up) in place.items():
        ax.plot(left, up, "o", ms=38, mfc="white", mec=plot.INK)
        values[name] = ax.text(left, up, "", ha="center", va="center", fontsize=10)
    ways = [ax.text(2.5, y, "", ha="center", va="center", color=c) for y, c in ((1.4, plot.BLUE), (-1.4, plot.ORANGE))]
    total = ax.set_title(" ")

    def move(x):
        u, v = 2 * x, x * x
        for name, value in zip("xuvL", (x, u, v, u * v)):
            values[name].set_text(f"{name}\n{value:g}")
        for wire, words in {"xu": "du/dx = 2", "xv": f"dv/dx = 2x = {2 * x:g}", "uL": f"dL/du = v = {v:g}",
                            "vL": f"dL/dv = u = {u:g}"}.items():
            local[wire].set_text(words)
        for text, name, (a, b) in zip(ways, "uv", ((v, 2), (u, 2 * x))):
            text.set_text(f"by way of {name}: {a:g} · {b:g} = {a * b:g}")
        slope = ((2 * (x + 1e-4) ** 3) - (2 * (x - 1e-4) ** 3)) / 2e-4
        total.set_text(f"dL/dx = {2 * v:g} + {2 * x * u:g} = {6 * v:g}   (by a small push of x: {slope:.4g})")
        return (f"x = {x:g} reaches L by two paths. By way of u the slopes multiply to {2 * v:g}, by way of v to "
                f"{2 * x * u:g}; together {6 * v:g}, which is the slope found by pushing x.")

    return plot.moving(fig, move, [*local.values(), *values.values(), *ways, total], x=x)


def jacobian(module="affine", examples=2):
    """The Jacobian of a module's outputs by its inputs, as colours: three inputs, `examples` of them in a batch."""
    fig, ax = plot.axes(size=(5.4, 4.6), labels=("inputs, example by example", "outputs, example by example"))
    ax.set(xlim=(0, 1), ylim=(1, 0), xticks=[], yticks=[])
    ax.grid(False)
    picture = ax.imshow(np.zeros((2, 2)), cmap="RdBu", norm=SymLogNorm(0.1, vmin=-1, vmax=1), extent=(0, 1, 1, 0),
                        aspect="auto", interpolation="nearest")
    edges = ax.add_collection(LineCollection([], colors=plot.GREY, linewidths=0.8, linestyles="-"))
    fig.colorbar(picture, ax=ax, label="derivative of the output by the input", shrink=0.9)
    title = ax.set_title(" ")
    rng = np.random.default_rng(9)  # in every example some of the three sums are above 0, and some below
    Z, W = rng.normal(size=(6, 3)), rng.uniform(0.2, 1, (3, 2)) * [[1, -1], [-1, 1], [1, 1]]

    def move(module, examples):
        blocks = []
        for z in Z[:examples]:
            p = np.exp(z) / np.exp(z).sum()
            blocks.append({"affine": W.T, "relu": np.diag(z > 0) * 1.0, "softmax": np.diag(p) - np.outer(p, p)}[module])
        J = np.einsum("nij,nm->nimj", blocks, np.eye(examples))  # each example's block, and 0 for every other's inputs
        J = J.reshape(-1, J.shape[2] * J.shape[3])
        picture.set_data(J)
        cuts = np.arange(1, examples) / examples
        edges.set_segments([[(c, 0), (c, 1)] for c in cuts] + [[(0, c), (1, c)] for c in cuts])
        full, batch = np.count_nonzero(J), f"{examples} example{'s' * (examples > 1)}"
        title.set_text(f"{module}, {batch}: {J.size} numbers, {full} of them not 0")
        return (f"The Jacobian of {module} for {batch} has {J.size} entries, of which {full} are not 0. They lie in "
                "blocks on the diagonal, one for each example.")

    return plot.moving(fig, move, [picture, edges, title], module=module, examples=examples)


def digits(X, labels, guesses):
    """Images of digits (rows of 64 grey values), each under a guess; wrong ones framed in orange, with the label."""
    fig, panels = plot.axes(5, -(-len(X) // 5), size=(7.6, 1.75 * -(-len(X) // 5)))
    for ax in np.ravel(panels)[len(X):]:
        ax.remove()
    for ax, x, label, guess in zip(np.ravel(panels), X, labels, guesses):
        ax.imshow(np.reshape(x, (8, 8)), cmap="Greys", interpolation="nearest")
        ax.set(xticks=[], yticks=[])
        ax.grid(False)
        right = guess == label
        ax.set_title(f"✓ {guess}" if right else f"✗ {guess}, is {label}", fontsize=12,
                     color=plot.INK if right else plot.ORANGE)
        ax.spines[:].set(visible=not right, color=plot.ORANGE, linewidth=3)
    fig.alt = "Handwritten digits, guess (label): " + ", ".join(f"{g} ({t})" for g, t in zip(guesses, labels)) + "."
    return fig
