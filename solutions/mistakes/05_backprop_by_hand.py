# Lesson 05: right answers, wrong ones with their hints, and a second hint for each exercise. See CONTRIBUTING.md.


exercise("forward", "Return a dict with the keys Z1, A1 and logits, each computed by its formula.",
         more="""
    A toy factory in two halls. Hall one weighs what comes in and adds a fixed amount: 3 · 2 + 1 = 7, and for
    another product 3 · (−4) + 1 = −11. Between the halls stands a guard who stops everything below zero: 7 stays 7,
    −11 becomes 0. Hall two takes what the guard let through: 7 · 5 − 2 = 33, and 0 · 5 − 2 = −2. At the end stands
    no guard, so −2 may leave.

    The protocol keeps all three: the sums (7, −11), what passed (7, 0), and the result (33, −2). The way back will
    need each of them, so keep the first two apart.
    """)


@right
def forward(params, X):
    X = np.array(X, float)
    ones = np.ones((len(X), 1))
    Z1 = np.hstack([X, ones]) @ np.vstack([params["W1"], params["b1"]])
    A1 = np.where(Z1 > 0, Z1, 0.0)
    return {"Z1": Z1, "A1": A1, "logits": np.hstack([A1, ones]) @ np.vstack([params["W2"], params["b2"]])}


@right
def forward(params, X):
    cache = {"Z1": [], "A1": [], "logits": []}
    for x in np.asarray(X, float):
        z = x.dot(params["W1"]) + params["b1"]
        a = z * (z > 0)
        cache["Z1"].append(z)
        cache["A1"].append(a)
        cache["logits"].append(a.dot(params["W2"]) + params["b2"])
    return {**{k: np.array(v) for k, v in cache.items()}, "X": X, "note": "kept for later"}


@right
def forward(params, X):
    out = {}
    out["Z1"] = np.einsum("nd,dh->nh", np.array(X), params["W1"])
    out["Z1"] += params["b1"]
    out["A1"] = out["Z1"].clip(min=0)
    out["logits"] = np.dot(out["A1"], params["W2"])
    out["logits"] += params["b2"]
    return out


@wrong("There is no ReLU between the layers.")
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    return {"Z1": Z1, "A1": Z1, "logits": Z1 @ params["W2"] + params["b2"]}


@wrong("The second layer reads Z1; it should read A1.")
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    return {"Z1": Z1, "A1": np.maximum(Z1, 0), "logits": Z1 @ params["W2"] + params["b2"]}


@wrong("Z1 is the sum before the ReLU, A1 the one after it: keep both.")
def forward(params, X):
    Z1 = np.maximum(np.asarray(X) @ params["W1"] + params["b1"], 0)
    return {"Z1": Z1, "A1": Z1, "logits": Z1 @ params["W2"] + params["b2"]}


@wrong("The biases are missing.")
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"]
    A1 = np.maximum(Z1, 0)
    return {"Z1": Z1, "A1": A1, "logits": A1 @ params["W2"]}


@wrong("The second layer's bias is missing.")
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    return {"Z1": Z1, "A1": A1, "logits": A1 @ params["W2"]}


@wrong("No ReLU after the last layer: logits may be negative.")
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    return {"Z1": Z1, "A1": A1, "logits": np.maximum(A1 @ params["W2"] + params["b2"], 0)}


@wrong("Logits are the sums before the softmax, which belongs to the loss.")
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    z = A1 @ params["W2"] + params["b2"]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return {"Z1": Z1, "A1": A1, "logits": e / e.sum(axis=1, keepdims=True)}


@wrong("The keys of the dict are not those asked for.")
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    return {"z1": Z1, "a1": A1, "logits": A1 @ params["W2"] + params["b2"]}


@wrong("Return a dict.")
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    return Z1, A1, A1 @ params["W2"] + params["b2"]


@wrong("The first layer's bias is missing.")
def forward(params, X):
    return solution.forward({**params, "b1": 0 * params["b1"]}, X)


@wrong("np.max is the largest entry of all, or of each column; np.maximum compares entry by entry.")
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    A1 = np.max(Z1, 0)
    return {"Z1": Z1, "A1": A1, "logits": A1 @ params["W2"] + params["b2"]}

def _hidden(params, X, f):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    return {"Z1": Z1, "A1": f(Z1), "logits": f(Z1) @ params["W2"] + params["b2"]}


@wrong("The hidden layer has ReLUs: A1 is max(Z1, 0), entry by entry.")
def forward(params, X):
    return _hidden(params, X, lambda z: 1 / (1 + np.exp(-z)))


@wrong("The hidden layer has ReLUs: A1 is max(Z1, 0), entry by entry.")
def forward(params, X):
    return _hidden(params, X, np.tanh)


@wrong("A ReLU gives 0 for a negative sum, not its size without the sign.")
def forward(params, X):
    return _hidden(params, X, np.abs)


@wrong("A ReLU lets a positive sum through as it is: A1 is the sum itself there, not 1.")
def forward(params, X):
    return _hidden(params, X, lambda z: (z > 0) * 1.0)


@wrong("A ReLU gives 0 for a negative sum: yours leaks.")
def forward(params, X):
    return _hidden(params, X, lambda z: np.where(z > 0, z, 0.01 * z))


@wrong("The ReLU lets the positive sums through, not the negative ones.")
def forward(params, X):
    return _hidden(params, X, lambda z: np.minimum(z, 0))


@wrong("Return all three in a dict: Z1, A1 and logits.")
def forward(params, X):
    return solution.forward(params, X)["logits"]


@wrong("The inputs have fractions: do not turn X into integers.")
def forward(params, X):
    return solution.forward(params, np.asarray(X).astype(int))


@wrong("Biases are added, not subtracted.")
def forward(params, X):
    return solution.forward({**params, "b1": -params["b1"], "b2": -params["b2"]}, X)


@wrong("The second layer reads A1, not X.")
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    return {"Z1": Z1, "A1": np.maximum(Z1, 0), "logits": np.asarray(X) @ params["W2"] + params["b2"]}


@wrong("The second layer has a bias of its own: b2.")
def forward(params, X):
    return solution.forward({**params, "b2": params["b1"]}, X)


@wrong("However small, a sum above 0 passes the ReLU: compare with 0 itself.")
def forward(params, X):
    return _hidden(params, X, lambda z: np.where(z > 0.01, z, 0))


exercise("linear_backward", "Each derivative has the shape of what it belongs to: let the shapes tell where a "
                            "transpose goes.",
         more="""
    One input x = 3, one weight w = 5, one bias, and the loss grows by 4 per unit of the output y = xw + b. Push x
    by a little: y moves 5 times as far, so the loss grows by 4 · 5 = 20. Push w: y moves 3 times as far, so 4 · 3 =
    12. Push b: y moves just as far, so 4.

    With matrices the same three products appear, but sums come in: a weight meets every example, so what the
    examples say about it is added up, and so for a bias. An input meets every output.
    """)


def _linear(D, X, W):
    D, X, W = np.asarray(D), np.asarray(X), np.asarray(W)
    return D @ W.T, X.T @ D, D.sum(axis=0)


@right
def linear_backward(d_out, X, W):
    return (np.einsum("nm,dm->nd", d_out, W), np.einsum("nd,nm->dm", X, d_out), np.einsum("nm->m", d_out))


@right
def linear_backward(d_out, X, W):
    d_out, X, W = np.array(d_out, float), np.array(X, float), np.array(W, float)
    d_X, d_W, d_b = np.zeros_like(X), np.zeros_like(W), np.zeros(W.shape[1])
    for n in range(len(X)):
        d_X[n] = W @ d_out[n]
        d_W += np.outer(X[n], d_out[n])
        d_b += d_out[n]
    return d_X, d_W, d_b


@right
def linear_backward(d_out, X, W):
    D = np.asarray(d_out, np.float64)
    return [np.transpose(np.dot(W, D.T)), np.transpose(D.T @ np.asarray(X)), np.ones(len(D)) @ D]


@wrong("d_b is a sum over the examples, not a mean.")
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return d_out @ W.T, X.T @ d_out, d_out.mean(axis=0)


@wrong("Add over the examples; do not divide by n. The loss has done that already, and it is inside d_out.")
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return d_out @ W.T, X.T @ d_out / len(X), d_out.sum(axis=0) / len(X)


@wrong("d_b has the shape of b: one axis only.")
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return d_out @ W.T, X.T @ d_out, d_out.sum(axis=0, keepdims=True)


@wrong("b serves every example: add up the rows of d_out to get d_b.")
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return d_out @ W.T, X.T @ d_out, d_out


@wrong("Return them in the order d_X, d_W, d_b.")
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return X.T @ d_out, d_out.sum(axis=0), d_out @ W.T


@wrong("Return them in the order d_X, d_W, d_b.")
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return X.T @ d_out, d_out @ W.T, d_out.sum(axis=0)


@wrong("d_X: W has to be transposed there.")
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    square = W.shape[0] == W.shape[1]
    return d_out @ (W if square else W.T), X.T @ d_out, d_out.sum(axis=0)


@wrong("d_W came out transposed: it has the shape of W.")
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return d_out @ W.T, d_out.T @ X, d_out.sum(axis=0)


@wrong("d_b: add up the rows of d_out, output by output, not everything.")
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return d_out @ W.T, X.T @ d_out, np.sum(d_out)


@wrong("d_b: add over the examples (axis 0), not over the outputs.")
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return d_out @ W.T, X.T @ d_out, d_out.sum(axis=1)


@wrong("d_X is missing: the module below has nothing to go on with.")
def linear_backward(d_out, X, W):
    return np.asarray(X).T @ d_out, np.sum(d_out, 0)


@wrong("d_X: W has to be transposed there.")
def linear_backward(D, X, W):
    return (np.asarray(D) @ W, *_linear(D, X, W)[1:])


@wrong("d_W is a sum over the examples, not a mean.")
def linear_backward(D, X, W):
    a, b, c = _linear(D, X, W)
    return a, b / len(a), c


@wrong("d_X is divided by n: it is not averaged.")
def linear_backward(D, X, W):
    a, b, c = _linear(D, X, W)
    return a / len(a), b, c


@wrong("All three were divided by n. The loss has done that already, and it is inside d_out.")
def linear_backward(D, X, W):
    return tuple(part / len(X) for part in _linear(D, X, W))


@wrong("d_b: every example counts, not the first alone.")
def linear_backward(D, X, W):
    a, b, _ = _linear(D, X, W)
    return a, b, np.asarray(D)[0]


@wrong("Do not round: derivatives may be small.")
def linear_backward(D, X, W):
    return tuple(part.round(3) for part in _linear(D, X, W))


@wrong("d_b has no factor X: b is added, whatever X is.")
def linear_backward(D, X, W):
    a, b, _ = _linear(D, X, W)
    return a, b, b.sum(axis=0)


@wrong("d_b is the sum of d_out over the examples, not 1.")
def linear_backward(D, X, W):
    a, b, c = _linear(D, X, W)
    return a, b, np.ones_like(c)


@wrong("The signs are turned round: these are derivatives, not the step downhill.")
def linear_backward(D, X, W):
    return tuple(-part for part in _linear(D, X, W))


@wrong("d_W is X.T @ d_out: the inputs and the derivative of each example, multiplied and added up.")
def linear_backward(D, X, W):
    a, _, c = _linear(D, X, W)
    return a, np.asarray(X) @ np.asarray(D) if len(X) == len(X[0]) else _, c


@wrong("d_W: the inputs X are multiplied with d_out, not the weights.")
def linear_backward(d_out, X, W):
    d_X, d_W, d_b = solution.linear_backward(d_out, X, W)
    return d_X, np.transpose(W) @ d_out, d_b


exercise("relu_backward", "The derivative passes where the forward sum was above 0, and becomes 0 elsewhere.",
         more="""
    Five doors in a corridor. On the way in, a door was open only if the number on it was above 0: the numbers were
    4, −2, 0, 7 and −1, so the first and the fourth were open. On the way back, messages −3, 8, 5, 2 and −6 arrive
    at the five doors. Through the open ones they pass as they are: −3 and 2. At the others they stop: 0.

    The door looks at its own number from the way in. What the message says, or whether it is negative, does not
    matter to the door.
    """)


@right
def relu_backward(d_out, Z):
    return np.where(np.array(Z) > 0, d_out, 0.0)


@right
def relu_backward(d_out, Z):
    d_Z = np.array(d_out, dtype=float)
    d_Z[np.asarray(Z) <= 0] = 0
    return d_Z


@right
def relu_backward(d_out, Z):
    d_out, Z = np.asarray(d_out, float), np.asarray(Z, float)
    flat = [d if z > 0 else 0.0 for d, z in zip(d_out.ravel(), Z.ravel())]
    return np.array(flat).reshape(Z.shape)


@right
def relu_backward(d_out, Z):
    return np.heaviside(Z, 0) * d_out


@wrong("At exactly 0 the slope is 0 by convention.")
def relu_backward(d_out, Z):
    return np.asarray(d_out) * (np.asarray(Z) >= 0)


@wrong("That is the slope alone: multiply it by d_out.")
def relu_backward(d_out, Z):
    return (np.asarray(Z) > 0).astype(float)


@wrong("Units that were off let nothing back.")
def relu_backward(d_out, Z):
    return np.array(d_out, float)


@wrong("Fractions are kept: do not turn anything into integers.")
def relu_backward(d_out, Z):
    return np.where(np.asarray(Z) > 0, d_out, 0).astype(int)


@wrong("The sign of Z decides, not the sign of d_out.")
def relu_backward(D, Z):
    return np.maximum(D, 0)


@wrong("A negative derivative passes too: only Z decides.")
def relu_backward(D, Z):
    return np.maximum(D, 0) * (np.asarray(Z) > 0)


@wrong("The slope of an active unit is 1, not Z.")
def relu_backward(D, Z):
    return np.asarray(D) * np.maximum(Z, 0)


@wrong("The mask is turned round: units that were on pass the derivative, the others do not.")
def relu_backward(D, Z):
    return np.asarray(D) * (np.asarray(Z) <= 0)


@wrong("The mask is turned round: units that were on pass the derivative, the others do not.")
def relu_backward(D, Z):
    return np.asarray(D) * (np.asarray(Z) < 0)


@wrong("Keep the shape: units that were off get 0, they are not left out.")
def relu_backward(D, Z):
    return np.asarray(D)[np.asarray(Z) > 0]


@wrong("At exactly 0 the slope is 0 by convention, not one half.")
def relu_backward(D, Z):
    return np.asarray(D) * np.heaviside(Z, 0.5)


@wrong("That is a leaky ReLU: below 0 nothing passes.")
def relu_backward(D, Z):
    return np.asarray(D) * np.where(np.asarray(Z) > 0, 1.0, 0.01)


@wrong("Below 0 the slope is 0, not −1.")
def relu_backward(D, Z):
    return np.asarray(D) * np.sign(Z)


@wrong("That is the forward pass: the derivative d_out is asked for, where Z is above 0.")
def relu_backward(D, Z):
    return np.maximum(Z, 0)


@wrong("The slope of an active unit is 1, not Z.")
def relu_backward(D, Z):
    return np.asarray(D) * np.asarray(Z)


@wrong("The sign of Z decides, not that of d_out times Z.")
def relu_backward(D, Z):
    D = np.asarray(D)
    return np.where(D * np.asarray(Z) > 0, D, 0)


@wrong("A negative derivative stays negative.")
def relu_backward(D, Z):
    return np.abs(D) * (np.asarray(Z) > 0)


@wrong("However small, a sum above 0 is on: compare with 0 itself.")
def relu_backward(d_out, Z):
    return np.where(np.asarray(Z) > 1e-3, d_out, 0)


exercise("softmax_cross_entropy", "The loss is the mean of −ln p of the right classes, its derivative (p − one-hot) / "
                                  "n. Subtract each row's largest logit before exp.",
         more="""
    A guess of shares: 0.2 rain, 0.5 cloud, 0.3 sun, and sun it was. The loss is −ln 0.3 = 1.204. Had you said 0.9
    for sun, it would be 0.105. For two days, take the mean of the two losses.

    How should the scores change? By share less truth: 0.2, 0.5 and 0.3 − 1 = −0.7, divided by the number of days.
    The three add up to 0.

    Now the scores 901, 902 and 900. exp of these is inf. Subtract 902 from all: −1, 0 and −2. The shares are the
    same, since top and bottom shrink alike.
    """)


def _p(z, axis=1):
    z = np.asarray(z, float)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def _hot(z, t):
    return np.eye(np.shape(z)[1])[np.asarray(t)]


def _loss(z, t):
    z = np.asarray(z, float)
    m = z.max(axis=1)
    return np.mean(m + np.log(np.exp(z - m[:, None]).sum(axis=1)) - (z * _hot(z, t)).sum(axis=1))


def _both(z, t):
    return _loss(z, t), (_p(z) - _hot(z, t)) / len(z)


@right
def softmax_cross_entropy(logits, labels):
    from scipy.special import log_softmax
    logits = np.asarray(logits, float)
    log_p = log_softmax(logits, axis=1)
    d = np.exp(log_p)
    d[np.arange(len(d)), labels] -= 1
    return -log_p[np.arange(len(d)), labels].mean(), d / len(d)


@right
def softmax_cross_entropy(logits, labels):
    total, rows = 0.0, []
    for z, t in zip(np.array(logits, dtype=float), labels):
        m = max(z)
        e = [np.exp(v - m) for v in z]
        total += m + np.log(sum(e)) - z[t]
        rows.append([v / sum(e) - (j == t) for j, v in enumerate(e)])
    return total / len(rows), np.array(rows) / len(rows)


@right
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, dtype=np.float64)
    lse = np.logaddexp.reduce(z, axis=1)
    p = np.exp(z - lse[:, None])
    hot = (np.arange(z.shape[1])[None, :] == np.asarray(labels)[:, None])
    return np.mean(lse - z[hot]), np.subtract(p, hot) / z.shape[0]


@right
def softmax_cross_entropy(logits, labels):
    z = np.array(logits, float)
    z -= z.max(1)[:, None]
    s = np.exp(z).sum(1)[:, None]
    rows = np.arange(len(z))
    loss = np.array(np.mean(np.log(s)[:, 0] - z[rows, labels]))
    d = np.exp(z) / s
    d[rows, np.array(labels)] -= 1.0
    d /= len(z)
    return loss, d


@wrong("exp(1000) is too large for a float: subtract each row's largest logit before the exp.")
def softmax_cross_entropy(logits, labels):
    e = np.exp(np.asarray(logits, float))
    p = e / e.sum(axis=1, keepdims=True)
    y = np.eye(p.shape[1])[np.asarray(labels)]
    return -np.log((p * y).sum(axis=1)).mean(), (p - y) / len(p)


@wrong("d_logits is not divided by n, and the loss is a mean.")
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -(log_p * y).sum(axis=1).mean(), np.exp(log_p) - y


@wrong("The loss is the mean over the examples, not the sum.")
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -(log_p * y).sum(), (np.exp(log_p) - y) / len(z)


@wrong("Divide by n, loss and d_logits: the mean over the examples.")
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -(log_p * y).sum(), np.exp(log_p) - y


@wrong("Those are the shares p: subtract 1 in the column of the label.")
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(z)), np.asarray(labels)].mean(), np.exp(log_p) / len(z)


@wrong("d_logits is p − y; yours has the sign the other way.")
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -(log_p * y).sum(axis=1).mean(), (y - np.exp(log_p)) / len(z)


@wrong("The loss is minus the logarithm: it is positive.")
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return (log_p * y).sum(axis=1).mean(), (np.exp(log_p) - y) / len(z)


@wrong("Natural logarithms, please: np.log.")
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -(log_p * y).sum(axis=1).mean() / np.log(2), (np.exp(log_p) - y) / len(z)


@wrong("An epsilon or a clip inside the logarithm bends the loss: compute log p as z minus the log of the sum instead.")
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -np.log((p * y).sum(axis=1) + 1e-12).mean(), (p - y) / len(z)


@wrong("A share rounded to 0 and its logarithm is infinite: compute log p as z minus the log of the sum.")
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -np.log((p * y).sum(axis=1)).mean(), (p - y) / len(z)


@wrong("Return 2 values.")
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(z)), np.asarray(labels)].mean()


@wrong("Those are the shares p: subtract 1 in the column of the label, and divide by n.")
def softmax_cross_entropy(z, t):
    return (_loss(z, t), _p(z))


@wrong("The softmax runs over the classes, along each row.")
def softmax_cross_entropy(z, t):
    return (_loss(np.transpose(z), t), _both(z, t)[1])


@wrong("A share rounded to 0 and its logarithm is infinite: compute log p as z minus the log of the sum.")
def softmax_cross_entropy(z, t):
    return (np.inf, _both(z, t)[1])


@wrong("exp(1000) is too large for a float: subtract each row's largest logit before the exp.")
def softmax_cross_entropy(z, t):
    e = np.exp(np.asarray(z, float))
    p = e / e.sum(axis=1, keepdims=True)
    rows = np.arange(len(p))
    loss = -np.log(p[rows, t]).mean()
    p[rows, t] -= 1
    return loss, p / len(p)


@wrong("exp(1000) is too large for a float: subtract each row's largest logit before the exp.")
def softmax_cross_entropy(z, t):
    z = np.asarray(z, float)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -(log_p * _hot(z, t)).sum(axis=1).mean(), (np.exp(log_p) - _hot(z, t)) / len(z)


@wrong("The softmax runs over the classes, along each row: axis 1, not axis 0.")
def softmax_cross_entropy(z, t):
    p, y = _p(z, 0), _hot(z, t)
    return -np.log((p * y).sum(axis=1)).mean(), (p - y) / len(p)


@wrong("Each row has its own sum: axis=1 with keepdims=True, not the sum of everything.")
def softmax_cross_entropy(z, t):
    p, y = _p(z, None), _hot(z, t)
    return -np.log((p * y).sum(axis=1)).mean(), (p - y) / len(p)


@wrong("Natural logarithms, please: np.log.")
def softmax_cross_entropy(z, t):
    z = np.asarray(z, float) - np.max(z, axis=1, keepdims=True)
    log_p = z - np.log2(np.exp(z).sum(axis=1, keepdims=True))
    return -(log_p * _hot(z, t)).sum() / len(z), _both(z, t)[1]


@wrong("Natural logarithms, please: np.log.")
def softmax_cross_entropy(z, t):
    return _loss(z, t) / np.log(10), _both(z, t)[1]


@wrong("Divide by the number of examples, not by that of all entries.")
def softmax_cross_entropy(z, t):
    return _loss(z, t), _both(z, t)[1] / len(z[0])


@wrong("Divide by the number of examples, not by that of all entries.")
def softmax_cross_entropy(z, t):
    return _loss(z, t) / len(z[0]), _both(z, t)[1] / len(z[0])


@wrong("Divide by the number of examples, not by that of all entries.")
def softmax_cross_entropy(z, t):
    return _loss(z, t) / len(z[0]), _both(z, t)[1]


@wrong("p[:, labels] takes whole columns. Pair each row with its own label: p[np.arange(n), labels].")
def softmax_cross_entropy(z, t):
    p = _p(z)
    d = p.copy()
    d[:, t] -= 1
    return -np.log(p[:, t]).mean(), d / len(p)


@wrong("p[:, labels] takes whole columns. Pair each row with its own label: p[np.arange(n), labels].")
def softmax_cross_entropy(z, t):
    d = _p(z)
    d[:, t] -= 1
    return _loss(z, t), d / len(d)


@wrong("Only the right class enters the loss: minus ln p of that one.")
def softmax_cross_entropy(z, t):
    p, y = _p(z), _hot(z, t)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() / len(p), (p - y) / len(p)


@wrong("Only the right class enters the loss: minus ln p of that one.")
def softmax_cross_entropy(z, t):
    return -np.log(_p(z)).sum(axis=1).mean(), _both(z, t)[1]


@wrong("Each row needs its own largest logit: take the maximum along axis 1, not over everything.")
def softmax_cross_entropy(z, t):
    z, y = np.asarray(z, float) - np.max(z), _hot(z, t)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -(log_p * y).sum() / len(z), (np.exp(log_p) - y) / len(z)


@wrong("Do not cut logits off: subtract each row's largest one, and nothing overflows.")
def softmax_cross_entropy(z, t):
    return _both(np.clip(z, -500, 500), t)


@wrong("Do not cut logits off: subtract each row's largest one, and nothing overflows.")
def softmax_cross_entropy(z, t):
    return _both(np.clip(z, -700, 700), t)


@wrong("The logarithm is missing: −ln p, not −p or 1 − p.")
def softmax_cross_entropy(z, t):
    return 1 - (_p(z) * _hot(z, t)).sum(axis=1).mean(), _both(z, t)[1]


@wrong("The logarithm is missing: −ln p, not −p or 1 − p.")
def softmax_cross_entropy(z, t):
    return -(_p(z) * _hot(z, t)).sum(axis=1).mean(), _both(z, t)[1]


@wrong("The logits are not the shares: d_logits is (softmax − one-hot) / n.")
def softmax_cross_entropy(z, t):
    return _loss(z, t), (np.asarray(z, float) - _hot(z, t)) / len(z)


@wrong("The loss is one number: the mean over the examples.")
def softmax_cross_entropy(z, t):
    z = np.asarray(z, float)
    return np.array([_loss(z[i:i + 1], t[i:i + 1]) for i in range(len(z))]), _both(z, t)[1]


@wrong("The order is (loss, d_logits).")
def softmax_cross_entropy(z, t):
    return _both(z, t)[::-1]


@wrong("The log of the sum is missing in the loss: −ln p is the log of the sum minus the right logit.")
def softmax_cross_entropy(z, t):
    return -(np.asarray(z, float) * _hot(z, t)).sum() / len(z), _both(z, t)[1]


@wrong("The largest logit was subtracted inside the sum only: subtract it from the label's logit too.")
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    shifted = z - z.max(axis=1, keepdims=True)
    loss = np.log(np.exp(shifted).sum(axis=1)) - z[np.arange(len(z)), labels]
    return loss.mean(), solution.softmax_cross_entropy(logits, labels)[1]


@wrong("d_logits is divided by the number of classes; the mean is one over the examples.")
def softmax_cross_entropy(logits, labels):
    loss, d_logits = solution.softmax_cross_entropy(logits, labels)
    return loss, d_logits * len(d_logits) / d_logits.shape[1]


@wrong("Something tiny added to p hides the log of 0 and does not mend it: log p is z minus the log of the sum.")
def softmax_cross_entropy(logits, labels):
    loss, d_logits = solution.softmax_cross_entropy(logits, labels)
    e = np.exp(np.asarray(logits, float) - np.max(logits, axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(p)), labels] + 1e-300).mean(), d_logits


@wrong("Only the label's share counts in the loss: pick it in each row, not all the classes.")
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    log_p = z - np.logaddexp.reduce(z, axis=1)[:, None]
    return -log_p.mean(), solution.softmax_cross_entropy(logits, labels)[1]


exercise("backward", "Start from d_logits and walk back: layer two, the ReLU, layer one. You have a function for each "
                     "step.",
         more="""
    Follow a bill back. A café charges 30 for a table: 3 guests, 10 each. Who caused it? Walk backwards. The till's
    total depends on the orders, the orders on the guests, the guests on the invitations. At each station you need
    two things: what came back from the next station, and what this station had in hand on the way in.

    If a guest cancelled and the guard at the door let nobody through, nothing goes further back on that branch.

    For the net the stations are known: loss, second layer, ReLU, first layer. The second layer had A1 in hand, the
    first one X.
    """)


def _grads(p, c, X, t, scale=1.0, mask=lambda c, up: c["Z1"] > 0, below="A1", turn=np.transpose):
    e = np.exp(c["logits"] - c["logits"].max(axis=1, keepdims=True))
    D = (e / e.sum(axis=1, keepdims=True) - np.eye(e.shape[1])[np.asarray(t)]) / len(e) * scale
    dA = D @ turn(p["W2"])
    dZ = dA * mask(c, dA)
    return {"W1": np.asarray(X).T @ dZ, "b1": dZ.sum(axis=0), "W2": c[below].T @ D, "b2": D.sum(axis=0)}


@right
def backward(params, cache, X, labels):
    X, n = np.asarray(X), len(X)
    z = cache["logits"] - cache["logits"].max(axis=1, keepdims=True)
    d = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    d[np.arange(n), labels] -= 1
    d /= n
    back = d @ params["W2"].T
    back[cache["A1"] == 0] = 0
    return dict(W1=X.T @ back, b1=back.sum(0), W2=cache["A1"].T @ d, b2=d.sum(0))


@right
def backward(params, cache, X, labels):
    d = softmax_cross_entropy(cache["logits"], labels)[1]
    grads = {}
    for layer, below in (("2", cache["A1"]), ("1", X)):
        d, grads["W" + layer], grads["b" + layer] = linear_backward(d, below, params["W" + layer])
        if layer == "2":
            d = relu_backward(d, cache["Z1"])
    return grads


@right
def backward(params, cache, X, labels):
    total = {k: np.zeros(v.shape) for k, v in params.items()}
    for i, x in enumerate(np.asarray(X, float)):
        _, d = softmax_cross_entropy(cache["logits"][i:i + 1], labels[i:i + 1])
        dz = (params["W2"] @ d[0]) * (cache["Z1"][i] > 0)
        for key, part in (("W1", np.outer(x, dz)), ("b1", dz), ("W2", np.outer(cache["A1"][i], d[0])), ("b2", d[0])):
            total[key] += part / len(X)
    return total


@wrong("The ReLU is missing on the way back: a unit that was off passes nothing.")
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d, cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(d_A1, X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}


@wrong("The ReLU's mask comes from Z1, not from the derivative.")
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d, cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(relu_backward(d_A1, d_A1), X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}


@wrong("The input of the second layer is A1, not Z1.")
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d, cache["Z1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(relu_backward(d_A1, cache["Z1"]), X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}


@wrong("The loss is a mean over the examples: the 1/n is missing.")
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d * len(X), cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(relu_backward(d_A1, cache["Z1"]), X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}


@wrong("The 1/n is there twice: d_logits holds it already.")
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d / len(X), cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(relu_backward(d_A1, cache["Z1"]), X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}


@wrong("All signs are the other way: gradients point uphill; going downhill is sgd_step's work.")
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(-d, cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(relu_backward(d_A1, cache["Z1"]), X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}


@wrong("The slope of an active ReLU is 1, not A1.")
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d, cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(d_A1 * cache["A1"], X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}


@wrong("The biases' derivatives are sums over the examples, not means.")
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = relu_backward(d @ params["W2"].T, cache["Z1"])
    return {"W1": np.asarray(X).T @ d_Z1, "b1": d_Z1.mean(axis=0), "W2": cache["A1"].T @ d, "b2": d.mean(axis=0)}


@wrong("The keys of the dict are not those asked for.")
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d, cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(relu_backward(d_A1, cache["Z1"]), X, params["W1"])
    return {"d_W1": d_W1, "d_b1": d_b1, "d_W2": d_W2, "d_b2": d_b2}


@wrong("The keys of the dict are not those asked for.")
def backward(params, cache, X, labels):
    loss, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d, cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(relu_backward(d_A1, cache["Z1"]), X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2, "loss": loss}


@wrong("On the way back W2 has to be transposed.")
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    W2 = params["W2"] if params["W2"].shape == (4, 4) else params["W2"].T
    d_Z1 = relu_backward(d @ W2, cache["Z1"])
    return {"W1": np.asarray(X).T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d, "b2": d.sum(axis=0)}


@wrong("On the way back W2 has to be transposed.")
def backward(p, c, X, t):
    return _grads(p, c, X, t, turn=lambda W: W)


@wrong("The first layer's input is X, not A1.")
def backward(p, c, X, t):
    good = _grads(p, c, X, t)
    if np.shape(X)[1] == c["A1"].shape[1]:
        _, d = softmax_cross_entropy(c["logits"], t)
        good["W1"] = c["A1"].T @ relu_backward(d @ p["W2"].T, c["Z1"])
    return good


@wrong("At a sum of exactly 0 the ReLU's slope is 0: the mask is Z1 > 0.")
def backward(p, c, X, t):
    return _grads(p, c, X, t, mask=lambda c, up: c["Z1"] >= 0)


@wrong("b1 comes after the ReLU on the way back: sum d_Z1, not d_A1.")
def backward(p, c, X, t):
    _, d = softmax_cross_entropy(c["logits"], t)
    return {**_grads(p, c, X, t), "b1": (d @ p["W2"].T).sum(axis=0)}


@wrong("A ReLU has no part in the second layer's gradients: nothing comes between d_logits and W2.")
def backward(p, c, X, t):
    _, d = softmax_cross_entropy(c["logits"], t)
    d = np.maximum(d, 0)
    return _grads_of(p, c, X, d)

def _grads_of(p, c, X, d):
    dZ = (d @ p["W2"].T) * (c["Z1"] > 0)
    return {"W1": np.asarray(X).T @ dZ, "b1": dZ.sum(axis=0), "W2": c["A1"].T @ d, "b2": d.sum(axis=0)}


@wrong("The way back starts from the shares less the labels: the labels are not in it.")
def backward(p, c, X, t):
    e = np.exp(c["logits"] - c["logits"].max(axis=1, keepdims=True))
    return _grads_of(p, c, X, e / e.sum(axis=1, keepdims=True) / len(e))


@wrong("The way back starts from d_logits, not from the logits themselves.")
def backward(p, c, X, t):
    return _grads_of(p, c, X, c["logits"])


@wrong("W1 comes after the ReLU on the way back: use d_Z1, not d_A1.")
def backward(p, c, X, t):
    _, d = softmax_cross_entropy(c["logits"], t)
    return {**_grads(p, c, X, t), "W1": np.asarray(X).T @ (d @ p["W2"].T)}


@wrong("That is one step of training. The gradients alone are asked for.")
def backward(p, c, X, t):
    return {k: p[k] - 0.1 * g for k, g in _grads(p, c, X, t).items()}


@wrong("The ReLU's mask is turned round: what was on passes, what was off does not.")
def backward(p, c, X, t):
    return _grads(p, c, X, t, mask=lambda c, up: c["Z1"] < 0)


@wrong("b1 belongs to the first layer: add up d_Z1, not d_logits.")
def backward(params, cache, X, labels):
    grads = solution.backward(params, cache, X, labels)
    return {**grads, "b1": grads["b2"]}


@wrong("The way back through the second layer takes its own weights, W2.")
def backward(params, cache, X, labels):
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = relu_backward(d_logits @ params["W1"].T, cache["Z1"])
    _, d_W1, d_b1 = linear_backward(d_Z1, X, params["W1"])
    return {**solution.backward(params, cache, X, labels), "W1": d_W1, "b1": d_b1}


exercise("numerical_gradient", "(f(x + h) − f(x − h)) / 2h for each entry of x, one at a time, on a float copy.",
         more="""
    A recipe takes 4 eggs and 6 spoons of sugar, and a jury scores it. How much does the score hang on the eggs
    alone? Bake it with 4.1 eggs and with 3.9, both times with 6 spoons: the scores are 7.3 and 7.1. So 0.2 over a
    run of 0.2, that is 1 point an egg. Then put the eggs back to 4, and bake with 6.1 and 5.9 spoons.

    Each time the jury gets the whole recipe with one thing changed. Changing both at once would answer another
    question.
    """)


def _slopes(f, x, h=1e-5, up=1.0, down=1.0, width=2.0, keep=False, whole=False):
    x = np.array(x, dtype=float)
    out = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        a, b = x.copy(), x.copy()
        a[... if whole else i] += up * h
        b[... if whole else i] -= down * h
        out[i] = (f(a) - f(b)) / (width * h)
        if keep:
            x = b
    return out


@right
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    flat, out = x.reshape(-1), []
    for i in range(flat.size):
        kept = flat[i]
        flat[i] = kept + h
        above = f(x)
        flat[i] = kept - h
        below = f(x)
        flat[i] = kept
        out.append((above - below) / (2 * h))
    return np.array(out).reshape(x.shape)


@right
def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    units = np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + h * e) - f(x - h * e)) / 2 / h for e in units]).reshape(x.shape)


@right
def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x).astype(float)
    slopes, middle = np.empty(x.shape), f(x)
    it = np.nditer(x, flags=["multi_index"])
    for _ in it:
        step = np.zeros(x.shape)
        step[it.multi_index] = h
        slopes[it.multi_index] = ((f(x + step) - middle) / h + (middle - f(x - step)) / h) / 2
    return slopes


@wrong("That is f(x + h) − f(x): push down as well as up, and divide by 2h.")
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up = x.copy()
        up[i] += h
        out[i] = (f(up) - f(x)) / h
    return out


@wrong("That is f(x) − f(x − h): push up as well as down, and divide by 2h.")
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        down = x.copy()
        down[i] -= h
        out[i] = (f(x) - f(down)) / h
    return out


@wrong("From x − h to x + h it is 2h: divide by that.")
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        out[i] = (f(up) - f(down)) / h
    return out


@wrong("Use the h that came in, not a fixed one.")
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += 1e-5
        down[i] -= 1e-5
        out[i] = (f(up) - f(down)) / 2e-5
    return out


@wrong("All entries were pushed at once: push one, and leave the others where they were.")
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))


@wrong("Put each entry back where it was before you push the next one.")
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        out[i] = (above - f(x)) / (2 * h)
    return out


@wrong("Integers cannot move by a small h: make a float copy of x first.")
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x)
    out = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] = up[i] + h if x.dtype.kind == "f" else int(round(up[i] + h))
        down[i] = down[i] - h if x.dtype.kind == "f" else int(round(down[i] - h))
        out[i] = (f(up) - f(down)) / (2 * h)
    return out


@wrong("Return an array of the shape of x, not a flat one.")
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = []
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        out.append((f(up) - f(down)) / (2 * h))
    return np.array(out)


@wrong("f takes the whole array: push one of its entries, call f, and do so for each entry in turn.")
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    return np.array([(f(v + h) - f(v - h)) / (2 * h) for v in x])


@wrong("All slopes are 0, as if nothing had moved. Push two separate copies, of floats: integers cannot move by a "
       "small h.")
def numerical_gradient(f, x, h=1e-05):
    return np.zeros(np.shape(x))


@wrong("a / 2 * h divides by 2 and multiplies by h: put brackets around 2 * h.")
def numerical_gradient(f, x, h=1e-5):
    return _slopes(f, x, h) * h * h


@wrong("In an array of more than one axis x[i] is a whole row: push single entries, as np.ndindex finds them.")
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = np.zeros_like(x)
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        out[i] = (f(up) - f(down)) / (2 * h)
    return out


@wrong("h is the push itself: do not scale it with x.")
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down, step = x.copy(), x.copy(), h * abs(x[i])
        up[i] += step
        down[i] -= step
        out[i] = (f(up) - f(down)) / (2 * step) if step else 0
    return out


@wrong("The two values are subtracted, not added.")
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        out[i] = (f(up) + f(down)) / (2 * h)
    return out


@wrong("That is the rise alone: divide it by 2h.")
def numerical_gradient(f, x, h=1e-5):
    return _slopes(f, x, h) * 2 * h


@wrong("The sign: f of the entry pushed up comes first.")
def numerical_gradient(f, x, h=1e-5):
    return -_slopes(f, x, h)


@wrong("Only the second value is divided: put brackets around the difference.")
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        out[i] = f(up) - f(down) / (2 * h)
    return out


@wrong("Only the first entry was pushed: go through all of them.")
def numerical_gradient(f, x, h=1e-5):
    slopes = _slopes(f, x, h)
    slopes.ravel()[1:] = 0
    return slopes


@wrong("The slopes of all entries were added up: each has its own place in an array of the shape of x.")
def numerical_gradient(f, x, h=1e-5):
    return _slopes(f, x, h).sum()


@wrong("The run is 2h: divide by that, not by 2.")
def numerical_gradient(f, x, h=1e-5):
    return _slopes(f, x, h) * h


@wrong("From x to x + h it is only h. Push down as well, and 2h is right.")
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, float)
    slopes = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        up = x.copy()
        up[place] += h
        slopes[place] = (f(up) - f(x)) / (2 * h)
    return slopes


exercise("fixed_backward", "Compare it with gradient_errors, parameter by parameter.",
         more="""
    How to find a fault in a chain of steps: look which results are right. Say a kitchen scale, a thermometer and a
    clock each show a number, and the cake is wrong. The dough was weighed right, so the scale is fine, and so is
    everything before it. The fault lies after the last thing that is right and before the first that is wrong.

    Two faults can hide each other. Repair one, and measure again. For the gradients: which of W1, b1, W2, b2 is
    right? Each is a product of two things. Which of the two does a right one share with a wrong one?
    """)


def _grads_fixed_backward(p, c, X, t, mask=lambda c, up: c["Z1"] > 0, below="A1", scale=1.0):
    e = np.exp(c["logits"] - c["logits"].max(axis=1, keepdims=True))
    D = (e / e.sum(axis=1, keepdims=True) - np.eye(e.shape[1])[np.asarray(t)]) / len(e) * scale
    dA = D @ p["W2"].T
    dZ = dA * mask(c, dA)
    return {"W1": np.asarray(X).T @ dZ, "b1": dZ.sum(axis=0), "W2": c[below].T @ D, "b2": D.sum(axis=0)}


def _all(c, d):
    return 1


@right
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = (d_logits @ params["W2"].T) * (cache["A1"] > 0)
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d_logits, "b2": d_logits.sum(axis=0)}


@right
def fixed_backward(params, cache, X, labels):
    return backward(params, cache, X, labels)


@right
def fixed_backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    on = cache["Z1"] > 0
    d_Z1 = np.where(on, d @ params["W2"].T, 0)
    return {"W1": np.transpose(X) @ d_Z1, "b1": d_Z1.sum(0), "W2": (cache["Z1"] * on).T @ d, "b2": d.sum(0)}


@wrong("Both faults are still there. b2 is right, so d_logits is; start from there.")
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = (d_logits @ params["W2"].T) * (cache["A1"] >= 0)
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["Z1"].T @ d_logits, "b2": d_logits.sum(axis=0)}


@wrong("One fault is left: W2 is off and b2 is not. What else does W2's gradient use?")
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = (d_logits @ params["W2"].T) * (cache["Z1"] > 0)
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["Z1"].T @ d_logits, "b2": d_logits.sum(axis=0)}


@wrong("One fault is left: W1 and b1 are both off. What do they share? For which units is it wrong?")
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = (d_logits @ params["W2"].T) * (cache["A1"] >= 0)
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d_logits, "b2": d_logits.sum(axis=0)}


@wrong("The mask must come from the forward pass, not from the derivative.")
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = np.maximum(d_logits @ params["W2"].T, 0)
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d_logits, "b2": d_logits.sum(axis=0)}


@wrong("The mask is turned round: it lets the units through that were off.")
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = (d_logits @ params["W2"].T) * (cache["Z1"] < 0)
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d_logits, "b2": d_logits.sum(axis=0)}


@wrong("The slope of an active ReLU is 1, not A1.")
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = (d_logits @ params["W2"].T) * cache["A1"]
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d_logits, "b2": d_logits.sum(axis=0)}


@wrong("The 1/n is there twice: d_logits holds it already.")
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_logits = d_logits / len(X)
    d_Z1 = (d_logits @ params["W2"].T) * (cache["Z1"] > 0)
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d_logits, "b2": d_logits.sum(axis=0)}


@wrong("The loss is a mean over the examples: the 1/n is missing.")
def fixed_backward(p, c, X, t):
    return _grads_fixed_backward(p, c, X, t, scale=len(X))


@wrong("At a sum of exactly 0 the ReLU's slope is 0: the mask is Z1 > 0.")
def fixed_backward(p, c, X, t):
    return _grads_fixed_backward(p, c, X, t, mask=lambda c, up: c["Z1"] >= 0)


@wrong("The way back through W2 uses its transpose, as before: that line was right.")
def fixed_backward(p, c, X, t):
    return _grads_fixed_backward({**p, "W2": p["W2"].T}, c, X, t) if p["W2"].shape[0] == p["W2"].shape[
        1] else _grads_fixed_backward(p, c, X, t)


@wrong("W1 reads X, as before: that line was right.")
def fixed_backward(p, c, X, t):
    good = _grads_fixed_backward(p, c, X, t)
    if np.shape(X)[1] == c["A1"].shape[1]:
        _, d = softmax_cross_entropy(c["logits"], t)
        good["W1"] = c["A1"].T @ ((d @ p["W2"].T) * (c["Z1"] > 0))
    return good


@wrong("One fault is left: W2 is off and b2 is not. The second layer's input is not X.")
def fixed_backward(p, c, X, t):
    good = _grads_fixed_backward(p, c, X, t)
    if np.shape(X)[1] == c["A1"].shape[1]:
        _, d = softmax_cross_entropy(c["logits"], t)
        good["W2"] = np.asarray(X).T @ d
    return good


@wrong("The biases' derivatives are sums over the examples, as before: those were right.")
def fixed_backward(p, c, X, t):
    good = _grads_fixed_backward(p, c, X, t)
    return {**good, "b1": good["b1"] / len(X), "b2": good["b2"] / len(X)}


exercise("sgd_step", "Each parameter minus lr times its gradient, in a new dict.",
         more="""
    You stand in a fog at height 50, at position 20, and the ground rises by 3 for each step to the right. You want
    to go down, so go left. How far? Take a tenth of the slope: 0.1 · 3 = 0.3. The new position is 20 − 0.3 = 19.7.
    Had the slope been −3, you would go right, to 20.3.

    Do this for each coordinate with its own slope. The old position stays in your notebook: write the new one on a
    new page.

        {city: name.upper() for city, name in {"a": "ada", "b": "bob"}.items()}

    makes a new dict with the same keys.
    """)


def _step(params, grads, lr):
    return {k: params[k] - lr * grads[k] for k in params}


@right
def sgd_step(params, grads, lr):
    new = {}
    for key in params:
        new[key] = params[key] - np.multiply(lr, grads[key])
    return new


@right
def sgd_step(params, grads, lr):
    new = {k: np.array(v, dtype=float) for k, v in params.items()}
    for k in new:
        new[k] += -lr * grads[k]
    return new


@right
def sgd_step(params, grads, lr):
    import copy
    new = copy.deepcopy(params)
    for k in sorted(grads, reverse=True):
        new[k] = new.pop(k) - grads[k] * lr
    return new


@wrong("That goes uphill: subtract.")
def sgd_step(params, grads, lr):
    return {k: params[k] + lr * grads[k] for k in params}


@wrong("The learning rate is missing.")
def sgd_step(params, grads, lr):
    return {k: params[k] - grads[k] for k in params}


@wrong("That is the step alone: it starts from params.")
def sgd_step(params, grads, lr):
    return {k: lr * grads[k] for k in params}


@wrong("Use the lr that came in, not a fixed one.")
def sgd_step(params, grads, lr):
    return {k: params[k] - 0.1 * grads[k] for k in params}


@wrong("Every key of params, whatever it is called: each parameter minus lr times its gradient.")
def sgd_step(params, grads, lr):
    if "W" in params:
        return {"W": params["W"] - lr * grads["W"], "b": params["b"] - lr * grads["b"]}
    return {k: params[k] - lr * grads[k] for k in ("W1", "b1", "W2", "b2")}


@wrong("Return a dict.")
def sgd_step(params, grads, lr):
    return [params[k] - lr * grads[k] for k in params]


@wrong("That is the step alone: it starts from params.")
def sgd_step(p, g, lr):
    return {k: -lr * g[k] for k in g}


@wrong("Nothing moved: the new dict must hold the moved arrays.")
def sgd_step(p, g, lr):
    return p


@wrong("Every key of params, whatever it is called: each parameter minus lr times its gradient.")
def sgd_step(params, grads, lr):
    return {k: params[k] - lr * grads[k] for k in ("W1", "b1", "W2", "b2")}


@wrong("lr scales the gradient alone, not the parameter.")
def sgd_step(p, g, lr):
    return {k: lr * (p[k] - g[k]) for k in p}


@wrong("lr times the gradient, not the gradient divided by lr.")
def sgd_step(p, g, lr):
    return {k: p[k] - g[k] / (lr or 1e-300) for k in p}


@wrong("The step is subtracted; it is not a factor.")
def sgd_step(p, g, lr):
    return {k: p[k] * (1 - lr * g[k]) for k in p}


@wrong("The parameters and the gradients have changed places.")
def sgd_step(p, g, lr):
    return {k: g[k] - lr * p[k] for k in p}


@wrong("Go by the keys: in the two dicts they may stand in another order.")
def sgd_step(p, g, lr):
    return {k: v - lr * d for (k, v), d in zip(p.items(), g.values())}


@wrong("All parameters take their step, biases too.")
def sgd_step(p, g, lr):
    return {k: p[k] - lr * g[k] if k.startswith(("W", "w")) else p[k] for k in p}


@wrong("The parameters shrink besides: only lr times the gradient is subtracted.")
def sgd_step(p, g, lr):
    return {k: (1 - lr) * p[k] - lr * g[k] for k in p}


@wrong("lr comes in once: it is not squared.")
def sgd_step(p, g, lr):
    return {k: p[k] - lr * lr * g[k] for k in p}


@wrong("The sign of the gradient is not enough: its size counts too.")
def sgd_step(p, g, lr):
    return {k: p[k] - lr * np.sign(g[k]) for k in p}


@wrong("The loop ends after one parameter: return after it.")
def sgd_step(p, g, lr):
    return {k: p[k] - lr * g[k] for k in list(p)[:1]}


exercise("jacobian_entries", "Rows: all output numbers of all examples. Columns: all input numbers of all examples.",
         more="""
    Three friends each send two letters, so six letters go out. Four neighbours each get five parcels, so twenty
    parcels come in. Draw a table with a row for each parcel and a column for each letter, and ask in each cell: did
    this letter cause this parcel? That makes 20 · 6 = 120 cells, and most answers are no. A cell with a no is a
    cell all the same.

    Who only wants one number for each letter, how much it mattered in all, needs 6 numbers instead of 120.
    """)


@right
def jacobian_entries(n, d_in, d_out):
    inputs, outputs = n * d_in, n * d_out
    return inputs * outputs, inputs


@right
def jacobian_entries(n, d_in, d_out):
    return [np.prod([n, n, d_in, d_out]), np.int64(n * d_in)]


@right
def jacobian_entries(n, d_in, d_out):
    inputs = np.broadcast_to(0.0, (n, d_in))
    return np.broadcast_to(0.0, (n, d_out, n, d_in)).size, inputs.size


@wrong("Zeros count too: the full Jacobian pairs every output number with every input number.")
def jacobian_entries(n, d_in, d_out):
    return n * d_out * d_in, n * d_in


@wrong("The product has the shape of the inputs, not of the outputs.")
def jacobian_entries(n, d_in, d_out):
    return n * d_out * n * d_in, n * d_out


@wrong("The product holds a number for each input of each example.")
def jacobian_entries(n, d_in, d_out):
    return n * d_out * n * d_in, d_in


@wrong("The full Jacobian comes first, then the product.")
def jacobian_entries(n, d_in, d_out):
    return n * d_in, n * d_out * n * d_in


@wrong("Return ints: no division, no float.")
def jacobian_entries(n, d_in, d_out):
    return float(n * d_out * n * d_in), float(n * d_in)


@wrong("Return two numbers: the Jacobian's, then the product's.")
def jacobian_entries(n, d_in, d_out):
    return n * d_out * n * d_in


@wrong("A matrix of r rows and c columns holds r times c numbers.")
def jacobian_entries(n, d_in, d_out):
    return n * d_out + n * d_in, n * d_in


@wrong("That is the Jacobian of one example. The full one has a row for each output of each example, and a column for "
       "each input of each example.")
def jacobian_entries(n, d, m):
    return (m * d, n * d)


@wrong("That is for one example: there are n of them.")
def jacobian_entries(n, d, m):
    return (m * d, d)


@wrong("A row for each output number, a column for each input number: not outputs by outputs.")
def jacobian_entries(n, d_in, d_out):
    return (n * d_out) ** 2, n * d_in


@wrong("A row for each output number, a column for each input number: not inputs by inputs.")
def jacobian_entries(n, d_in, d_out):
    return (n * d_in) ** 2, n * d_in


@wrong("The product is no Jacobian: one number for each input, n · d_in of them.")
def jacobian_entries(n, d_in, d_out):
    return n * d_out * n * d_in, n * d_in * d_out


@wrong("The product is no Jacobian: one number for each input, n · d_in of them.")
def jacobian_entries(n, d_in, d_out):
    return n * d_out * n * d_in, d_in * d_out


@wrong("The examples count: n times in the rows, n times in the columns, and n times in the product.")
def jacobian_entries(n, d_in, d_out):
    return n * d_out * d_in, d_in


@wrong("The product has the shape of the inputs alone, not of inputs and outputs together.")
def jacobian_entries(n, d_in, d_out):
    return n * d_out * n * d_in, n * (d_in + d_out)


@wrong("The inputs are n · d_in numbers, d_in for each example: multiply, do not add.")
def jacobian_entries(n, d_in, d_out):
    return (n + d_out) * (n + d_in), n + d_in
