# Lesson 01: right answers, wrong ones with their hints, and a second hint for each exercise. See CONTRIBUTING.md.

exercise("affine", "Each column of W holds one unit's weights: multiply X by W as matrices, then add b to every row.",
         more="""
    One unit by hand. Its inputs are 4 and 5, its weights 2 and −1, its bias 10. The weighted sum is
    4 · 2 + 5 · (−1) = 3, and with the bias 13.

    A second unit has the weights 1 and 1 and the bias 0. It gives 4 + 5 + 0 = 9. So the layer turns the row (4, 5)
    into (13, 9): one number for each unit. Written side by side, the weights of the two units are the columns of a
    2 × 2 matrix. Row times column, added up, is what a matrix product does for all rows and all columns at once.
    """)


@right
def affine(X, W, b):
    return np.einsum("nd,dm->nm", X, W) + b


@right
def affine(X, W, b):
    rows = []
    for x in np.asarray(X):
        rows.append([sum(x[i] * W[i][j] for i in range(len(x))) + b[j] for j in range(len(b))])
    return np.array(rows, dtype=float)


@right
def affine(X, W, b):
    out = np.array(X, float) @ np.array(W, float)
    out += b
    return out


@wrong("That is X @ W alone: the bias b is missing.")
def affine(X, W, b):
    return np.asarray(X) @ np.asarray(W)


@wrong("W is (d_in, d_out) here: use it as it is, not transposed.")
def affine(X, W, b):
    return X @ W.T + b


@wrong("The bias is added, not subtracted.")
def affine(X, W, b):
    return np.asarray(X) @ np.asarray(W) - np.asarray(b)


@wrong("No activation here: only the weighted sums.")
def affine(X, W, b):
    return np.maximum(np.asarray(X) @ np.asarray(W) + np.asarray(b), 0)


@wrong("Only the first row came back: X may have many.")
def affine(X, W, b):
    return X[:1] @ W + b


@wrong("`*` multiplies entry by entry; a layer needs the matrix product `@`.")
def affine(X, W, b):
    return X * W + b


@wrong("X comes first: with one example a row, X stands to the left of W.")
def affine(X, W, b):
    return W @ X + b


@wrong("Lists come in too: turn them into arrays with np.asarray first.")
def affine(X, W, b):
    return X.dot(W) + b


@wrong("The result takes its type from X here, and integers cut off what b adds. Let NumPy choose, or use floats.")
def affine(X, W, b):
    out = np.zeros((len(X), len(b)), np.asarray(X).dtype)
    out[:] = np.asarray(X) @ np.asarray(W) + np.asarray(b)
    return out


@wrong("The bias is added to the product, not to X.")
def affine(X, W, b):
    return (np.asarray(X) + np.asarray(b)) @ np.asarray(W)


@wrong("b holds one number for each unit, that is for each column of the result: add it as it is to every row.")
def affine(X, W, b):
    return np.asarray(X) @ np.asarray(W) + np.reshape(b, (-1, 1))


@wrong("Each unit has a bias of its own: add b itself, not one number made of it.")
def affine(X, W, b):
    return np.asarray(X) @ np.asarray(W) + np.sum(b)


@wrong("Each unit has a bias of its own: add b itself, not one number made of it.")
def affine(X, W, b):
    return np.asarray(X) @ np.asarray(W) + np.mean(b)


@wrong("Each unit has a bias of its own: add b itself, not one number made of it.")
def affine(X, W, b):
    return np.asarray(X) @ np.asarray(W) + b[0]


@wrong("Only the first row came back: X may have many.")
def affine(X, W, b):
    return np.asarray(X)[0] @ np.asarray(W) + np.asarray(b)


@wrong("The bias is added, not multiplied.")
def affine(X, W, b):
    return np.asarray(X) @ np.asarray(W) * np.asarray(b)


@wrong("No activation here: only the weighted sums.")
def affine(X, W, b):
    return np.tanh(solution.affine(X, W, b))


@wrong("No activation here: only the weighted sums.")
def affine(X, W, b):
    return 1 / (1 + np.exp(-solution.affine(X, W, b)))


@wrong("X holds one example a row: use it as it is, not transposed.")
def affine(X, W, b):
    return np.asarray(X).T @ np.asarray(W) + np.asarray(b)


@wrong("The whole table was added up: one number for each example and each unit is asked for.")
def affine(X, W, b):
    return solution.affine(X, W, b).sum()


@wrong("The bias is in there twice.")
def affine(X, W, b):
    return solution.affine(X, W, b) + np.asarray(b)


exercise("run_stack", "Let X be what the layer returns, layer after layer.",
         more="""
    Think of a number that goes through three machines. The first doubles it and adds 3, the second subtracts 1, the
    third multiplies by 4. Put in 5: the first gives 13, the second takes that 13 and gives 12, the third takes that 12
    and gives 48.

    Each machine takes what the one before it gave; nobody goes back to the 5. In code the trick is one name that is
    bound again and again:

        amount = 5
        for change in (8, -1, 36):
            amount = amount + change

    At the end `amount` is 48. Only after the last round is there an answer.
    """)


@right
def run_stack(X, layers):
    from functools import reduce
    return reduce(lambda A, layer: np.asarray(A) @ np.asarray(layer[0]) + np.asarray(layer[1]), layers, X)


@right
def run_stack(X, layers):
    if len(layers) == 0:
        return X
    return run_stack(affine(X, *layers[0]), layers[1:])


@right
def run_stack(X, layers):
    out = np.array(X, dtype=float)
    for i in range(len(layers)):
        out = np.dot(out, layers[i][0]) + layers[i][1]
    return out


@wrong("Only the first layer was applied: return after the loop, not inside it.")
def run_stack(X, layers):
    for W, b in layers:
        return affine(X, W, b)


@wrong("Each layer takes what the layer before it returned, not X again.")
def run_stack(X, layers):
    for W, b in layers:
        out = affine(X, W, b)
    return out


@wrong("The layers run from the first in the list to the last.")
def run_stack(X, layers):
    return solution.run_stack(X, layers[::-1])


@wrong("The biases are missing.")
def run_stack(X, layers):
    for W, b in layers:
        X = np.asarray(X) @ np.asarray(W)
    return X


@wrong("Only the first two layers were applied: loop over all.")
def run_stack(X, layers):
    return solution.run_stack(X, layers[:2])


@wrong("The last layer is missing.")
def run_stack(X, layers):
    for i in range(len(layers) - 1):
        X = affine(X, *layers[i])
    return X


@wrong("The first layer is missing: indices start at 0.")
def run_stack(X, layers):
    for i in range(1, len(layers)):
        X = affine(X, *layers[i])
    return X


@wrong("No activation between the layers: these are linear.")
def run_stack(X, layers):
    for W, b in layers:
        X = np.maximum(affine(X, W, b), 0)
    return X


@wrong("No activation between the layers: these are linear.")
def run_stack(X, layers):
    for W, b in layers[:-1]:
        X = np.maximum(affine(X, W, b), 0)
    return affine(X, *layers[-1])


@wrong("No activation between the layers: these are linear.")
def run_stack(X, layers):
    for W, b in layers:
        X = np.tanh(affine(X, W, b))
    return X


@wrong("The layers' outputs are not added up: each one goes into the next layer.")
def run_stack(X, layers):
    return sum(affine(X, W, b) for W, b in layers)


@wrong("The layers' outputs are not added up: each one goes into the next layer.")
def run_stack(X, layers):
    total = 0
    for W, b in layers:
        X = affine(X, W, b)
        total = total + X
    return total


@wrong("What a layer returns replaces its input; it is not added to it.")
def run_stack(X, layers):
    for W, b in layers:
        X = np.asarray(X) + affine(X, W, b)
    return X


@wrong("Only what the last layer returns is asked for, not a list of all.")
def run_stack(X, layers):
    out = []
    for W, b in layers:
        X = affine(X, W, b)
        out.append(X)
    return out


@wrong("Every layer adds its own bias, not only the last.")
def run_stack(X, layers):
    for W, _ in layers:
        X = np.asarray(X) @ np.asarray(W)
    return X + np.asarray(layers[-1][1])


@wrong("Every layer adds its own bias, not only the first.")
def run_stack(X, layers):
    X = affine(X, *layers[0])
    for W, _ in layers[1:]:
        X = X @ np.asarray(W)
    return X


@wrong("The biases are subtracted: add them.")
def run_stack(X, layers):
    for W, b in layers:
        X = affine(X, W, -np.asarray(b))
    return X


@wrong("A stack may be deeper: go through all of its layers.")
def run_stack(X, layers):
    return solution.run_stack(X, layers[:10])


@wrong("No activation after the layers: these are linear.")
def run_stack(X, layers):
    return np.maximum(solution.run_stack(X, layers), 0)


@wrong("No activation after the layers: these are linear.")
def run_stack(X, layers):
    return 1 / (1 + np.exp(-solution.run_stack(X, layers)))


@wrong("Each bias passes through the later layers' weights: add it before the next layer, not at the end.")
def run_stack(X, layers):
    for W, _ in layers:
        X = np.asarray(X) @ np.asarray(W)
    return X + sum(np.asarray(b) for _, b in layers)


exercise("collapse", "Multiply out (XW₁ + b₁)W₂ + b₂ and collect what stands with X, and what does not.",
         more="""
    Two rules for numbers: first "times 3, plus 2", then "times 4, plus 1". Put in x: the first gives 3x + 2, and the
    second makes 4 · (3x + 2) + 1 of it, which is 12x + 8 + 1 = 12x + 9.

    So one rule does the work of both: "times 12, plus 9". The factors were multiplied. The first constant, 2, went
    through the second rule's factor and arrived as 8; the second constant, 1, arrived as it was.

    With matrices it is the same, only that the order of the factors counts, and that the old bias must still be there
    when you need it.
    """)


@right
def collapse(layers):
    W, b = (np.asarray(p, float) for p in layers[-1])
    for V, c in reversed(layers[:-1]):
        b = np.asarray(c) @ W + b
        W = np.asarray(V) @ W
    return W, b


@right
def collapse(layers):
    d = np.shape(layers[0][0])[0]
    b = run_stack(np.zeros((1, d)), layers)[0]
    return run_stack(np.eye(d), layers) - b, b


@right
def collapse(layers):
    M = None
    for W, b in layers:
        W, b = np.asarray(W, float), np.asarray(b, float)
        H = np.block([[W, np.zeros((W.shape[0], 1))], [b[None, :], np.ones((1, 1))]])
        M = H if M is None else M @ H
    return [M[:-1, :-1], M[-1, :-1]]


@wrong("The biases were added as they are. Each one passes through all later layers' weights.")
def collapse(layers):
    return solution.collapse(layers)[0], sum(np.asarray(b) for _, b in layers)


@wrong("Only the last bias is there. What happens to the first one on its way?")
def collapse(layers):
    return solution.collapse(layers)[0], np.asarray(layers[-1][1])


@wrong("The biases are missing.")
def collapse(layers):
    return solution.collapse(layers)[0], 0 * np.asarray(layers[-1][1])


@wrong("Only the first bias is carried through; every layer adds its own.")
def collapse(layers):
    W, b = (np.asarray(p) for p in layers[0])
    for V, _ in layers[1:]:
        W, b = W @ V, b @ V
    return W, b


@wrong("The bias passes through the new layer's weights alone. Your W is the product already: it changed too early.")
def collapse(layers):
    W, b = (np.asarray(p) for p in layers[0])
    for V, c in layers[1:]:
        W = W @ V
        b = b @ W + c
    return W, b


@wrong("The order is turned round: with one example a row, the first layer stands leftmost.")
def collapse(layers):
    W, b = (np.asarray(p) for p in layers[0])
    for V, c in layers[1:]:
        W, b = np.asarray(V) @ W, b @ V + c
    return W, b


@wrong("The list is taken from its end: the first layer comes first.")
def collapse(layers):
    return solution.collapse(layers[::-1])


@wrong("Only the first two layers were merged: loop over all of them.")
def collapse(layers):
    return solution.collapse(layers[:2])


@wrong("Return both: the merged W and the merged b.")
def collapse(layers):
    return solution.collapse(layers)[0]


@wrong("Weights are multiplied as matrices: `@`, not `*`.")
def collapse(layers):
    W, b = (np.asarray(p) for p in layers[0])
    for V, c in layers[1:]:
        W, b = W * np.asarray(V), b @ np.asarray(V) + c
    return W, b


@wrong("Weights are multiplied as matrices: `@`, not `*`.")
def collapse(layers):
    W, b = (np.asarray(p) for p in layers[0])
    for V, c in layers[1:]:
        W, b = W * np.asarray(V), b * np.asarray(V) + c
    return W, b


@wrong("The first layer is in there twice: where it is the start already, go on with the second.")
def collapse(layers):
    W, b = (np.asarray(p) for p in layers[0])
    for V, c in layers:
        W, b = W @ np.asarray(V), b @ np.asarray(V) + c
    return W, b


@wrong("There may be more or fewer than two layers: start with the first, and merge the others into it in a loop.")
def collapse(layers):
    (W, b), (V, c) = layers
    return np.asarray(W) @ np.asarray(V), np.asarray(b) @ np.asarray(V) + np.asarray(c)


@wrong("The order is (W, b).")
def collapse(layers):
    return solution.collapse(layers)[::-1]


@wrong("The biases of the layers in the middle are missing: each layer adds its own.")
def collapse(layers):
    W, b = solution.collapse(layers)
    return W, b * 0 + solution.collapse([layers[0], *((V, 0 * np.asarray(c)) for V, c in layers[1:])])[1] + (
        np.asarray(layers[-1][1]) if len(layers) > 1 else 0)


@wrong("A layer's own bias does not pass through its own weights: first b @ W, then add the new bias.")
def collapse(layers):
    W, b = (np.asarray(p) for p in layers[0])
    for V, c in layers[1:]:
        W, b = W @ np.asarray(V), (b + np.asarray(c)) @ np.asarray(V)
    return W, b


@wrong("The weights are multiplied, not added up.")
def collapse(layers):
    return sum(np.asarray(V) for V, _ in layers), solution.collapse(layers)[1]


@wrong("The weights are multiplied, not added up.")
def collapse(layers):
    return sum(np.asarray(V) for V, _ in layers), sum(np.asarray(c) for _, c in layers)


@wrong("Every layer counts, not only the last.")
def collapse(layers):
    return tuple(np.asarray(p) for p in layers[-1])


@wrong("Every layer counts, not only the first.")
def collapse(layers):
    return tuple(np.asarray(p) for p in layers[0])


@wrong("The first bias passes through the later weights, and every later layer adds its own.")
def collapse(layers):
    return solution.collapse(layers)[0], np.asarray(layers[0][1])


exercise("collapse_runs", "Collect layers until one has an activation (or is the last); merge what you collected; "
                          "start again.",
         more="""
    Cut a sentence into groups. The words come one by one, and a comma closes a group: "red green, blue, black white".
    Keep an open group, put each word in, and at a comma lay the group aside and open an empty one. The groups are
    (red, green), (blue) and (black, white). The last one is closed by the end of the sentence, not by a comma: it is
    easily forgotten.

        groups, open_group = [], []
        for word in ["red", "green,", "blue,"]:
            open_group.append(word)
            if word.endswith(","):
                groups.append(open_group)
                open_group = []

    A layer with an activation is a word with a comma.
    """)


@right
def collapse_runs(layers):
    if len(layers) == 0:
        raise ValueError("empty")
    out = []
    for W, b, f in layers:
        W, b = np.asarray(W, float), np.asarray(b, float)
        if out and out[-1][2] is None:
            V, c, _ = out.pop()
            W, b = V @ W, c @ W + b
        out.append((W, b, f))
    return out


@right
def collapse_runs(layers):
    if not layers:
        raise ValueError("no layers")
    if len(layers) == 1:
        return [(np.asarray(layers[0][0]), np.asarray(layers[0][1]), layers[0][2])]
    (W, b, f), rest = layers[0], collapse_runs(layers[1:])
    if f is not None:
        return [(np.asarray(W), np.asarray(b), f)] + rest
    V, c, g = rest[0]
    return [(np.asarray(W) @ V, np.asarray(b) @ V + c, g)] + rest[1:]


@right
def collapse_runs(layers):
    from itertools import groupby
    if not len(layers):
        raise ValueError("a net needs a layer")
    ends = np.cumsum([0] + [f is not None for _, _, f in layers[:-1]])
    out = []
    for _, group in groupby(range(len(layers)), key=lambda i: ends[i]):
        run = [layers[i] for i in group]
        out.append([*collapse([(W, b) for W, b, _ in run]), run[-1][2]])
    return out


@wrong("Everything was merged: the activation in the middle is lost.")
def collapse_runs(layers):
    return [(*collapse([(W, b) for W, b, _ in layers]), layers[-1][2])]


@wrong("The layers after the last activation are missing.")
def collapse_runs(layers):
    runs = solution.collapse_runs(layers)
    return runs if layers[-1][2] is not None else runs[:-1]


@wrong("A layer's activation comes after it, not before.")
def collapse_runs(layers):
    runs = []
    for W, b, f in layers:
        if f is not None or not runs:
            runs.append(([], f))
        runs[-1][0].append((W, b))
    return [(*collapse(run), f) for run, f in runs]


@wrong("Nothing was merged: neighbours that None joins become one layer.")
def collapse_runs(layers):
    return [(np.asarray(W), np.asarray(b), f) for W, b, f in layers]


@wrong("The activations are lost: each merged layer keeps that of its last one.")
def collapse_runs(layers):
    return [(W, b, None) for W, b, _ in solution.collapse_runs(layers)]


@wrong("The biases are missing.")
def collapse_runs(layers):
    return [(W, 0 * b, f) for W, b, f in solution.collapse_runs(layers)]


@wrong("An empty list makes no net: raise ValueError.")
def collapse_runs(layers):
    return solution.collapse_runs(layers) if layers else []


@wrong("Hand back the very activation that came in, not another function.")
def collapse_runs(layers):
    return [(W, b, None if f is None else lambda z: f(z)) for W, b, f in solution.collapse_runs(layers)]


@wrong("The collected layers are never cleared: after a merge, start with an empty list again.")
def collapse_runs(layers):
    if not layers:
        raise ValueError("empty")
    out, run = [], []
    for i, (W, b, f) in enumerate(layers):
        run.append((W, b))
        if f is not None or i == len(layers) - 1:
            out.append((*collapse(run), f))
    return out


@wrong("Each item of the list is (W, b, activation): the activation is missing.")
def collapse_runs(layers):
    return [(W, b) for W, b, _ in solution.collapse_runs(layers)]


@wrong("Each item of the list holds three values: take the pair (W, b) apart.")
def collapse_runs(layers):
    return [((W, b), f) for W, b, f in solution.collapse_runs(layers)]


@wrong("An activation ends its layer: two layers that both have one stay two, even if it is the same.")
def collapse_runs(layers):
    if not layers:
        raise ValueError("empty")
    runs = []
    for W, b, f in layers:
        if runs and runs[-1][1] is f:
            runs[-1][0].append((W, b))
        else:
            runs.append(([(W, b)], f))
    return [(*collapse(run), f) for run, f in runs]


@wrong("A run at the end may be a single layer: it counts too.")
def collapse_runs(layers):
    runs = solution.collapse_runs(layers)
    alone = layers[-1][2] is None and (len(layers) == 1 or layers[-2][2] is not None)
    return runs[:-1] if alone else runs


@wrong("A run may be longer than two layers: merge all that None joins.")
def collapse_runs(layers):
    if not layers:
        raise ValueError("empty")
    out, i = [], 0
    while i < len(layers):
        step = 2 if layers[i][2] is None and i + 1 < len(layers) else 1
        out.append((*collapse([(W, b) for W, b, _ in layers[i:i + step]]), layers[i + step - 1][2]))
        i += step
    return out


@wrong("The activations are lost: each merged layer keeps that of its last one.")
def collapse_runs(layers):
    if not layers:
        raise ValueError("empty")
    out, run = [], []
    for i, layer in enumerate(layers):
        run.append(layer)
        if layer[2] is not None or i == len(layers) - 1:
            out.append((*collapse([(W, b) for W, b, _ in run]), run[0][2]))
            run = []
    return out


@wrong("The layers without an activation are not left out: each is merged with those up to the next activation.")
def collapse_runs(layers):
    if not layers:
        raise ValueError("empty")
    return [(np.asarray(W), np.asarray(b), f) for W, b, f in layers if f is not None]


@wrong("The merged layer itself is asked for, not its activation's output: do not call the activations.")
def collapse_runs(layers):
    return [(W if f is None else f(W), b if f is None else f(b), f) for W, b, f in solution.collapse_runs(layers)]


@wrong("The layers after the last activation are a run too: merge them.")
def collapse_runs(layers):
    runs = solution.collapse_runs(layers)
    last = max([i for i, (_, _, f) in enumerate(layers) if f is not None], default=-1)
    rest = [(np.asarray(W), np.asarray(b), None) for W, b, _ in layers[last + 1:]]
    return runs[:-1] + rest if rest else runs


@wrong("In a run too each bias passes through the later weights: collapse returns both, W and b.")
def collapse_runs(layers):
    ends = [b for i, (_, b, f) in enumerate(layers) if f is not None or i == len(layers) - 1]
    return [(W, np.asarray(b), f) for (W, _, f), b in zip(solution.collapse_runs(layers), ends)]


@wrong("The third part of an item is the activation itself, as it came in.")
def collapse_runs(layers):
    return [(W, b, activation is not None or None) for W, b, activation in solution.collapse_runs(layers)]


exercise("multiply_adds", "Each pair of neighbouring widths m, n gives m · n; add them up.",
         more="""
    Count handshakes. Two people stand in a first room, six in a second, three in a third. Everybody in a room shakes
    hands with everybody in the next room, and with nobody else. Between the first two rooms there are 2 · 6 = 12
    handshakes, between the second and the third 6 · 3 = 18. Together that is 12 + 18 = 30.

    The six in the middle take part twice, once with each side. The first room never meets the third. A weight is such
    a handshake, between a unit and a unit of the next layer, and each weight multiplies once.
    """)


@right
def multiply_adds(widths):
    total = 0
    for i in range(1, len(widths)):
        total += widths[i - 1] * widths[i]
    return total


@right
def multiply_adds(widths):
    return np.dot(widths[:-1], widths[1:])


@right
def multiply_adds(widths):
    return 0 if len(widths) < 2 else widths[0] * widths[1] + multiply_adds(widths[1:])


@wrong("Biases are added, not multiplied: leave them out.")
def multiply_adds(widths):
    return sum((m + 1) * n for m, n in zip(widths, widths[1:]))


@wrong("Only the first layer was counted.")
def multiply_adds(widths):
    return widths[0] * widths[1]


@wrong("Add the products of neighbours; do not multiply all widths.")
def multiply_adds(widths):
    return int(np.prod(widths))


@wrong("That is the number of units.")
def multiply_adds(widths):
    return sum(widths)


@wrong("Each pair of neighbours gives a product, not a sum.")
def multiply_adds(widths):
    return sum(m + n for m, n in zip(widths, widths[1:]))


@wrong("The first layer is missing.")
def multiply_adds(widths):
    return sum(m * n for m, n in zip(widths[1:], widths[2:]))


@wrong("The last layer is missing.")
def multiply_adds(widths):
    return sum(m * n for m, n in zip(widths[:-1], widths[1:-1]))


@wrong("That is the price of the collapsed net, not of the stack.")
def multiply_adds(widths):
    return widths[0] * widths[-1]


@wrong("A multiplication and its addition count as one here.")
def multiply_adds(widths):
    return 2 * sum(m * n for m, n in zip(widths, widths[1:]))


@wrong("Return an int: no division, no float.")
def multiply_adds(widths):
    return float(sum(m * n for m, n in zip(widths, widths[1:])))


@wrong("Each width meets its neighbour, not itself.")
def multiply_adds(widths):
    return sum(m * m for m in widths)


@wrong("The last layer has no next one: do not go round to the first.")
def multiply_adds(widths):
    return sum(widths[i - 1] * widths[i] for i in range(len(widths)))


@wrong("Pairs that look alike count each time: do not leave repeats out.")
def multiply_adds(widths):
    return sum(m * n for m, n in set(zip(widths, widths[1:])))


@wrong("There is one pair fewer than there are widths: stop one earlier.")
def multiply_adds(widths):
    return sum(widths[i] * widths[i + 1] for i in range(len(widths)))


@wrong("Biases are added, not multiplied: leave them out.")
def multiply_adds(widths):
    return sum(m * (n + 1) for m, n in zip(widths, widths[1:]))


@wrong("Add up from 0.")
def multiply_adds(widths):
    return 1 + sum(m * n for m, n in zip(widths, widths[1:]))


@wrong("Add the products up: one number is asked for.")
def multiply_adds(widths):
    return [m * n for m, n in zip(widths, widths[1:])]


@wrong("Neighbours make a pair: layers that are farther apart share no weights.")
def multiply_adds(widths):
    return sum(m * n for i, m in enumerate(widths) for n in widths[i + 1:])


@wrong("Each pair of neighbours counts: do not step over every second one.")
def multiply_adds(widths):
    return sum(m * n for m, n in zip(widths[::2], widths[1::2]))
