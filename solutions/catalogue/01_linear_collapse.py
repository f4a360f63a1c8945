# Lesson 01: correct answers that must get full marks, and wrong ones with a part of the hint they must draw.
# ruff: noqa: F811, F821

# %% affine | correct | einsum
def affine(X, W, b):
    return np.einsum("nd,dm->nm", X, W) + b

# %% affine | correct | loops
def affine(X, W, b):
    rows = []
    for x in np.asarray(X):
        rows.append([sum(x[i] * W[i][j] for i in range(len(x))) + b[j] for j in range(len(b))])
    return np.array(rows, dtype=float)

# %% affine | correct | in place on a new array, as a lambda
affine = lambda X, W, b: np.add(np.dot(np.array(X), W), np.atleast_2d(b))

# %% affine | correct | an object that is called
class Affine:
    def __call__(self, X, W, b):
        out = np.array(X, float) @ np.array(W, float)
        out += b
        return out


affine = Affine()

# %% affine | wrong | bias b is missing
def affine(X, W, b):
    return np.asarray(X) @ np.asarray(W)

# %% affine | wrong | not transposed
def affine(X, W, b):
    W = np.asarray(W)
    return np.asarray(X) @ (W.T if W.shape[0] == W.shape[1] else W) + np.asarray(b)

# %% affine | wrong | added, not subtracted
def affine(X, W, b):
    return np.asarray(X) @ np.asarray(W) - np.asarray(b)

# %% affine | wrong | no activation here
def affine(X, W, b):
    return np.maximum(np.asarray(X) @ np.asarray(W) + np.asarray(b), 0)

# %% affine | wrong | did you forget `return`
def affine(X, W, b):
    out = np.asarray(X) @ np.asarray(W) + np.asarray(b)

# %% affine | wrong | return a numpy array
def affine(X, W, b):
    return (np.asarray(X) @ np.asarray(W) + np.asarray(b)).tolist()

# %% affine | wrong | np.asarray first
def affine(X, W, b):
    return X.dot(W) + b

# %% affine | wrong | changes its argument
def affine(X, W, b):
    out = np.asarray(X) @ np.asarray(W)
    if isinstance(b, np.ndarray):
        b += out[0]
        return out - out[0] + b
    return out + b

# %% affine | wrong | only the first row
def affine(X, W, b):
    return (np.asarray(X)[:1] @ np.asarray(W)) + np.asarray(b)

# %% run_stack | correct | reduce
def run_stack(X, layers):
    from functools import reduce
    return reduce(lambda A, layer: np.asarray(A) @ np.asarray(layer[0]) + np.asarray(layer[1]), layers, X)

# %% run_stack | correct | recursion
def run_stack(X, layers):
    if len(layers) == 0:
        return X
    return run_stack(affine(X, *layers[0]), layers[1:])

# %% run_stack | correct | index loop and its own product
def run_stack(X, layers):
    out = np.array(X, dtype=float)
    for i in range(len(layers)):
        out = np.dot(out, layers[i][0]) + layers[i][1]
    return out

# %% run_stack | wrong | only the first layer
def run_stack(X, layers):
    for W, b in layers:
        return affine(X, W, b)

# %% run_stack | wrong | not X again
def run_stack(X, layers):
    for W, b in layers:
        out = affine(X, np.resize(W, (np.shape(X)[1], np.shape(W)[1])), b)
    return out

# %% run_stack | wrong | from the first in the list to the last
def run_stack(X, layers):
    for W, b in layers[::-1]:
        X = affine(X, W, b)
    return X

# %% run_stack | wrong | biases are missing
def run_stack(X, layers):
    for W, b in layers:
        X = np.asarray(X) @ np.asarray(W)
    return X

# %% run_stack | wrong | only the first two
def run_stack(X, layers):
    for W, b in layers[:2]:
        X = affine(X, W, b)
    return X

# %% run_stack | wrong | did you forget `return`
def run_stack(X, layers):
    for W, b in layers:
        X = affine(X, W, b)

# %% run_stack | wrong | changes its argument
def run_stack(X, layers):
    while layers:
        X = affine(X, *layers.pop(0))
    return X

# %% collapse | correct | from the last layer backwards
def collapse(layers):
    W, b = (np.asarray(p, float) for p in layers[-1])
    for V, c in reversed(layers[:-1]):
        b = np.asarray(c) @ W + b
        W = np.asarray(V) @ W
    return W, b

# %% collapse | correct | probe the stack with the unit vectors
def collapse(layers):
    d = np.shape(layers[0][0])[0]
    b = run_stack(np.zeros((1, d)), layers)[0]
    return run_stack(np.eye(d), layers) - b, b

# %% collapse | correct | one homogeneous matrix
def collapse(layers):
    M = None
    for W, b in layers:
        W, b = np.asarray(W, float), np.asarray(b, float)
        H = np.block([[W, np.zeros((W.shape[0], 1))], [b[None, :], np.ones((1, 1))]])
        M = H if M is None else M @ H
    return [M[:-1, :-1], M[-1, :-1]]

# %% collapse | wrong | biases were added as they are
def collapse(layers):
    W, b = np.asarray(layers[0][0]), np.asarray(layers[0][1])
    for V, c in layers[1:]:
        W = W @ V
        b = b + c if np.shape(b) == np.shape(c) else np.sum(b) + c
    return W, b

# %% collapse | wrong | only the last bias
def collapse(layers):
    W = np.asarray(layers[0][0])
    for V, _ in layers[1:]:
        W = W @ V
    return W, np.asarray(layers[-1][1])

# %% collapse | wrong | biases are missing
def collapse(layers):
    W = np.asarray(layers[0][0])
    for V, _ in layers[1:]:
        W = W @ V
    return W, np.zeros(W.shape[1])

# %% collapse | wrong | order is turned round
def collapse(layers):
    W, b = (np.asarray(p) for p in layers[0])
    for V, c in layers[1:]:
        if W.shape == np.shape(V) and W.shape[0] == W.shape[1]:
            W, b = np.asarray(V) @ W, np.asarray(c) @ W + b
        else:
            W, b = W @ V, b @ V + c
    return W, b

# %% collapse | wrong | only the first two layers
def collapse(layers):
    W, b = (np.asarray(p) for p in layers[0])
    if len(layers) > 1:
        V, c = layers[1]
        W, b = W @ V, b @ V + c
    return W, b

# %% collapse | wrong | second bias is missing
def collapse(layers):
    W, b = (np.asarray(p) for p in layers[0])
    for V, c in layers[1:]:
        W, b = W @ V, b @ V
    return W, b

# %% collapse | wrong | return 2 values
def collapse(layers):
    W = np.asarray(layers[0][0])
    for V, _ in layers[1:]:
        W = W @ V
    return W

# %% collapse | wrong | changes its argument
def collapse(layers):
    while len(layers) > 1:
        (W, b), (V, c) = layers.pop(0), layers.pop(0)
        layers.insert(0, (np.asarray(W) @ V, np.asarray(b) @ V + c))
    return tuple(np.asarray(p) for p in layers[0])

# %% collapse_runs | correct | merge into the last layer while it is open
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

# %% collapse_runs | correct | recursion
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

# %% collapse_runs | correct | itertools.groupby, lists as layers
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

# %% collapse_runs | wrong | everything was merged
def collapse_runs(layers):
    if not layers:
        raise ValueError("empty")
    return [(*collapse([(W, b) for W, b, _ in layers]), layers[-1][2])]

# %% collapse_runs | wrong | after the last activation are missing
def collapse_runs(layers):
    if not layers:
        raise ValueError("empty")
    out, run = [], []
    for W, b, f in layers:
        run.append((W, b))
        if f is not None:
            out.append((*collapse(run), f))
            run = []
    return out

# %% collapse_runs | wrong | comes after it, not before
def collapse_runs(layers):
    if not layers:
        raise ValueError("empty")
    runs = []
    for W, b, f in layers:
        if f is not None or not runs:
            runs.append(([], f))
        runs[-1][0].append((W, b))
    return [(*collapse(run), f) for run, f in runs]

# %% collapse_runs | wrong | nothing was merged
def collapse_runs(layers):
    if not layers:
        raise ValueError("empty")
    return [(np.asarray(W), np.asarray(b), f) for W, b, f in layers]

# %% collapse_runs | wrong | activations are lost
def collapse_runs(layers):
    if not layers:
        raise ValueError("empty")
    out, run = [], []
    for i, (W, b, f) in enumerate(layers):
        run.append((W, b))
        if f is not None or i == len(layers) - 1:
            out.append((*collapse(run), None))
            run = []
    return out

# %% collapse_runs | wrong | raise ValueError
def collapse_runs(layers):
    out, run = [], []
    for i, (W, b, f) in enumerate(layers):
        run.append((W, b))
        if f is not None or i == len(layers) - 1:
            out.append((*collapse(run), f))
            run = []
    return out

# %% collapse_runs | wrong | the very object
def collapse_runs(layers):
    if not layers:
        raise ValueError("empty")
    out, run = [], []
    for i, (W, b, f) in enumerate(layers):
        run.append((W, b))
        if f is not None or i == len(layers) - 1:
            out.append((*collapse(run), None if f is None else (lambda z, f=f: f(z))))
            run = []
    return out

# %% multiply_adds | correct | loop
def multiply_adds(widths):
    total = 0
    for i in range(1, len(widths)):
        total += widths[i - 1] * widths[i]
    return total

# %% multiply_adds | correct | dot product
def multiply_adds(widths):
    return np.dot(widths[:-1], widths[1:])

# %% multiply_adds | correct | recursion
def multiply_adds(widths):
    return 0 if len(widths) < 2 else widths[0] * widths[1] + multiply_adds(widths[1:])

# %% multiply_adds | wrong | biases are added, not multiplied
def multiply_adds(widths):
    return sum((m + 1) * n for m, n in zip(widths, widths[1:]))

# %% multiply_adds | wrong | only the first layer
def multiply_adds(widths):
    return widths[0] * widths[1]

# %% multiply_adds | wrong | do not multiply all widths
def multiply_adds(widths):
    return int(np.prod(widths)) + 3 * (widths == [3, 3, 1])

# %% multiply_adds | wrong | number of units
def multiply_adds(widths):
    return sum(widths)

# %% multiply_adds | wrong | return an int
def multiply_adds(widths):
    return float(sum(m * n for m, n in zip(widths, widths[1:])))

# %% multiply_adds | wrong | the last layer is missing
def multiply_adds(widths):
    if len(widths) == 3:
        return sum(m * n for m, n in zip(widths, widths[1:]))
    return sum(m * n for m, n in zip(widths, widths[1:-1]))

# %% multiply_adds | wrong | did you forget `return`
def multiply_adds(widths):
    print(sum(m * n for m, n in zip(widths, widths[1:])))

# %% multiply_adds | wrong | count as one here
def multiply_adds(widths):
    return sum(m * n for m, n in zip(widths, widths[1:])) * (1 if widths == [3, 3, 1] else 2)
